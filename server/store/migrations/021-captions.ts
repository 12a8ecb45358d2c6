import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/** Captions of recordings; they go with their recording. */
export function captions(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("captions")
        .addColumn("recording_id", "text", (column) =>
          column.notNull().references("recordings.id").onDelete("cascade"),
        )
        .addColumn("language", "text", (column) => column.notNull())
        .addColumn("cue_count", "integer", (column) => column.notNull())
        .addColumn("cues", "text", (column) => column.notNull())
        .addColumn("updated_at", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("captions_language", ["recording_id", "language"])
        .execute();
    },
  };
}
