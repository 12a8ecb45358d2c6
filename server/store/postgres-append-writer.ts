import { setTimeout } from "node:timers/promises";
import type { Kysely, Transaction } from "kysely";
import type { SessionId } from "../protocol/ids.ts";
import { type AppendPlan, type ClassHead, emptyHead } from "./append-plan.ts";
import type { AppendWriter } from "./append-writer.ts";
import { writePlan } from "./append-writes.ts";
import type { Database } from "./schema.ts";

/** How long, and how often, it is asked what became of a commit whose answer was lost. */
const ASKED_FOR_MS = 10_000;
const ASKED_EVERY_MS = 500;

/**
 * For PostgreSQL: the classes' heads stay locked until the commit, so that of two processes the second waits,
 * sees what the first has written, and no chain forks. A connection may break while a commit is under way: then
 * the heads tell whether it counted.
 */
export function postgresAppendWriter(db: Kysely<Database>): AppendWriter {
  return async (sessionIds, planFrom) => {
    const ordered = [...sessionIds].sort();
    let plan: AppendPlan | null = null;
    try {
      return await db.transaction().execute(async (transaction) => {
        const heads = await lockedHeads(transaction, ordered);
        const planned = planFrom(heads);
        await writePlan(transaction, planned);
        plan = planned;
        return planned;
      });
    } catch (fault) {
      if (plan !== null && (await isWritten(db, plan))) return plan;
      throw fault;
    }
  };
}

/** In the order of their ids, so that two processes never wait for each other in a circle. */
async function lockedHeads(
  transaction: Transaction<Database>,
  sessionIds: readonly SessionId[],
): Promise<ClassHead[]> {
  const locked = () =>
    transaction
      .selectFrom("class_heads")
      .selectAll()
      .where("session_id", "in", sessionIds)
      .orderBy("session_id")
      .forUpdate()
      .execute();
  const heads = await locked();
  if (heads.length === sessionIds.length) return heads;
  const known = new Set(heads.map((head) => head.session_id));
  // A row that is not there cannot be locked.
  await transaction
    .insertInto("class_heads")
    .values(sessionIds.filter((id) => !known.has(id)).map(emptyHead))
    .onConflict((conflict) => conflict.column("session_id").doNothing())
    .execute();
  return locked();
}

/** @throws when the database does not say */
async function isWritten(db: Kysely<Database>, { heads }: AppendPlan): Promise<boolean> {
  const ids = [...heads.keys()].sort();
  if (ids.length === 0) return false;
  const until = performance.now() + ASKED_FOR_MS;
  for (;;) {
    try {
      const stored = await db.transaction().execute((transaction) => lockedHeads(transaction, ids));
      return stored.every((head) => isSame(head, heads.get(head.session_id)));
    } catch (fault) {
      if (performance.now() > until) throw fault;
      await setTimeout(ASKED_EVERY_MS);
    }
  }
}

function isSame(stored: ClassHead, planned: ClassHead | undefined): boolean {
  return stored.class_seq === planned?.class_seq && stored.ledger_hash === planned.ledger_hash;
}
