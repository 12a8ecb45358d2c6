import { setImmediate } from "node:timers/promises";

/** Group commit: what is added in one turn of the event loop is written together. */
export interface GroupCommit<Item> {
  /** Resolves after the commit; rejects with `cause` when the group could not be written. */
  add(item: Item): Promise<void>;
  /** Waits for what is queued; what is added later is rejected. */
  close(): Promise<void>;
}

interface Waiting<Item> {
  readonly item: Item;
  resolve(): void;
  reject(error: Error): void;
}

/** `write` is all or nothing; the groups follow each other. */
export function createGroupCommit<Item>(parts: {
  write(items: readonly Item[]): Promise<void>;
  onFault(cause: unknown, count: number): void;
}): GroupCommit<Item> {
  let waiting: Waiting<Item>[] = [];
  let running: Promise<void> | null = null;
  let isClosed = false;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await setImmediate();
      const group = waiting;
      waiting = [];
      try {
        await parts.write(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (cause) {
        parts.onFault(cause, group.length);
        for (const { reject } of group) reject(new Error("A group could not be written", { cause }));
      }
    }
    running = null;
  }

  return {
    add(item) {
      if (isClosed) return Promise.reject(new Error("The store is closed"));
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= run();
      });
    },
    async close() {
      isClosed = true;
      await running;
    },
  };
}
