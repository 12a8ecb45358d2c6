import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/** Requests sent with an Idempotency-Key, and what they were answered with, for a day. */
export function idempotency(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("idempotent_requests")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("fingerprint", "text", (column) => column.notNull())
        .addColumn("started_at", "bigint", (column) => column.notNull())
        .addColumn("answer", "text")
        .execute();
      await db.schema
        .createIndex("idempotent_requests_by_time")
        .on("idempotent_requests")
        .column("started_at")
        .execute();
    },
  };
}
