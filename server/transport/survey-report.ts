import { meanOf, shownAnswers, surveyResultsFrom } from "../domain/survey-results.ts";
import type { Programme, Staff, Store } from "../ports.ts";
import { DISPUTE_PERIOD_MS } from "../protocol/disputes.ts";
import {
  END_SURVEY,
  MIN_SURVEY_ANSWERS,
  type ProgrammeSurveys,
  type SurveyKey,
  type SurveyReport,
  type SurveySummary,
} from "../protocol/surveys.ts";
import { type ProgrammeFacts, programmeFactsOf } from "./programme-facts.ts";
import { questionsOf, staffOf } from "./survey-desk.ts";
import { askedSurveysOf } from "./survey-facts.ts";

/** What a programme's surveys are reported from. */
interface SurveyRecords {
  readonly store: Store;
  readonly facts: ProgrammeFacts;
  readonly staff: readonly Staff[];
  /** How many each form is asked of. */
  readonly asked: ReadonlyMap<SurveyKey, number>;
  readonly now: number;
}

async function recordsOf(store: Store, programme: Programme, now: number): Promise<SurveyRecords> {
  const facts = await programmeFactsOf(store, programme);
  const asked = new Map<SurveyKey, number>();
  for (const { id } of facts.people) {
    for (const { survey } of askedSurveysOf(facts.surveys, id, now))
      asked.set(survey, (asked.get(survey) ?? 0) + 1);
  }
  return { store, facts, staff: await staffOf(store, programme), asked, now };
}

/** One form of a programme, whole. */
export async function surveyReportOf(
  store: Store,
  programme: Programme,
  survey: SurveyKey,
  now: number,
): Promise<SurveyReport> {
  return await reportFrom(await recordsOf(store, programme, now), survey);
}

/** Every form of a programme whole, the end's last; for the files. */
export async function allSurveyReportsOf(
  store: Store,
  programme: Programme,
  now: number,
): Promise<readonly SurveyReport[]> {
  return await everyReport(await recordsOf(store, programme, now));
}

/** Every form of a programme in sum, the end's whole. */
export async function programmeSurveysOf(
  store: Store,
  programme: Programme,
  now: number,
): Promise<ProgrammeSurveys> {
  const records = await recordsOf(store, programme, now);
  const reports = await everyReport(records);
  const end = reports.at(-1);
  if (end?.survey !== END_SURVEY) throw new Error("the report of the end's form is missing");
  const { id, code, title } = programme;
  return {
    programme: { id, code, title },
    minAnswers: MIN_SURVEY_ANSWERS,
    settings: records.facts.surveys.settings,
    sessions: reports.slice(0, -1).map(summaryFrom),
    end,
  };
}

function summaryFrom({
  programme: _programme,
  minAnswers: _minAnswers,
  results: _results,
  ...summary
}: SurveyReport): SurveySummary {
  return summary;
}

async function everyReport(records: SurveyRecords): Promise<readonly SurveyReport[]> {
  const sessions = records.facts.surveys.sessions.toSorted((a, b) => a.startsAt - b.startsAt);
  const reports: SurveyReport[] = [];
  for (const { id } of sessions) reports.push(await reportFrom(records, id));
  return [...reports, await reportFrom(records, END_SURVEY)];
}

async function reportFrom(records: SurveyRecords, survey: SurveyKey): Promise<SurveyReport> {
  const { store, facts, staff } = records;
  const { id, code, title } = facts.programme;
  const answers = await store.surveys.answers(id, survey);
  const asked = records.asked.get(survey) ?? 0;
  const isCollecting = isStillOpen(records) && answers.length < asked;
  const shown = shownAnswers(answers, isCollecting);
  const ratings = shown.flatMap((answer) => answer.ratings.map(({ rating }) => rating));
  return {
    programme: { id, code, title },
    minAnswers: MIN_SURVEY_ANSWERS,
    survey,
    title: facts.sessions.find((session) => session.id === survey)?.title ?? null,
    asked,
    answered: answers.length,
    shown: shown.length,
    isCollecting,
    mean: meanOf(ratings),
    results:
      shown.length === 0 ? [] : surveyResultsFrom(questionsOf(facts.surveys, staff, survey), shown, staff),
  };
}

/** Any link of the programme opens its surveys: they are open until the last that can still be made ends (LK8). */
function isStillOpen({ facts, now }: SurveyRecords): boolean {
  return facts.endsAt === null || now < facts.endsAt + DISPUTE_PERIOD_MS;
}
