import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** Results of tests, assignments, surveys and self-study: known by person, requirement, time and source. */
export function results(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("results")
        .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
        .addColumn("id", "text", (column) => column.notNull().unique())
        .addColumn("programme_id", "text", (column) => column.notNull().references("programmes.id"))
        .addColumn("enrolment_id", "text", (column) => column.notNull().references("enrolments.id"))
        .addColumn("requirement", "text", (column) => column.notNull())
        .addColumn("score", "double precision")
        .addColumn("status", "text")
        .addColumn("taken_at", "bigint", (column) => column.notNull())
        .addColumn("source", "text", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("updated_at", "bigint", (column) => column.notNull())
        .addUniqueConstraint("results_key", ["enrolment_id", "requirement", "taken_at", "source"])
        .execute();
      await db.schema
        .createIndex("results_programme_id_position")
        .on("results")
        .columns(["programme_id", "position"])
        .execute();
    },
  };
}
