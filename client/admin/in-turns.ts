const AT_ONCE = 6;

/** Runs a request for each item, a few at once, and gives the answers in the items' order as they come. */
export async function* inTurns<Item, Data>(
  items: readonly Item[],
  run: (item: Item) => Promise<Data>,
): AsyncGenerator<Data> {
  const running: Promise<Data>[] = [];
  for (const item of items) {
    running.push(run(item));
    const first = running.length >= AT_ONCE ? running.shift() : undefined;
    if (first) yield await first;
  }
  for (const rest of running) yield await rest;
}
