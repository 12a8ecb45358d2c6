import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/** Recordings of classes, and each answer of each person whether they may be recorded. */
export function recordings(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("recordings")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
        .addColumn("rooms", "text", (column) => column.notNull())
        .addColumn("has_chat", "integer", (column) => column.notNull())
        .addColumn("started_at", "bigint", (column) => column.notNull())
        .addColumn("started_by", "text", (column) => column.notNull())
        .addColumn("ended_at", "bigint")
        .addColumn("end_reason", "text")
        .execute();
      await db.schema
        .createIndex("recordings_session")
        .on("recordings")
        .columns(["session_id", "started_at"])
        .execute();
      await db.schema
        .createTable("consents")
        .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
        .addColumn("class_seq", "bigint", (column) => column.notNull())
        .addColumn("person_id", "text", (column) => column.notNull())
        .addColumn("is_given", "integer", (column) => column.notNull())
        .addColumn("text_version", "integer", (column) => column.notNull())
        .addColumn("language", "text", (column) => column.notNull())
        .addColumn("text_hash", "text", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("consents_answer", ["session_id", "class_seq"])
        .execute();
    },
  };
}
