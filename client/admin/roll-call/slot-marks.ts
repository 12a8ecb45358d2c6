import type { MarkJson, RollCallJson } from "../../../server/protocol/api-rulings.ts";

export const STATUSES = ["present", "excused", "sick", "absent"] as const;
export type Status = (typeof STATUSES)[number];

/** The marks of one slot by person: those that were loaded, under those made on this page since. */
export function slotMarksFrom(
  loaded: readonly MarkJson[],
  made: readonly MarkJson[],
  slotId: string,
): ReadonlyMap<string, MarkJson> {
  const marks = [...loaded, ...made].filter((mark) => mark.slotId === slotId);
  return new Map(marks.map((mark) => [mark.enrolmentId, mark]));
}

/** Who has no mark in the slot. */
export function unmarkedIn(
  people: RollCallJson["people"],
  marks: ReadonlyMap<string, MarkJson>,
): RollCallJson["people"] {
  return people.filter(({ enrolmentId }) => !marks.has(enrolmentId));
}

/** The status of a digit key, 1 to 4; null for any other key, and for one pressed with a modifier. */
export function statusOfKey(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}): Status | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  return /^[1-4]$/.test(event.key) ? (STATUSES[Number(event.key) - 1] ?? null) : null;
}
