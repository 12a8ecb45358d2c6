import type { Transaction } from "kysely";
import type { SessionId } from "../protocol/ids.ts";
import type { AppendPlan, ClassHead, ConnectionChange } from "./append-plan.ts";
import type { Database } from "./schema.ts";

/** Below every database's bound on values in one statement. */
const ROWS_PER_STATEMENT = 100;

function* inChunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    yield rows.slice(from, from + ROWS_PER_STATEMENT);
  }
}

/** The heads of the sessions that have one. */
export async function readHeads(
  transaction: Transaction<Database>,
  sessionIds: readonly SessionId[],
): Promise<ClassHead[]> {
  const heads: ClassHead[] = [];
  for (const chunk of inChunks(sessionIds)) {
    const rows = await transaction
      .selectFrom("class_heads")
      .selectAll()
      .where("session_id", "in", chunk)
      .execute();
    heads.push(...rows);
  }
  return heads;
}

/** Writes the rows and, with them, where their classes now stand. */
export async function writePlan(transaction: Transaction<Database>, plan: AppendPlan): Promise<void> {
  for (const rows of inChunks(plan.ledger)) {
    await transaction.insertInto("ledger").values(rows).execute();
  }
  for (const rows of inChunks(plan.classLog)) {
    await transaction.insertInto("class_log").values(rows).execute();
  }
  for (const heads of inChunks([...plan.heads.values()])) {
    await transaction
      .insertInto("class_heads")
      .values(heads)
      .onConflict((conflict) =>
        conflict.column("session_id").doUpdateSet((head) => ({
          ledger_seq: head.ref("excluded.ledger_seq"),
          ledger_hash: head.ref("excluded.ledger_hash"),
          ledger_at: head.ref("excluded.ledger_at"),
          class_seq: head.ref("excluded.class_seq"),
          last_at: head.ref("excluded.last_at"),
          is_open: head.ref("excluded.is_open"),
          office_turn: head.ref("excluded.office_turn"),
        })),
      )
      .execute();
  }
  for (const [sessionId, change] of plan.connections) {
    await writeConnections(transaction, sessionId, change);
  }
}

async function writeConnections(
  transaction: Transaction<Database>,
  sessionId: SessionId,
  { hasEndedAll, isOpen }: ConnectionChange,
): Promise<void> {
  const ended = transaction.deleteFrom("open_connections").where("session_id", "=", sessionId);
  const idsThatAre = (wanted: boolean) => [...isOpen].filter(([, is]) => is === wanted).map(([id]) => id);
  if (hasEndedAll) {
    await ended.execute();
  } else {
    for (const ids of inChunks(idsThatAre(false))) await ended.where("connection_id", "in", ids).execute();
  }
  for (const ids of inChunks(idsThatAre(true))) {
    await transaction
      .insertInto("open_connections")
      .values(ids.map((connection_id) => ({ session_id: sessionId, connection_id })))
      .onConflict((conflict) => conflict.columns(["session_id", "connection_id"]).doNothing())
      .execute();
  }
}
