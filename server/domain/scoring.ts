import type { Score, ScoreBody } from "../protocol/case-work.ts";
import type { Case } from "../protocol/cases.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { BreakoutRoomId, EnrolmentId } from "../protocol/ids.ts";

/**
 * CW3: points for every criterion of the rubric, each up to its most. Refuses `bad-request` with the criterion
 * that is missing, unknown, given twice or over its most.
 */
export function decideScore(
  work: Case,
  room: { readonly roomId: BreakoutRoomId; readonly members: readonly EnrolmentId[] },
  body: ScoreBody,
  given: { readonly by: string; readonly at: number },
): Result<Score> {
  const errors = problemsOf(work, body);
  if (errors.length > 0) return refuse("bad-request", { errors });
  const total = body.points.reduce((sum, { points }) => sum + points, 0);
  const maxTotal = work.rubric.reduce((sum, { maxPoints }) => sum + maxPoints, 0);
  return accept({
    roomId: room.roomId,
    caseId: work.caseId,
    points: work.rubric.map(({ criterionId }) => ({
      criterionId,
      points: body.points.find((one) => one.criterionId === criterionId)?.points ?? 0,
    })),
    total,
    maxTotal,
    isAccepted: work.requirement === null ? null : total >= (work.passingPoints ?? 0),
    comment: body.comment,
    members: [...room.members],
    ...given,
  });
}

function problemsOf(work: Case, { points }: ScoreBody) {
  const given = new Map(points.map((one) => [one.criterionId, one.points]));
  const known = new Set(work.rubric.map(({ criterionId }) => criterionId));
  const path = (criterionId: string) => `points.${criterionId}`;
  return [
    ...points
      .filter(({ criterionId }) => !known.has(criterionId))
      .map(({ criterionId }) => ({ path: path(criterionId), message: "is no criterion of this case" })),
    ...(given.size < points.length ? [{ path: "points", message: "have a criterion twice" }] : []),
    ...work.rubric.flatMap(({ criterionId, maxPoints }) => {
      const value = given.get(criterionId);
      if (value === undefined) return [{ path: path(criterionId), message: "is missing" }];
      return value > maxPoints ? [{ path: path(criterionId), message: `must be at most ${maxPoints}` }] : [];
    }),
  ];
}
