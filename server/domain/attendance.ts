import type { EvidenceRow, PersonAttendance, Policy, SessionMode, Slot } from "../protocol/evidence.ts";
import { isSlotHeld, type SlotFacts, slotCreditFrom } from "./credit.ts";
import { heldTimeFrom } from "./held-time.ts";
import { msWithin, type TimeSet } from "./intervals.ts";
import { hundredthsFromJp, jpFromHundredths } from "./jp.ts";
import { type Rulings, rulingsFrom } from "./marks.ts";
import { type PersonTime, personTimeFrom, slotTimeFrom } from "./person-time.ts";
import { type Outage, type PersonPresence, type Presence, presenceFrom } from "./presence.ts";
import { countingSlots } from "./slot-overlap.ts";

/** All that attendance depends on, and nothing else: the same input gives the same answer anywhere. */
export interface AttendanceInput {
  readonly session: { readonly mode: SessionMode; readonly slots: readonly Slot[] };
  readonly policy: Omit<Policy, "requirements" | "minutesPerJp">;
  readonly roster: readonly { readonly enrolmentId: string }[];
  /** The session's ledger; put in order of `seq` if it is not. */
  readonly events: readonly EvidenceRow[];
}

/** A person's attendance with what it was made of. */
export interface PersonEvidence {
  readonly attendance: PersonAttendance;
  readonly time: PersonTime;
  /** Undefined for somebody who never joined. */
  readonly presence: PersonPresence | undefined;
}

export interface SessionEvidence {
  readonly held: TimeSet;
  readonly outages: readonly Outage[];
  readonly slots: readonly SlotFacts[];
  readonly rulings: Rulings;
  /** In the roster's order. */
  readonly people: readonly PersonEvidence[];
}

/** AT1 to AT10 for a session: one entry a person of the roster, in its order, absent people too. */
export function attendanceFrom(input: AttendanceInput): PersonAttendance[] {
  return sessionEvidenceFrom(input).people.map((person) => person.attendance);
}

/** The same with the intervals behind it. */
export function sessionEvidenceFrom({ session, policy, roster, events }: AttendanceInput): SessionEvidence {
  const rows = inOrderOfSeq(events);
  const presence = presenceFrom(rows);
  const held = heldTimeFrom(rows, presence.outages, policy.outageRejoinMs);
  const rulings = rulingsFrom(rows);
  const slots = session.slots.map((slot): SlotFacts => {
    const heldMs = msWithin(held, slot);
    const isHeld = isSlotHeld(session.mode, slot, heldMs, rulings.isMarked(slot.id), policy);
    return { mode: session.mode, slot, heldMs, isHeld };
  });
  const context = { presence, held, slots, rulings, policy };
  return {
    held,
    outages: presence.outages,
    slots,
    rulings,
    people: roster.map(({ enrolmentId }) => personEvidenceFrom(enrolmentId, context)),
  };
}

interface PersonContext {
  readonly presence: Presence;
  readonly held: TimeSet;
  readonly slots: readonly SlotFacts[];
  readonly rulings: Rulings;
  readonly policy: AttendanceInput["policy"];
}

function personEvidenceFrom(enrolmentId: string, context: PersonContext): PersonEvidence {
  const presence = context.presence.people.get(enrolmentId);
  const time = personTimeFrom(presence, context.held, context.policy);
  const slots = context.slots.map((facts) =>
    slotCreditFrom(
      facts,
      slotTimeFrom(time, facts.slot),
      context.rulings.of(facts.slot.id, enrolmentId),
      context.policy,
    ),
  );
  const credited = context.slots.map(({ slot: { id, startAt, endAt } }, i) => {
    return { slotId: id, startAt, endAt, credit: hundredthsFromJp(slots[i]?.jp ?? 0) };
  });
  const total = countingSlots(credited).reduce((sum, slot) => sum + slot.credit, 0);
  return { attendance: { enrolmentId, jp: jpFromHundredths(total), slots }, time, presence };
}

function inOrderOfSeq(events: readonly EvidenceRow[]): readonly EvidenceRow[] {
  const isInOrder = events.every((row, i) => i === 0 || (events[i - 1] as EvidenceRow).seq <= row.seq);
  return isInOrder ? events : events.toSorted((a, b) => a.seq - b.seq);
}
