import type { Store as LimitStore, Options } from "express-rate-limit";
import type { GuardCounts } from "../ports.ts";

/** What an address did, for a limit that holds on all nodes together. */
export function createCountedRequests(counts: GuardCounts, name: string): LimitStore {
  const keyOf = (address: string) => `${name}/${address}`;
  let windowMs = 60_000;
  return {
    localKeys: false,
    init(options: Options) {
      windowMs = options.windowMs;
    },
    async increment(address) {
      const { value, endsInMs } = await counts.add(keyOf(address), 1, windowMs);
      return { totalHits: value, resetTime: new Date(Date.now() + endsInMs) };
    },
    async decrement(address) {
      await counts.add(keyOf(address), -1, windowMs);
    },
    async resetKey(address) {
      const kept = await counts.get(keyOf(address));
      if (kept !== null) await counts.swap(keyOf(address), kept, null, windowMs);
    },
  };
}
