import type { Score, ScoreBody } from "../../server/protocol/case-work.ts";
import type { Case } from "../../server/protocol/cases.ts";
import { formatNumber } from "../i18n/format.ts";
import type { Problems } from "./case-problems.ts";
import { caseText } from "./case-words.ts";

/** A score while it is given: points as they are typed, by criterion. */
export interface ScoreDraft {
  readonly points: Readonly<Record<string, string>>;
  readonly comment: string;
}

type Rubric = Case["rubric"];

export function scoreDraftFrom(score: Score | null): ScoreDraft {
  const points = score?.points.map((one) => [one.criterionId, typedFrom(one.points)]) ?? [];
  return { points: Object.fromEntries(points), comment: score?.comment ?? "" };
}

/** Without separators of thousands, which would be read as decimals. */
function typedFrom(points: number): string {
  return String(points).replace(".", formatNumber(0.5).charAt(1));
}

/** Points as they were typed, with a comma or a point; null for what is no half or whole number within bounds. */
export function pointsFrom(text: string | undefined, most: number): number | null {
  const typed = (text ?? "").trim().replace(",", ".");
  const value = Number(typed);
  return /^\d+(\.\d+)?$/.test(typed) && value <= most && Number.isInteger(value * 2) ? value : null;
}

/** CW12: a criterion without points of its own is said at its field. */
export function scoreProblemsFrom(draft: ScoreDraft, rubric: Rubric): Problems {
  return new Map(
    rubric
      .filter(({ criterionId, maxPoints }) => pointsFrom(draft.points[criterionId], maxPoints) === null)
      .map(({ criterionId, maxPoints }) => [
        criterionId,
        caseText("work.problem.points", { most: maxPoints }),
      ]),
  );
}

export function scoreBodyFrom(draft: ScoreDraft, rubric: Rubric): ScoreBody {
  return {
    points: rubric.map(({ criterionId, maxPoints }) => ({
      criterionId,
      points: pointsFrom(draft.points[criterionId], maxPoints) ?? 0,
    })),
    comment: draft.comment,
  };
}

/** What the points typed so far come to, and whether that is enough for the assignment (null: it feeds none). */
export function scoreSoFar(
  draft: ScoreDraft,
  work: Pick<Case, "rubric" | "requirement" | "passingPoints">,
): { readonly total: number; readonly most: number; readonly isAccepted: boolean | null } {
  const { rubric, requirement, passingPoints } = work;
  const total = rubric.reduce(
    (sum, { criterionId, maxPoints }) => sum + (pointsFrom(draft.points[criterionId], maxPoints) ?? 0),
    0,
  );
  const most = rubric.reduce((sum, { maxPoints }) => sum + maxPoints, 0);
  return { total, most, isAccepted: requirement === null ? null : total >= (passingPoints ?? 0) };
}
