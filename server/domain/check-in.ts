import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { EvidenceRow, MarkStatus, Slot } from "../protocol/evidence.ts";
import { CHECK_IN, decisiveMark, type Mark, rulingsFrom } from "./marks.ts";
import { decideMark, type RulingContext } from "./roll-call.ts";

/** What a scan comes to: a row to write, or none where the person is checked in already. */
export interface CheckIn {
  readonly slotId: string;
  readonly row: Omit<Mark, "seq" | "at"> | null;
  /** The status that decides: a check-in never overrides a mark by staff (AT10). */
  readonly status: MarkStatus;
}

/** The slot that is on; of two that overlap the earlier one. */
export function slotOnAt(slots: readonly Slot[], now: number): Slot | null {
  return slots.find(({ startAt, endAt }) => startAt <= now && now < endAt) ?? null;
}

/**
 * CI2, CI3: marks a person present in the slot that is on, once. Refuses `session-online`, `no-slot-now` and
 * `person-unknown`.
 */
export function decideCheckIn(
  context: RulingContext,
  rows: readonly EvidenceRow[],
  enrolmentId: string,
  now: number,
): Result<CheckIn> {
  if (context.session.mode === "online") return refuse("session-online");
  const slot = slotOnAt(context.session.slots, now);
  if (!slot) return refuse("no-slot-now");
  const row = decideMark(context, { slotId: slot.id, enrolmentId, status: "present" }, CHECK_IN);
  if (!row.ok) return row;
  const { marks } = rulingsFrom(rows).of(slot.id, enrolmentId);
  const status = decisiveMark(marks)?.status ?? "present";
  const isKnown = marks.some((mark) => mark.by === CHECK_IN || mark.status === "present");
  return accept({ slotId: slot.id, row: isKnown ? null : row.data, status });
}
