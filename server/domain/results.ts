import type { ResultStatus } from "../protocol/completion.ts";

/** CO5: of several results of a test the best score counts; null where none has a score. */
export function bestScore(results: readonly { readonly score: number | null }[]): number | null {
  const scores = results.flatMap(({ score }) => (score === null ? [] : [score]));
  return scores.length === 0 ? null : Math.max(...scores);
}

/** CO6: elsewhere the latest status counts, by when it was made; at one time the one recorded later. */
export function latestStatus(
  results: readonly { readonly status: ResultStatus | null; readonly takenAt: number }[],
): ResultStatus | null {
  const known = results.filter(({ status }) => status !== null);
  const latestAt = known.reduce((latest, { takenAt }) => Math.max(latest, takenAt), 0);
  return known.findLast(({ takenAt }) => takenAt === latestAt)?.status ?? null;
}

export function isAccepted(results: Parameters<typeof latestStatus>[0]): boolean {
  return latestStatus(results) === "accepted";
}
