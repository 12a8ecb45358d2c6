import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { EvidenceRow, MarkStatus, SessionMode, Slot } from "../protocol/evidence.ts";
import { decisiveMark, type Mark, rulingsFrom } from "./marks.ts";

/** What a roll call says of one person in one slot. */
export interface MarkRequest {
  readonly slotId: string;
  readonly enrolmentId: string;
  readonly status: MarkStatus;
}

/** What a ruling is checked against. */
export interface RulingContext {
  readonly session: { readonly mode: SessionMode; readonly slots: readonly Slot[] };
  /** The session's roster, as fixed where it is. */
  readonly isOnRoster: (enrolmentId: string) => boolean;
}

/** RC1: the session's slot, or a refusal that names the field. */
export function slotFrom({ session }: RulingContext, slotId: string): Result<Slot> {
  const slot = session.slots.find(({ id }) => id === slotId);
  return slot ? accept(slot) : refusedField("slot-unknown", "slotId", "the session has no such slot");
}

/** RC1: `person-unknown`, naming the field, for who is not on the session's roster. */
export function rosterCheckFrom({ isOnRoster }: RulingContext, enrolmentId: string): Result {
  if (isOnRoster(enrolmentId)) return accept();
  return refusedField("person-unknown", "enrolmentId", "is not on the session's roster");
}

/**
 * The row of one mark. Refuses `session-online` (AT10 would ignore it), `slot-unknown` and `person-unknown`,
 * which name their field.
 */
export function decideMark(
  context: RulingContext,
  { slotId, enrolmentId, status }: MarkRequest,
  by: string,
): Result<Omit<Mark, "seq" | "at">> {
  if (context.session.mode === "online") return refuse("session-online");
  const slot = slotFrom(context, slotId);
  if (!slot.ok) return slot;
  const person = rosterCheckFrom(context, enrolmentId);
  if (!person.ok) return person;
  return accept({ type: "attendance.marked", slotId, enrolmentId, status, by });
}

/** The mark that decides (AT10) for each slot and person that has one, in the order of the ledger. */
export function decidingMarksFrom(rows: readonly EvidenceRow[]): readonly Mark[] {
  const rulings = rulingsFrom(rows);
  return rows.filter(
    (row): row is Mark =>
      row.type === "attendance.marked" &&
      decisiveMark(rulings.of(row.slotId, row.enrolmentId).marks)?.seq === row.seq,
  );
}

/** A refusal that names one field. */
export function refusedField(
  code: "slot-unknown" | "person-unknown" | "bad-request",
  path: string,
  message: string,
): Result<never> {
  return refuse(code, { errors: [{ path, message }] });
}
