import type { Store } from "../../../server/ports.ts";
import type { SessionId } from "../../../server/protocol/ids.ts";
import { verifyChain } from "../../../server/reports/chain.ts";

/** Reads these sessions from the store and checks their chains. Throws where one is broken. */
export async function verifyLedger(
  store: Store,
  sessionIds: readonly SessionId[],
): Promise<{ readonly rows: number; readonly seconds: number }> {
  let rows = 0;
  const startedAt = performance.now();
  for (const sessionId of sessionIds) {
    const evidence = await store.classes.evidence(sessionId);
    const found = verifyChain(sessionId, evidence);
    if (!found.ok) throw new Error(`${sessionId}: seq ${found.seq}: ${found.why}`);
    rows += evidence.length;
  }
  return { rows, seconds: (performance.now() - startedAt) / 1000 };
}
