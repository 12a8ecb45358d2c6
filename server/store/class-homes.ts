import type { Kysely } from "kysely";
import type { ClassStore } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";
import { emptyHead } from "./append-plan.ts";
import type { Database } from "./schema.ts";

/**
 * Who runs a class, in the row that every append of the class locks and reads: the node that takes it waits for an
 * append that is under way, and any that comes later sees the new epoch.
 */
export function classHomesIn(db: Kysely<Database>): Pick<ClassStore, "takeHome" | "leaveHome" | "homeNode"> {
  async function headOf(sessionId: SessionId) {
    return await db
      .selectFrom("class_heads")
      .select("home_node")
      .where("session_id", "=", sessionId)
      .executeTakeFirst();
  }
  return {
    async takeHome(sessionId, node) {
      // A transaction, so that it stands in line with those that write sheets and look at the epoch first.
      return await db.transaction().execute(async (transaction) => {
        const { home_epoch } = await transaction
          .insertInto("class_heads")
          .values({ ...emptyHead(sessionId), home_epoch: 1, home_node: node })
          .onConflict((conflict) =>
            conflict.column("session_id").doUpdateSet((head) => ({
              home_epoch: head("class_heads.home_epoch", "+", 1),
              home_node: node,
            })),
          )
          .returning("home_epoch")
          .executeTakeFirstOrThrow();
        return home_epoch;
      });
    },
    async leaveHome(sessionId, epoch, isCutOff = false) {
      await db
        .updateTable("class_heads")
        .set({ home_node: isCutOff ? "" : null })
        .where("session_id", "=", sessionId)
        .where("home_epoch", "=", epoch)
        .execute();
    },
    async homeNode(sessionId) {
      return (await headOf(sessionId))?.home_node ?? null;
    },
  };
}
