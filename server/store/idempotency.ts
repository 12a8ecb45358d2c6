import type { Kysely } from "kysely";
import type { IdempotencyStore } from "../ports.ts";
import type { Database } from "./schema.ts";

export function idempotencyIn(db: Kysely<Database>): IdempotencyStore {
  return {
    async begin({ id, fingerprint, at, forgetBefore, abandonedBefore }) {
      await db.deleteFrom("idempotent_requests").where("started_at", "<", forgetBefore).execute();
      await db
        .deleteFrom("idempotent_requests")
        .where("id", "=", id)
        .where("answer", "is", null)
        .where("started_at", "<", abandonedBefore)
        .execute();
      const added = await db
        .insertInto("idempotent_requests")
        .values({ id, fingerprint, started_at: at, answer: null })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirst();
      if (Number(added.numInsertedOrUpdatedRows ?? 0) > 0) return { kind: "new" };
      const known = await db
        .selectFrom("idempotent_requests")
        .select(["fingerprint", "answer"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (!known) return { kind: "running" };
      if (known.fingerprint !== fingerprint) return { kind: "other" };
      return known.answer === null ? { kind: "running" } : { kind: "answered", answer: known.answer };
    },
    async finish(id, answer) {
      await db.updateTable("idempotent_requests").set({ answer }).where("id", "=", id).execute();
    },
    async forget(id) {
      await db.deleteFrom("idempotent_requests").where("id", "=", id).execute();
    },
  };
}
