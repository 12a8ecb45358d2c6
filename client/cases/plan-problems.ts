import { lineProblem, type Problems, wholeProblem } from "./case-problems.ts";
import { caseText } from "./case-words.ts";
import type { PlanDraft } from "./plan-draft.ts";

const MOST_ROOMS = 100;

/** CW11: what the server would refuse of a plan, at its field. */
export function planProblemsFrom(draft: PlanDraft): Problems {
  const { how, groups } = draft;
  const found: (readonly [string, string | null])[] = [
    ["title", lineProblem(draft.title, 100)],
    ["minutes", draft.minutes.trim() ? wholeProblem(draft.minutes, 1, 480) : null],
    ["count", how === "list" ? null : wholeProblem(draft.count, 1, MOST_ROOMS)],
    ["limit", how === "chosen" ? wholeProblem(draft.limit, 1, 1000) : null],
    ...(how === "list"
      ? groups.map(({ title }, at) => [`groups.${at}.title`, lineProblem(title, 60)] as const)
      : []),
    ["groups", how === "list" && groups.length === 0 ? caseText("problem.groups") : null],
  ];
  return new Map(found.filter((one): one is readonly [string, string] => one[1] !== null));
}
