import type { Kysely } from "kysely";
import type { SurveyStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import {
  DEFAULT_SURVEY_SETTINGS,
  MIN_SURVEY_ANSWERS,
  surveyContentSchema,
  surveySettingsBodySchema,
} from "../protocol/surveys.ts";
import type { Database } from "./schema.ts";

export function surveysIn(db: Kysely<Database>): SurveyStore {
  return {
    async settings(programmeId) {
      const row = await db
        .selectFrom("survey_settings")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .executeTakeFirst();
      if (!row) return DEFAULT_SURVEY_SETTINGS;
      return { version: row.version, ...surveySettingsBodySchema.parse(JSON.parse(row.chosen)) };
    },

    async changeSettings(programmeId, { sessionForm, endForm, ownQuestions }) {
      const chosen = { sessionForm, endForm, ownQuestions };
      const { version } = await db
        .insertInto("survey_settings")
        .values({ programme_id: programmeId, version: 2, chosen: JSON.stringify(chosen) })
        .onConflict((conflict) =>
          conflict.column("programme_id").doUpdateSet((row) => ({
            chosen: row.ref("excluded.chosen"),
            version: row("survey_settings.version", "+", 1),
          })),
        )
        .returning("version")
        .executeTakeFirstOrThrow();
      return { version, ...chosen };
    },

    async answer({ id, programmeId, survey, enrolmentId, content }) {
      return await db.transaction().execute(async (transaction) => {
        const returned = await transaction
          .insertInto("survey_returns")
          .values({ enrolment_id: enrolmentId, survey, programme_id: programmeId })
          .onConflict((conflict) => conflict.columns(["enrolment_id", "survey"]).doNothing())
          .returning("survey")
          .executeTakeFirst();
        if (!returned) return refuse("survey-answered");
        const { count } = await transaction
          .selectFrom("survey_answers")
          .select(({ fn }) => fn.countAll<number>().as("count"))
          .where("programme_id", "=", programmeId)
          .where("survey", "=", survey)
          .executeTakeFirstOrThrow();
        const batch = Math.floor(Number(count) / MIN_SURVEY_ANSWERS);
        await transaction
          .insertInto("survey_answers")
          .values({ id, programme_id: programmeId, survey, batch, content: JSON.stringify(content) })
          .execute();
        return accept();
      });
    },

    async answeredBy(enrolmentId) {
      const rows = await db
        .selectFrom("survey_returns")
        .select("survey")
        .where("enrolment_id", "=", enrolmentId)
        .execute();
      return rows.map(({ survey }) => survey);
    },

    async answeredIn(programmeId) {
      const rows = await db
        .selectFrom("survey_returns")
        .select(["enrolment_id", "survey"])
        .where("programme_id", "=", programmeId)
        .execute();
      return rows.map(({ enrolment_id: enrolmentId, survey }) => ({ enrolmentId, survey }));
    },

    async answers(programmeId, survey) {
      const rows = await db
        .selectFrom("survey_answers")
        .select(["batch", "content"])
        .where("programme_id", "=", programmeId)
        .where("survey", "=", survey)
        .orderBy("id")
        .execute();
      return rows.map(({ batch, content }) => ({
        batch,
        ...surveyContentSchema.parse(JSON.parse(content)),
      }));
    },
  };
}
