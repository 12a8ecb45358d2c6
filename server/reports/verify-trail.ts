import type { TrailHead } from "../ports.ts";
import type { TrailRow } from "../protocol/trail.ts";
import { createChainCheck } from "./chain.ts";

/** What the trail's own chain begins with (TR1). */
export const TRAIL_CHAIN = "trail";
const BATCH = 2_000;

/** Where rows come from: those after `seq`, in order; throws for one that is malformed. */
type ReadRows = (seq: number, limit: number) => Promise<readonly TrailRow[]>;

export type TrailCheck =
  | { readonly ok: true; readonly rows: number }
  /** `seq` is the first bad row's. */
  | { readonly ok: false; readonly seq: number; readonly why: string };

/**
 * Reads the whole chain and compares its end with `head`, which was written beside it, and with where it ended
 * when it was exported (`earlier`). Who rewrites rows, head and every exported copy alike is not found.
 */
export async function verifyTrail(
  readRows: ReadRows,
  head: TrailHead | null,
  earlier: TrailHead | null,
): Promise<TrailCheck> {
  const faultIn = createChainCheck(TRAIL_CHAIN);
  let last: TrailRow | null = null;
  let limit = BATCH;
  for (;;) {
    const after: number = last?.seq ?? 0;
    const rows = await rowsOrNull(readRows, after, limit);
    if (rows === null && limit > 1) {
      limit = 1; // To name the first bad one.
      continue;
    }
    if (rows === null) return { ok: false, seq: after + 1, why: "it is malformed" };
    for (const row of rows) {
      const why = faultIn(row) ?? (row.seq === (last?.seq ?? 0) + 1 ? null : "rows before it are missing");
      if (why !== null) return { ok: false, seq: row.seq, why };
      if (row.seq === earlier?.seq && row.hash !== earlier.hash) {
        return { ok: false, seq: row.seq, why: "it is another row than the exported one" };
      }
      last = row;
    }
    if (rows.length < limit) break;
  }
  const count = last?.seq ?? 0;
  if (count < (earlier?.seq ?? 0)) return cutOff(count, "the export goes on after it");
  if (last?.hash !== head?.hash) return cutOff(count, "rows after it were removed, or their end was changed");
  return { ok: true, rows: count };
}

const cutOff = (seq: number, why: string) => ({ ok: false, seq, why }) as const;

async function rowsOrNull(readRows: ReadRows, seq: number, limit: number) {
  try {
    return await readRows(seq, limit);
  } catch {
    return null;
  }
}
