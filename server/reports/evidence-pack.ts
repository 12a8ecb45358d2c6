import { attendanceFrom } from "../domain/attendance.ts";
import {
  type ChainedRow,
  EVIDENCE_FORMAT,
  type PersonAttendance,
  type Policy,
  type SessionMode,
  type Slot,
} from "../protocol/evidence.ts";

export interface PackInput {
  readonly session: {
    readonly id: string;
    readonly title: string;
    /** The unit's code. */
    readonly unit: string;
    readonly mode: SessionMode;
    readonly timeZone: string;
    readonly slots: readonly Slot[];
  };
  readonly policy: Policy;
  readonly roster: readonly {
    readonly enrolmentId: string;
    readonly externalId: string;
    readonly name: string;
  }[];
  readonly events: readonly ChainedRow[];
}

/** A pack as Balai writes it, before it is signed. */
export interface UnsignedPack extends PackInput {
  readonly format: typeof EVIDENCE_FORMAT;
  readonly attendance: readonly PersonAttendance[];
}

/**
 * The evidence pack of a session (`balai-evidence/1`, DESIGN section 3). Only the format's fields are
 * taken over, so that a record with more in it (an e-mail address, a date of birth) does not leak.
 */
export function evidencePackFrom({ session, policy, roster, events }: PackInput): UnsignedPack {
  const slots = session.slots.map(({ id, startAt, endAt, jp }) => ({ id, startAt, endAt, jp }));
  const { id, title, unit, mode, timeZone } = session;
  return {
    format: EVIDENCE_FORMAT,
    session: { id, title, unit, mode, timeZone, slots },
    policy,
    roster: roster.map(({ enrolmentId, externalId, name }) => ({ enrolmentId, externalId, name })),
    events,
    attendance: attendanceFrom({ session, policy, roster, events }),
  };
}
