import { closesAtFrom } from "../domain/lifecycle.ts";
import type { Clock, Log } from "../ports.ts";
import type { LiveClass } from "./live-class.ts";
import type { Registry } from "./registry.ts";

/** While a class is open its ledger says this often that this time was reached (DESIGN section 3). */
export const MARK_EVERY_MS = 5000;
/** How often the server looks for classes to close and to put away. */
const SWEEP_EVERY_MS = 15_000;

export interface Upkeep {
  /** Writes a mark into every open class now, as a clean stop does last. */
  markAll(): Promise<void>;
  close(): void;
}

/** What happens to classes by the clock: presence marks, the closing after the last slot, putting away. */
export function createUpkeep(parts: {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
}): Upkeep {
  const { registry, clock, log } = parts;

  async function mark(live: LiveClass): Promise<void> {
    try {
      await live.mark();
    } catch (err) {
      log.error({ err, sessionId: live.session.id }, "a presence mark could not be stored");
    }
  }

  async function markAll(): Promise<void> {
    await Promise.all(registry.running().filter(isOpen).map(mark));
  }

  async function sweep(): Promise<void> {
    for (const live of registry.running()) {
      if (isOpen(live) && clock.now() >= closesAtFrom(live.session.slots)) {
        await live.run({ type: "class.close", args: {} }, { kind: "server" });
      }
      if (!isOpen(live) && live.isIdle()) registry.putAway(live);
    }
  }

  const stopMarks = repeat(clock, MARK_EVERY_MS, markAll);
  const stopSweeps = repeat(clock, SWEEP_EVERY_MS, sweep);
  return {
    markAll,
    close() {
      stopMarks();
      stopSweeps();
    },
  };
}

function isOpen(live: LiveClass): boolean {
  return live.state().status === "open";
}

/** Repeats without piling up: the next turn is due a full interval after the last one began to be due. */
function repeat(clock: Clock, everyMs: number, turn: () => Promise<void>): () => void {
  let cancel = clock.after(everyMs, next);
  let isBusy = false;
  function next(): void {
    cancel = clock.after(everyMs, next);
    if (isBusy) return;
    isBusy = true;
    void turn().finally(() => {
      isBusy = false;
    });
  }
  return () => cancel();
}
