import type { Kysely, Transaction } from "kysely";
import { OvertakenError } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";
import { emptyHead } from "./append-plan.ts";
import type { Database } from "./schema.ts";

/** 0 where nothing was ever written. */
export async function officeTurnIn(db: Kysely<Database>, sessionId: SessionId): Promise<number> {
  const head = await db
    .selectFrom("class_heads")
    .select("office_turn")
    .where("session_id", "=", sessionId)
    .executeTakeFirst();
  return head?.office_turn ?? 0;
}

/**
 * Ends a turn of the office in the transaction of what was decided in it. The row is locked until the commit, so that of
 * two that saw the same the second waits, and is refused. Throws an OvertakenError then.
 */
export async function endOfficeTurn(
  transaction: Transaction<Database>,
  sessionId: SessionId,
  turn: number,
): Promise<void> {
  await transaction
    .insertInto("class_heads")
    .values(emptyHead(sessionId))
    .onConflict((conflict) => conflict.column("session_id").doNothing())
    .execute();
  const { numUpdatedRows } = await transaction
    .updateTable("class_heads")
    .set({ office_turn: turn + 1 })
    .where("session_id", "=", sessionId)
    .where("office_turn", "=", turn)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) {
    throw new OvertakenError(sessionId, turn, await officeTurnIn(transaction, sessionId));
  }
}
