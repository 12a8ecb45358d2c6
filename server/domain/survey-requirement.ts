import type { RequirementDecision } from "../protocol/completion.ts";
import { END_SURVEY, type SurveyKey } from "../protocol/surveys.ts";
import type { AskedSurvey } from "./asked-surveys.ts";

/** What the programme's own surveys ask of one person by now, and which they have filled in. */
export interface OwedSurveys {
  readonly asked: readonly AskedSurvey[];
  readonly answered: ReadonlySet<SurveyKey>;
  readonly hasEndForm: boolean;
}

/**
 * CO13: `minShare` (basis points) of the forms asked of the person are filled in, rounded up; the form at the
 * end is one of them before it is open, too. Who was asked nothing has not met it.
 */
export function surveyDecision(
  code: string,
  minShare: number,
  { asked, answered, hasEndForm }: OwedSurveys,
): RequirementDecision {
  const isEndToCome = hasEndForm && !asked.some(({ survey }) => survey === END_SURVEY);
  const count = asked.length + (isEndToCome ? 1 : 0);
  const required = Math.ceil((count * minShare) / 10_000);
  const missingSurveys = asked.filter(({ survey }) => !answered.has(survey));
  const found = asked.length - missingSurveys.length;
  const met = count > 0 && found >= required;
  return {
    code,
    required,
    found,
    met,
    why: met ? "surveys-answered" : "surveys-missing",
    ...(met ? {} : { missingSurveys }),
  };
}
