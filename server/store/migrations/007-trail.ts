import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** Who saw or changed what, chained and append-only; and where what was erased says so. */
export function trail(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("trail")
        .addColumn("seq", "bigint", (column) => column.primaryKey())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("actor_kind", "text", (column) => column.notNull())
        .addColumn("actor_id", "text")
        .addColumn("action", "text", (column) => column.notNull())
        .addColumn("programme_id", "text")
        .addColumn("session_id", "text")
        .addColumn("body", "text", (column) => column.notNull())
        .addColumn("prev", "text", (column) => column.notNull())
        .addColumn("hash", "text", (column) => column.notNull())
        .execute();
      await steps.refuseChanges(db, "trail");
      // Whom a row names, to find it by; the row itself says it too, and only that is chained.
      await db.schema
        .createTable("trail_people")
        .addColumn("person_id", "text", (column) => column.notNull())
        .addColumn("seq", "bigint", (column) => column.notNull())
        .addPrimaryKeyConstraint("trail_people_place", ["person_id", "seq"])
        .execute();
      // Written with every row: what is cut off at the end is missed.
      await db.schema
        .createTable("trail_head")
        .addColumn("id", "integer", (column) => column.primaryKey())
        .addColumn("seq", "bigint", (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addColumn("hash", "text", (column) => column.notNull())
        .execute();
      for (const column of ["programme_id", "session_id", "actor_id"]) {
        await db.schema.createIndex(`trail_by_${column}`).on("trail").columns([column, "seq"]).execute();
      }
      await db.schema.alterTable("enrolments").addColumn("erased_at", "bigint").execute();
      await db.schema.alterTable("certificates").addColumn("erased_at", "bigint").execute();
    },
  };
}
