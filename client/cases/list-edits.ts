/** The list with the item at `from` at `to` instead; as it was where `to` is outside. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

export function replaced<Item>(items: readonly Item[], at: number, item: Item): readonly Item[] {
  return items.with(at, item);
}

export function without<Item>(items: readonly Item[], at: number): readonly Item[] {
  return items.toSpliced(at, 1);
}
