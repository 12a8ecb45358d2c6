import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

const DAY_MS = 86_400_000;
/** What recordings of before were promised in no number. */
const KEPT_DAYS = 365;

/** How long recordings are kept, what became of them, who else may see them, and whom they lost. */
export function recordingOffice(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await addKeeping(db);
      await db.schema.alterTable("consents").addColumn("kept_days", "integer").execute();
      await db.schema
        .createTable("recording_settings")
        .addColumn("scope", "text", (column) => column.primaryKey())
        .addColumn("kept_days", "integer")
        .addColumn("budget_bytes", "bigint")
        .execute();
      await db.schema
        .createTable("recording_links")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("recording_id", "text", (column) => column.notNull().references("recordings.id"))
        .addColumn("label", "text", (column) => column.notNull())
        .addColumn("token_hash", "text", (column) => column.notNull().unique())
        .addColumn("expires_at", "bigint", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("created_by", "text", (column) => column.notNull())
        .addColumn("revoked_at", "bigint")
        .addColumn("view_count", "integer", (column) => column.notNull().defaultTo(0))
        .addColumn("last_viewed_at", "bigint")
        .execute();
      await db.schema
        .createIndex("recording_links_recording")
        .on("recording_links")
        .columns(["recording_id", "created_at"])
        .execute();
      await db.schema
        .createTable("recording_removals")
        .addColumn("recording_id", "text", (column) => column.notNull().references("recordings.id"))
        .addColumn("person_id", "text", (column) => column.notNull())
        .addColumn("asked_at", "bigint", (column) => column.notNull())
        .addColumn("asked_by", "text", (column) => column.notNull())
        .addColumn("done_at", "bigint")
        .addPrimaryKeyConstraint("recording_removals_one", ["recording_id", "person_id"])
        .execute();
    },
  };
}

async function addKeeping(db: Kysely<Database>): Promise<void> {
  await db.schema
    .alterTable("recordings")
    .addColumn("kept_days", "integer", (column) => column.notNull().defaultTo(KEPT_DAYS))
    .execute();
  const times = ["kept_until", "warned_at", "captured_bytes", "kept_changed_at"] as const;
  for (const name of times) await db.schema.alterTable("recordings").addColumn(name, "bigint").execute();
  for (const name of ["deletion_at", "deleted_at"] as const) {
    await db.schema.alterTable("recordings").addColumn(name, "bigint").execute();
  }
  const words = ["kept_reason", "kept_by", "deletion_reason", "deletion_note", "deletion_by"] as const;
  for (const name of words) await db.schema.alterTable("recordings").addColumn(name, "text").execute();
  await db
    .updateTable("recordings")
    .set((row) => ({ kept_until: row("ended_at", "+", KEPT_DAYS * DAY_MS) }))
    .where("ended_at", "is not", null)
    .execute();
  await db.schema
    .createIndex("recordings_kept_until")
    .on("recordings")
    .columns(["deletion_at", "kept_until"])
    .execute();
}
