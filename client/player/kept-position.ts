import { z } from "zod";

const KEY = "balai.player";
const MOST_KEPT = 50;
/** Nearer to the beginning or the end than this one begins anew. */
const EDGE_MS = 10_000;

const keptSchema = z.record(z.string(), z.strictObject({ ms: z.number().min(0), at: z.number() }));
type Kept = z.infer<typeof keptSchema>;
type Shelf = Pick<Storage, "getItem" | "setItem">;

/** Where one stopped in a recording (milliseconds), as this browser remembers; null where it does not. */
export function keptPosition(
  recordingId: string,
  durationMs: number,
  shelf: Shelf = localStorage,
): number | null {
  const ms = readKept(shelf)[recordingId]?.ms;
  return ms !== undefined && ms >= EDGE_MS && ms <= durationMs - EDGE_MS ? ms : null;
}

/** Remembers it, of the last 50 recordings; a browser that keeps nothing forgets. */
export function keepPosition(recordingId: string, ms: number, at: number, shelf: Shelf = localStorage): void {
  const all = { ...readKept(shelf), [recordingId]: { ms, at } };
  const newest = Object.entries(all).sort(([, a], [, b]) => b.at - a.at);
  try {
    shelf.setItem(KEY, JSON.stringify(Object.fromEntries(newest.slice(0, MOST_KEPT))));
  } catch {
    // A full or forbidden storage only means that one begins at the beginning.
  }
}

function readKept(shelf: Shelf): Kept {
  try {
    const kept = keptSchema.safeParse(JSON.parse(shelf.getItem(KEY) ?? "{}"));
    return kept.success ? kept.data : {};
  } catch {
    return {};
  }
}
