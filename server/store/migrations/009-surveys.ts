import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** Surveys: what a programme asks, who has answered, and the answers, which nothing links to who gave them. */
export function surveys(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("survey_settings")
        .addColumn("programme_id", "text", (column) => column.primaryKey().references("programmes.id"))
        .addColumn("version", "integer", (column) => column.notNull())
        .addColumn("chosen", "text", (column) => column.notNull())
        .execute();
      const returns = db.schema
        .createTable("survey_returns")
        .addColumn("enrolment_id", "text", (column) => column.notNull().references("enrolments.id"))
        .addColumn("survey", "text", (column) => column.notNull())
        .addColumn("programme_id", "text", (column) => column.notNull().references("programmes.id"))
        .addPrimaryKeyConstraint("survey_returns_key", ["enrolment_id", "survey"]);
      await steps.withoutInsertionOrder(returns).execute();
      const answers = db.schema
        .createTable("survey_answers")
        .addColumn("id", "text", (column) => column.primaryKey().notNull())
        .addColumn("programme_id", "text", (column) => column.notNull().references("programmes.id"))
        .addColumn("survey", "text", (column) => column.notNull())
        .addColumn("batch", "integer", (column) => column.notNull())
        .addColumn("content", "text", (column) => column.notNull());
      await steps.withoutInsertionOrder(answers).execute();
      await steps.forgetInsertionOrder(db, "survey_returns");
      await steps.forgetInsertionOrder(db, "survey_answers");
      await db.schema
        .createIndex("survey_returns_programme_id")
        .on("survey_returns")
        .column("programme_id")
        .execute();
      await db.schema
        .createIndex("survey_answers_programme_id_survey")
        .on("survey_answers")
        .columns(["programme_id", "survey"])
        .execute();
    },
  };
}
