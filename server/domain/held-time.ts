import type { EvidenceRow, EvidenceType } from "../protocol/evidence.ts";
import { differenceOf, type Interval, type TimeSet, unionOf } from "./intervals.ts";
import type { Outage } from "./presence.ts";

/** The rows that say "this time was reached" for a class that nobody closed (AT1). */
const REACHES: ReadonlySet<EvidenceType> = new Set([
  "class.opened",
  "class.closed",
  "presence.joined",
  "presence.left",
  "presence.mark",
  "room.moved",
]);

/**
 * AT1: when the class was held. `rows` must be in order of `seq`, `outages` those of the same rows. An
 * opening while open and a closing while closed change nothing.
 */
export function heldTimeFrom(
  rows: readonly EvidenceRow[],
  outages: readonly Outage[],
  outageRejoinMs: number,
): TimeSet {
  const spans: Interval[] = [];
  let openedAt: number | null = null;
  let reachedAt = 0;
  for (const row of rows) {
    if (REACHES.has(row.type)) reachedAt = row.at;
    if (row.type === "class.opened") openedAt ??= row.at;
    if (row.type === "class.closed" && openedAt !== null) {
      spans.push({ startAt: openedAt, endAt: row.at });
      openedAt = null;
    }
  }
  if (openedAt !== null) spans.push({ startAt: openedAt, endAt: reachedAt });

  const deserted = outages
    .filter((outage) => !isRejoinedInTime(outage.nextJoinedAt, outage, outageRejoinMs))
    .map(({ startAt, nextJoinedAt }) => ({ startAt, endAt: nextJoinedAt ?? Number.POSITIVE_INFINITY }));
  return differenceOf(unionOf(spans), unionOf(deserted));
}

/** AT5: at most `outageRejoinMs` after the outage's end, bounds included. */
export function isRejoinedInTime(
  joinedAt: number | null,
  outage: Outage,
  outageRejoinMs: number,
): joinedAt is number {
  return joinedAt !== null && joinedAt - outage.endAt <= outageRejoinMs;
}
