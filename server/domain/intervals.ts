/** A stretch of time, epoch ms: `startAt` belongs to it, `endAt` does not. */
export interface Interval {
  readonly startAt: number;
  readonly endAt: number;
}

/** Intervals in order that neither overlap nor touch nor are empty. Every function here answers with such. */
export type TimeSet = readonly Interval[];

/** The union of any intervals, in any order; empty and inverted ones add nothing. */
export function unionOf(intervals: readonly Interval[]): TimeSet {
  const inOrder = intervals
    .filter((interval) => interval.startAt < interval.endAt)
    .sort((a, b) => a.startAt - b.startAt);
  const union: { startAt: number; endAt: number }[] = [];
  for (const { startAt, endAt } of inOrder) {
    const last = union.at(-1);
    if (last && startAt <= last.endAt) last.endAt = Math.max(last.endAt, endAt);
    else union.push({ startAt, endAt });
  }
  return union;
}

/** What lies in both. */
export function intersectionOf(a: TimeSet, b: TimeSet): TimeSet {
  const common: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] as Interval;
    const right = b[j] as Interval;
    const startAt = Math.max(left.startAt, right.startAt);
    const endAt = Math.min(left.endAt, right.endAt);
    if (startAt < endAt) common.push({ startAt, endAt });
    if (left.endAt < right.endAt) i++;
    else j++;
  }
  return common;
}

/** What lies in `a` and not in `b`. */
export function differenceOf(a: TimeSet, b: TimeSet): TimeSet {
  return intersectionOf(a, complementOf(b));
}

/** What lies between two neighbours of the set, and nothing before its first or after its last. */
export function gapsOf(set: TimeSet): TimeSet {
  return set.slice(1).map((next, i) => ({ startAt: (set[i] as Interval).endAt, endAt: next.startAt }));
}

/** How much of the set lies within one interval, ms. */
export function msWithin(set: TimeSet, { startAt, endAt }: Interval): number {
  let ms = 0;
  for (const span of set) {
    if (span.startAt >= endAt) break;
    if (span.endAt > startAt) ms += Math.min(span.endAt, endAt) - Math.max(span.startAt, startAt);
  }
  return ms;
}

export function totalMs(set: TimeSet): number {
  return set.reduce((ms, span) => ms + span.endAt - span.startAt, 0);
}

function complementOf(set: TimeSet): TimeSet {
  const first = set[0];
  const last = set.at(-1);
  if (!first || !last) return [{ startAt: Number.NEGATIVE_INFINITY, endAt: Number.POSITIVE_INFINITY }];
  return [
    { startAt: Number.NEGATIVE_INFINITY, endAt: first.startAt },
    ...gapsOf(set),
    { startAt: last.endAt, endAt: Number.POSITIVE_INFINITY },
  ].filter((interval) => interval.startAt < interval.endAt);
}
