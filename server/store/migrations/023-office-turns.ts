import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/**
 * How many turns the office has had in a session: what it decides carries the number that it saw, and is refused where
 * somebody else, on this node or another, was faster.
 */
export function officeTurns(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .alterTable("class_heads")
        .addColumn("office_turn", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
    },
  };
}
