import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/** What becomes of sessions after they were planned, and feeds of calendars that can be withdrawn. */
export function changes(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .alterTable("sessions")
        .addColumn("sequence", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema.alterTable("sessions").addColumn("updated_at", "bigint").execute();
      await db.schema
        .alterTable("sessions")
        .addColumn("removed_slots", "text", (column) => column.notNull().defaultTo("[]"))
        .execute();
      await db.schema.alterTable("sessions").addColumn("cancellation", "text").execute();
      await db.schema
        .alterTable("enrolments")
        .addColumn("calendar_version", "integer", (column) => column.notNull().defaultTo(1))
        .execute();
      for (const column of ["enrolment_id", "staff_id"]) {
        await db.schema.createIndex(`links_by_${column}`).on("links").column(column).execute();
      }
    },
  };
}
