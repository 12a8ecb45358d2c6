/** How many items of a list in order of `atMs` are not after a moment. */
export function countUntil(items: readonly { readonly atMs: number }[], ms: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.atMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last item of a list in order of `atMs` that is not after a moment. */
export function lastAt<Item extends { readonly atMs: number }>(
  items: readonly Item[],
  ms: number,
): Item | undefined {
  return items[countUntil(items, ms) - 1];
}
