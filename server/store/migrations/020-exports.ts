import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** MP4s of recordings: who asked for which, and how far it is. */
export function recordingExports(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("recording_exports")
        .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
        .addColumn("id", "text", (column) => column.notNull().unique())
        // No reference: that one was made is known longer than its recording is kept.
        .addColumn("recording_id", "text", (column) => column.notNull())
        .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
        .addColumn("status", "text", (column) => column.notNull())
        .addColumn("language", "text", (column) => column.notNull())
        .addColumn("requested_at", "bigint", (column) => column.notNull())
        .addColumn("requested_by", "text", (column) => column.notNull())
        .addColumn("ended_at", "bigint")
        .addColumn("done_ms", "bigint", (column) => column.notNull())
        .addColumn("total_ms", "bigint", (column) => column.notNull())
        .addColumn("bytes", "bigint")
        .addColumn("failure", "text")
        .execute();
      await db.schema
        .createIndex("recording_exports_recording")
        .on("recording_exports")
        .columns(["recording_id", "position"])
        .execute();
    },
  };
}
