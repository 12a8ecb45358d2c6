import type { Kysely } from "kysely";
import type { SessionId } from "../protocol/ids.ts";
import type { AppendPlan, ClassHead } from "./append-plan.ts";
import { readHeads, writePlan } from "./append-writes.ts";
import type { Database } from "./schema.ts";

/**
 * Reads where the sessions stand, has it planned what follows, and writes that: one transaction. Rejects when
 * it failed; then nothing of it is there.
 */
export type AppendWriter = (
  sessionIds: readonly SessionId[],
  planFrom: (heads: readonly ClassHead[]) => AppendPlan,
) => Promise<AppendPlan>;

/** For any database that Kysely knows. */
export function appendWriterOver(db: Kysely<Database>): AppendWriter {
  return (sessionIds, planFrom) =>
    db.transaction().execute(async (transaction) => {
      const plan = planFrom(await readHeads(transaction, sessionIds));
      await writePlan(transaction, plan);
      return plan;
    });
}
