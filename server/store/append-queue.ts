import { setImmediate } from "node:timers/promises";
import type { Log } from "../ports.ts";
import { type Append, planAppends } from "./append-plan.ts";
import type { AppendWriter } from "./append-writer.ts";

interface Waiting {
  readonly append: Append;
  resolve(): void;
  reject(error: Error): void;
}

/** Group commit: what is queued in one turn of the event loop becomes one transaction. */
export interface AppendQueue {
  /**
   * Resolves after the commit. Rejects with `cause` when the transaction failed (then nothing of it was
   * acknowledged, and the next one starts from what is stored), and without when the append itself is a bug.
   */
  add(append: Append): Promise<void>;
  /** Waits for what is queued; what is added later is rejected. */
  close(): Promise<void>;
}

/** `clocksApartMs`: how far the clocks of those who write may be apart. */
export function createAppendQueue(write: AppendWriter, log: Log, clocksApartMs = 0): AppendQueue {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let isClosed = false;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await setImmediate();
      const group = waiting;
      waiting = [];
      await commit(write, group, log, clocksApartMs);
    }
    running = null;
  }

  return {
    add(append) {
      if (isClosed) return Promise.reject(new Error("The store is closed"));
      return new Promise((resolve, reject) => {
        waiting.push({ append, resolve, reject });
        running ??= run();
      });
    },
    async close() {
      isClosed = true;
      await running;
    },
  };
}

async function commit(
  write: AppendWriter,
  group: readonly Waiting[],
  log: Log,
  clocksApartMs: number,
): Promise<void> {
  const appends = group.map(({ append }) => append);
  try {
    const sessionIds = [...new Set(appends.map(({ sessionId }) => sessionId))];
    const { wrong } = await write(sessionIds, (heads) => planAppends(heads, appends, clocksApartMs));
    for (const { append, resolve, reject } of group) {
      const error = wrong.get(append);
      if (error) reject(error);
      else resolve();
    }
  } catch (cause) {
    log.error({ err: cause, appends: group.length }, "a group of appends could not be written");
    for (const { append, reject } of group) {
      reject(new Error(`The rows of ${append.sessionId} could not be written`, { cause }));
    }
  }
}
