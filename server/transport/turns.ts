/** Runs what concerns one key one after the other, so that each sees what the one before wrote. */
export function createTurns<Key>(): <Data>(key: Key, run: () => Promise<Data>) => Promise<Data> {
  const last = new Map<Key, Promise<unknown>>();
  return async (key, run) => {
    const before = last.get(key);
    const turn = before ? before.then(run, run) : run();
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };
}
