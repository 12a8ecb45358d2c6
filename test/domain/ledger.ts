import { sessionEvidenceFrom } from "../../server/domain/attendance.ts";
import type { Interval } from "../../server/domain/intervals.ts";
import {
  DEFAULT_POLICY,
  type EvidenceBody,
  type EvidenceRow,
  type Policy,
  type SessionMode,
  type Slot,
} from "../../server/protocol/evidence.ts";

/** Ledgers for the tables of tests: each row says when, its `seq` is its place. */
export type Timed = EvidenceBody & { readonly at: number };

export const MINUTE = 60_000;

export function ledger(...rows: Timed[]): EvidenceRow[] {
  return rows.map((row, i) => ({ ...row, seq: i + 1 }));
}

export const opened = (at: number): Timed => ({ at, type: "class.opened", by: "stf_ibu" });
export const closed = (at: number): Timed => ({ at, type: "class.closed", by: "stf_ibu" });
export const joined = (at: number, connectionId: string, enrolmentId: string, room = "main"): Timed => {
  return { at, type: "presence.joined", connectionId, enrolmentId, device: "d", room };
};
export const staffJoined = (at: number, connectionId: string): Timed => {
  return { at, type: "presence.joined", connectionId, staffId: "stf_ibu", device: "d", room: "main" };
};
export const left = (at: number, connectionId: string): Timed => {
  return { at, type: "presence.left", connectionId, reason: "lost" };
};
export const moved = (at: number, connectionId: string, room: string): Timed => {
  return { at, type: "room.moved", connectionId, room };
};
export const mark = (at: number): Timed => ({ at, type: "presence.mark" });
export const recovered = (at: number, lastAliveAt: number): Timed => {
  return { at, type: "server.recovered", lastAliveAt };
};
export const marked = (
  enrolmentId: string,
  status: "present" | "excused" | "sick" | "absent",
  { by = "stf_ibu", slotId = "s1", at = 0 } = {},
): Timed => ({ at, type: "attendance.marked", slotId, enrolmentId, status, by });
export const adjusted = (
  enrolmentId: string,
  jp: number,
  { by = "adm_a", approvedBy = "adm_b", slotId = "s1", adjustmentId = "adj_1", at = 0 } = {},
): Timed => {
  return {
    at,
    type: "attendance.adjusted",
    adjustmentId,
    slotId,
    enrolmentId,
    jp,
    reason: "r",
    by,
    approvedBy,
  };
};

export const slot = (startAt: number, endAt: number, jp = 1, id = "s1"): Slot => ({ id, startAt, endAt, jp });

export interface Case {
  readonly rows: readonly EvidenceRow[];
  readonly slots?: readonly Slot[];
  readonly mode?: SessionMode;
  readonly policy?: Partial<Policy>;
  readonly roster?: readonly string[];
}

/** The session's evidence with one slot of 0 to 100 minutes, 1 JP, and `ana` alone, unless said otherwise. */
export function evidenceOf({ rows, slots, mode = "online", policy, roster = ["ana"] }: Case) {
  return sessionEvidenceFrom({
    session: { mode, slots: slots ?? [slot(0, 100 * MINUTE)] },
    policy: { ...DEFAULT_POLICY, ...policy },
    roster: roster.map((enrolmentId) => ({ enrolmentId })),
    events: rows,
  });
}

/** The first slot of the first person. */
export function firstSlot(given: Case) {
  const attendance = evidenceOf(given).people[0]?.attendance.slots[0];
  if (!attendance) throw new Error("no person or no slot");
  return attendance;
}

/** `[[start, end], …]` in minutes. */
export function inMinutes(set: readonly Interval[]): number[][] {
  return set.map(({ startAt, endAt }) => [startAt / MINUTE, endAt / MINUTE]);
}

/** A person's time by kind, in minutes. */
export function timeOf(given: Case, index = 0) {
  const time = evidenceOf(given).people[index]?.time;
  if (!time) throw new Error("no such person");
  return {
    observed: inMinutes(time.observed),
    bridged: inMinutes(time.bridged),
    outage: inMinutes(time.outage),
  };
}
