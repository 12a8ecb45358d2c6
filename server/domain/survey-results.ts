import type { StaffId } from "../protocol/ids.ts";
import {
  MIN_SURVEY_ANSWERS,
  SURVEY_CODES,
  SURVEY_RATINGS,
  type SurveyContent,
  type SurveyQuestion,
  type SurveyResult,
} from "../protocol/surveys.ts";
import { ownQuestion } from "./survey-form.ts";

/** An answer as it is kept: nothing in it says whose it is or when it came, but which group of five it is in. */
export interface KeptAnswer extends SurveyContent {
  /** From 0: the first five answers of the form, the next five… */
  readonly batch: number;
}

/**
 * SV5: the answers that a report may show. Below five none; while somebody can still answer only whole groups
 * of five, or whoever looks before and after one answer would see what that one said.
 */
export function shownAnswers(answers: readonly KeptAnswer[], isCollecting: boolean): readonly KeptAnswer[] {
  if (answers.length < MIN_SURVEY_ANSWERS) return [];
  if (!isCollecting) return answers;
  const batches = Map.groupBy(answers, ({ batch }) => batch);
  return [...batches.values()].filter((batch) => batch.length >= MIN_SURVEY_ANSWERS).flat();
}

/**
 * What the answers say, question by question: those of the form first, then those it no longer has, for which
 * `staff` has the names of instructors.
 */
export function surveyResultsFrom(
  questions: readonly SurveyQuestion[],
  answers: readonly SurveyContent[],
  staff: readonly { readonly id: StaffId; readonly name: string }[] = [],
): SurveyResult[] {
  const ratings = Map.groupBy(
    answers.flatMap((answer) => answer.ratings),
    ({ question }) => question,
  );
  const texts = Map.groupBy(
    answers.flatMap((answer) => answer.texts),
    ({ question }) => question,
  );
  const known = new Set(questions.map(({ key }) => key));
  const former = [...new Set([...ratings.keys(), ...texts.keys()])].filter((key) => !known.has(key));
  const asked = [...questions, ...former.toSorted().map((key) => formerQuestion(key, staff))];
  return asked.map((question): SurveyResult => {
    if (question.kind === "text") {
      const found = (texts.get(question.key) ?? []).map(({ text }) => text);
      return { question, count: found.length, mean: null, distribution: [], texts: found.toSorted() };
    }
    const given = (ratings.get(question.key) ?? []).map(({ rating }) => rating);
    const distribution = SURVEY_RATINGS.map((step) => given.filter((rating) => rating === step).length);
    return { question, count: given.length, mean: meanOf(given), distribution, texts: [] };
  });
}

/** The mean of all ratings, to two decimals; null without any. */
export function meanOf(ratings: readonly number[]): number | null {
  if (ratings.length === 0) return null;
  return Math.round((ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length) * 100) / 100;
}

/** A question that was asked once: of the programme's own, or about an instructor who is no longer listed. */
function formerQuestion(
  key: string,
  staff: readonly { readonly id: StaffId; readonly name: string }[],
): SurveyQuestion {
  const [, kind, words] = /^own:(scale|text):(.*)$/s.exec(key) ?? [];
  if (words !== undefined) return ownQuestion({ kind: kind === "text" ? "text" : "scale", words });
  const [name, staffId] = key.split("@");
  const code = SURVEY_CODES.find((known) => known === name) ?? "own";
  const person = staff.find(({ id }) => id === staffId);
  return {
    key,
    kind: key.startsWith("text.") ? "text" : "scale",
    code,
    instructor: person ? { staffId: person.id, name: person.name } : null,
    words: code === "own" ? key : null,
  };
}
