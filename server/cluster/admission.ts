import type { NodeFacts } from "./node-entry.ts";

/** Clocks that are further apart would tell different stories of one class. */
export const MAX_CLOCKS_APART_MS = 5_000;

/**
 * Why a node may not join those that run, as a sentence; null where it may. Whatever is wrong would show later in a
 * class, where nobody could mend it.
 */
export function refusalOf(me: NodeFacts, others: readonly NodeFacts[]): string | null {
  if (Math.abs(me.clockAheadMs) > MAX_CLOCKS_APART_MS) {
    return (
      `the clock of this machine is ${secondsOf(me.clockAheadMs)} the database's; ` +
      "set both by the same time server (NTP)"
    );
  }
  for (const other of others) {
    const sentence = refusalBeside(me, other);
    if (sentence) return sentence;
  }
  return null;
}

function refusalBeside(me: NodeFacts, other: NodeFacts): string | null {
  const them = `the node ${other.name} at ${other.url}`;
  if (me.name === other.name) {
    return `NODE_NAME: ${them} runs under this name already; give every node a name of its own`;
  }
  if (me.url === other.url) {
    return `NODE_URL: ${them} has this address already; each node needs one that leads to it alone`;
  }
  const apartMs = me.clockAheadMs - other.clockAheadMs;
  if (Math.abs(apartMs) > MAX_CLOCKS_APART_MS) {
    return `the clock of this machine is ${secondsOf(apartMs)} that of ${them}; set both by the same time server (NTP)`;
  }
  if (me.version !== other.version) {
    return (
      `${them} is of version ${other.version}, this one of ${me.version}: ` +
      "stop all nodes before the first of a new version starts"
    );
  }
  if (me.signingKeyId !== other.signingKeyId) {
    return `DATA_DIR is not the folder of ${them} (its signing-key.pem is another): all nodes share one`;
  }
  if (me.secretMark !== other.secretMark) {
    return `SESSION_SECRET is not that of ${them}: give all nodes the same one, or none`;
  }
  return null;
}

function secondsOf(ms: number): string {
  return `${(Math.abs(ms) / 1000).toFixed(1)} s ${ms > 0 ? "ahead of" : "behind"}`;
}
