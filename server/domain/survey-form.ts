import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { SessionMode } from "../protocol/evidence.ts";
import type { StaffId } from "../protocol/ids.ts";
import type { OwnQuestion, SurveyCode, SurveyContent, SurveyQuestion } from "../protocol/surveys.ts";

/**
 * What the surveys ask. The session's form follows the evaluation of instructors and delivery that training
 * for civil servants uses, cut to what is answered in two minutes; the end's is Kirkpatrick's first level.
 */

export interface SurveyInstructor {
  readonly staffId: StaffId;
  readonly name: string;
}

/** The questions after a session; without an instructor who is known they are about the instructor as such. */
export function sessionQuestionsFrom(
  mode: SessionMode,
  instructors: readonly SurveyInstructor[],
  own: readonly OwnQuestion[],
): SurveyQuestion[] {
  const whom = instructors.length > 0 ? instructors : [null];
  return [
    ...whom.flatMap((instructor) => [
      builtIn("instructor.mastery", instructor),
      builtIn("instructor.clarity", instructor),
    ]),
    builtIn("material.relevance"),
    builtIn("material.quality"),
    builtIn("delivery.time"),
    ...(mode === "offline" ? [] : [builtIn("delivery.platform")]),
    ...(mode === "online" ? [] : [builtIn("delivery.venue")]),
    ...ownQuestions(own, "session"),
    builtIn("text.best"),
    builtIn("text.advice"),
  ];
}

/** The questions at the end of a programme. */
export function endQuestionsFrom(own: readonly OwnQuestion[]): SurveyQuestion[] {
  return [
    builtIn("programme.overall"),
    builtIn("programme.usefulness"),
    builtIn("programme.organisation"),
    builtIn("programme.recommend"),
    ...ownQuestions(own, "end"),
    builtIn("text.apply"),
    builtIn("text.advice"),
  ];
}

function builtIn(code: SurveyCode, instructor: SurveyInstructor | null = null): SurveyQuestion {
  return {
    key: instructor ? `${code}@${instructor.staffId}` : code,
    kind: code.startsWith("text.") ? "text" : "scale",
    code,
    instructor,
    words: null,
  };
}

/** A question of one's own is known by its words: changed words are another question, with its own answers. */
export function ownQuestion({ kind, words }: Pick<OwnQuestion, "kind" | "words">): SurveyQuestion {
  return { key: `own:${kind}:${words}`, kind, code: "own", instructor: null, words };
}

function ownQuestions(own: readonly OwnQuestion[], form: OwnQuestion["form"]): SurveyQuestion[] {
  return own.filter((question) => question.form === form).map(ownQuestion);
}

/**
 * What is kept of an answer: every scale rated once, texts where there are any. Refuses `bad-request`, naming
 * each wrong field.
 */
export function decideSurveyAnswer(
  questions: readonly SurveyQuestion[],
  { ratings, texts }: SurveyContent,
): Result<SurveyContent> {
  const errors = [
    ...wrongIn(questions, "scale", ratings).map(([at, message]) => error(`ratings.${at}.question`, message)),
    ...wrongIn(questions, "text", texts).map(([at, message]) => error(`texts.${at}.question`, message)),
    ...questions
      .filter(({ kind, key }) => kind === "scale" && !ratings.some(({ question }) => question === key))
      .map(({ key }) => error("ratings", `lacks ${key}`)),
  ];
  if (errors.length > 0) return refuse("bad-request", { errors });
  return accept({ ratings, texts: texts.filter(({ text }) => text !== "") });
}

const error = (path: string, message: string) => ({ path, message });

function wrongIn(
  questions: readonly SurveyQuestion[],
  wanted: SurveyQuestion["kind"],
  given: readonly { readonly question: string }[],
): [index: number, message: string][] {
  const known = new Set(questions.filter(({ kind }) => kind === wanted).map(({ key }) => key));
  return given.flatMap(({ question }, index): [number, string][] => {
    if (!known.has(question)) return [[index, "is not a question of this form"]];
    const isRepeated = given.findIndex((other) => other.question === question) < index;
    return isRepeated ? [[index, "stands here twice"]] : [];
  });
}
