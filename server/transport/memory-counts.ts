import type { Clock, GuardCounts } from "../ports.ts";

/** Names that nobody has and addresses are anybody's to make up: the counts of each kind are bounded. */
const MAX_OF_A_KIND = 10_000;

interface Kept {
  readonly value: string;
  readonly endsAt: number;
}

/** Counts of this process alone; the oldest of a kind (what stands before the key's `/`) are forgotten first. */
export function createMemoryCounts(clock: Pick<Clock, "now">): GuardCounts {
  const kinds = new Map<string, Map<string, Kept>>();

  function mapOf(key: string): Map<string, Kept> {
    const kind = key.slice(0, key.indexOf("/"));
    const known = kinds.get(kind) ?? new Map<string, Kept>();
    kinds.set(kind, known);
    return known;
  }

  function current(key: string): Kept | null {
    const kept = mapOf(key).get(key);
    return kept && kept.endsAt > clock.now() ? kept : null;
  }

  function put(key: string, kept: Kept): void {
    const map = mapOf(key);
    map.delete(key);
    map.set(key, kept);
    for (const oldest of map.keys()) {
      if (map.size <= MAX_OF_A_KIND) return;
      map.delete(oldest);
    }
  }

  return {
    get: async (key) => current(key)?.value ?? null,
    async swap(key, before, after, livesMs) {
      if ((current(key)?.value ?? null) !== before) return false;
      if (after === null) mapOf(key).delete(key);
      else put(key, { value: after, endsAt: clock.now() + livesMs });
      return true;
    },
    async add(key, by, livesMs) {
      const kept = current(key);
      const value = Math.max(0, Number(kept?.value ?? 0) + by);
      const endsAt = kept?.endsAt ?? clock.now() + livesMs;
      put(key, { value: String(value), endsAt });
      return { value, endsInMs: endsAt - clock.now() };
    },
  };
}
