import type { OwnSurvey, SurveyContent, SurveyKey, SurveyQuestion } from "../../server/protocol/surveys.ts";

/** What somebody has filled in and not sent yet. */
export interface SurveyDraft {
  readonly ratings: Readonly<Record<string, number>>;
  readonly texts: Readonly<Record<string, string>>;
}

export const EMPTY_DRAFT: SurveyDraft = { ratings: {}, texts: {} };

/** A draft as it was kept; an empty one where it is none. */
export function draftFrom(kept: string | null): SurveyDraft {
  try {
    const { ratings, texts } = JSON.parse(kept ?? "null") as Partial<SurveyDraft>;
    return { ratings: ownOf(ratings, isRating), texts: ownOf(texts, isText) };
  } catch {
    return EMPTY_DRAFT;
  }
}

const isRating = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 5;
const isText = (value: unknown): value is string => typeof value === "string";

function ownOf<Value>(values: unknown, isGood: (value: unknown) => value is Value): Record<string, Value> {
  const good: Record<string, Value> = {};
  for (const [key, value] of Object.entries(values ?? {})) if (isGood(value)) good[key] = value;
  return good;
}

/** The scales that are not rated yet, in the form's order. */
export function missingScales(questions: readonly SurveyQuestion[], { ratings }: SurveyDraft): string[] {
  return questions
    .filter(({ kind, key }) => kind === "scale" && ratings[key] === undefined)
    .map(({ key }) => key);
}

/** What is sent: the answers to this form's questions, whatever else the draft has. */
export function answerFrom(
  { survey, questions }: Pick<OwnSurvey, "survey" | "questions">,
  draft: SurveyDraft,
): SurveyContent & { readonly survey: SurveyKey } {
  return {
    survey,
    ratings: questions.flatMap(({ key, kind }) => {
      const rating = kind === "scale" ? draft.ratings[key] : undefined;
      return rating === undefined ? [] : [{ question: key, rating }];
    }),
    texts: questions.flatMap(({ key, kind }) => {
      const text = kind === "text" ? (draft.texts[key] ?? "").trim() : "";
      return text === "" ? [] : [{ question: key, text }];
    }),
  };
}

const keyOf = (linkId: string, survey: SurveyKey) => `balai.survey.${linkId}.${survey}`;

/** Kept in the tab alone: on a shared computer nobody finds what somebody else wrote. */
export function recallDraft(linkId: string, survey: SurveyKey): SurveyDraft {
  return draftFrom(sessionStorage.getItem(keyOf(linkId, survey)));
}

export function rememberDraft(linkId: string, survey: SurveyKey, draft: SurveyDraft): void {
  sessionStorage.setItem(keyOf(linkId, survey), JSON.stringify(draft));
}

export function forgetDraft(linkId: string, survey: SurveyKey): void {
  sessionStorage.removeItem(keyOf(linkId, survey));
}
