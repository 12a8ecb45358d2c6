import type { CaseDraft, QuestionDraft } from "./case-draft.ts";
import { caseText } from "./case-words.ts";

/** What is wrong, by field: `title`, `questions.0.title`, `questions.0.form.options.1.title`. */
export type Problems = ReadonlyMap<string, string>;

const MOST_BRIEF = 20_000;
const MOST_ANSWER = 10_000;
const MOST_MINUTES = 480;

/** CW9: what the server would refuse, said at its field and in the person's language before anything is sent. */
export function caseProblemsFrom(draft: CaseDraft, pageCount: number | null): Problems {
  const found: (readonly [string, string | null])[] = [
    ["title", lineProblem(draft.title, 200)],
    ["brief", draft.brief.length > MOST_BRIEF ? caseText("problem.long", { most: MOST_BRIEF }) : null],
    ["minutes", wholeProblem(draft.minutes, 1, MOST_MINUTES)],
    ...draft.roles.map(({ title }, at) => [`roles.${at}.title`, lineProblem(title, 100)] as const),
    ...draft.questions.flatMap((question, at) => questionProblems(question, `questions.${at}`)),
    ...draft.rubric.flatMap(
      ({ title, maxPoints }, at) =>
        [
          [`rubric.${at}.title`, lineProblem(title, 200)],
          [`rubric.${at}.maxPoints`, wholeProblem(maxPoints, 1, 1000)],
        ] as const,
    ),
    ...slidesProblems(draft, pageCount),
    ["requirement", codeProblem(draft.requirement)],
    [
      "passingPoints",
      draft.requirement.trim() && draft.passingPoints.trim()
        ? wholeProblem(draft.passingPoints, 0, Math.max(0, sumOf(draft)))
        : null,
    ],
  ];
  return new Map(found.filter((one): one is readonly [string, string] => one[1] !== null));
}

function sumOf({ rubric }: CaseDraft): number {
  return rubric.reduce((sum, { maxPoints }) => sum + (Number(maxPoints) || 0), 0);
}

function questionProblems(question: QuestionDraft, path: string): (readonly [string, string | null])[] {
  const own = [`${path}.title`, lineProblem(question.title, 500)] as const;
  if (question.kind === "text") {
    return [own, [`${path}.form.maxLength`, wholeProblem(question.maxLength, 1, MOST_ANSWER)]];
  }
  return [
    own,
    ...question.options.map(
      ({ title }, at) => [`${path}.form.options.${at}.title`, lineProblem(title, 300)] as const,
    ),
  ];
}

function slidesProblems(
  { slides }: CaseDraft,
  pageCount: number | null,
): (readonly [string, string | null])[] {
  if (!slides) return [];
  const most = pageCount ?? 10_000;
  const from = wholeProblem(slides.fromPage, 1, most);
  const to = wholeProblem(slides.toPage, 1, most);
  const isBackward = !from && !to && Number(slides.fromPage) > Number(slides.toPage);
  return [
    ["slides.fromPage", from],
    ["slides.toPage", isBackward ? caseText("problem.pages") : to],
  ];
}

/** A line that must not be empty. */
export function lineProblem(text: string, most: number): string | null {
  if (!text.trim()) return caseText("problem.empty");
  return text.length > most ? caseText("problem.long", { most }) : null;
}

/** A whole number within bounds. */
export function wholeProblem(text: string, least: number, most: number): string | null {
  const value = Number(text);
  const isFine = /^\d+$/.test(text.trim()) && value >= least && value <= most;
  return isFine ? null : caseText("problem.whole", { least, most });
}

function codeProblem(text: string): string | null {
  const code = text.trim();
  return code === "" || /^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$/.test(code) ? null : caseText("problem.code");
}
