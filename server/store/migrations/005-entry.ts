import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/** Conditions of entry, beside a programme's policy. */
export function entry(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("programme_entries")
        .addColumn("programme_id", "text", (column) => column.primaryKey().references("programmes.id"))
        .addColumn("version", "integer", (column) => column.notNull())
        .addColumn("conditions", "text", (column) => column.notNull())
        .execute();
    },
  };
}
