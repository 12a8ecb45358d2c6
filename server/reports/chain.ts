import { canonicalJson, sha256Hex } from "./canonical.ts";

/** The first row's `prev`: the SHA-256 of the session's id. */
export function chainFirst(sessionId: string): string {
  return sha256Hex(sessionId);
}

/** Chains a row to the one before it. A `prev` or `hash` that the row brings along is replaced. */
export function chainRow<Row extends object>(
  prev: string,
  row: Row,
): Row & { readonly prev: string; readonly hash: string } {
  return { ...row, prev, hash: chainHash(prev, row) };
}

/** `hash`: SHA-256 of the text `prev` followed by the row's RFC 8785 JSON without `prev` and `hash`. */
export function chainHash(prev: string, row: object): string {
  const { prev: _prev, hash: _hash, ...body }: { prev?: unknown; hash?: unknown } = row;
  return sha256Hex(prev + canonicalJson(body));
}

/** A row as a chain is checked: whatever else it holds is hashed as it is. */
export interface ChainedLike {
  readonly seq: number;
  readonly at: number;
  readonly prev?: unknown;
  readonly hash?: unknown;
}

export type ChainCheck =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** The first bad row: its place in the list, from 0, and its `seq`. */
      readonly index: number;
      readonly seq: number;
      readonly why: string;
    };

/** Checks a chain row by row; answers with what is wrong with a row, null where nothing is. */
export function createChainCheck(name: string): (row: ChainedLike) => string | null {
  let prev = chainFirst(name);
  let before: ChainedLike | null = null;
  return (row) => {
    const why = faultOf(row, before, prev);
    prev = String(row.hash);
    before = row;
    return why;
  };
}

/**
 * Checks a whole chain from its beginning and names the first bad row. Rows cut off at the end leave an
 * intact chain: only a signature or the stated attendance can show that.
 */
export function verifyChain(sessionId: string, rows: readonly ChainedLike[]): ChainCheck {
  const faultIn = createChainCheck(sessionId);
  for (const [index, row] of rows.entries()) {
    const why = faultIn(row);
    if (why !== null) return { ok: false, index, seq: row.seq, why };
  }
  return { ok: true };
}

function faultOf(row: ChainedLike, before: ChainedLike | null, prev: string): string | null {
  if (typeof row.prev !== "string" || typeof row.hash !== "string") return "it has no prev or no hash";
  if (before && row.seq <= before.seq) return `its seq does not come after ${before.seq}`;
  if (before && row.at < before.at) return `its time is before that of seq ${before.seq}`;
  if (row.prev !== prev) {
    return before
      ? `its prev is not the hash of seq ${before.seq}: a row is missing, added or out of place`
      : "its prev is not the SHA-256 of the session's id: the beginning is missing or of another session";
  }
  return row.hash === hashOrNull(prev, row) ? null : "its hash does not match what it says: it was changed";
}

function hashOrNull(prev: string, row: object): string | null {
  try {
    return chainHash(prev, row);
  } catch {
    return null; // It holds something that RFC 8785 has no text for, so no hash can match.
  }
}
