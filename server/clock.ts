import type { Clock } from "./ports.ts";

/**
 * Epoch milliseconds from the monotonic clock, anchored once: setting the system's clock while the server runs
 * moves nothing. `floor` is the greatest time written before this start: where the system's clock is behind it,
 * this one goes on from there, so that time passes while it never falls. `aheadMs` is by how much the system's clock
 * is ahead of the one that all nodes of a cluster go by.
 */
export function createClock(floor: number, aheadMs = 0): Clock {
  const anchor = Math.max(Date.now() - aheadMs, floor) - performance.now();
  let last = floor;
  return {
    now() {
      last = Math.max(last, Math.floor(anchor + performance.now()));
      return last;
    },
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}
