import { type AttendanceInput, type PersonEvidence, sessionEvidenceFrom } from "../domain/attendance.ts";
import { decisiveAdjustment } from "../domain/credit.ts";
import { totalMs } from "../domain/intervals.ts";
import { decisiveMark, type Rulings } from "../domain/marks.ts";
import { type TimelineSpan, timelineFrom } from "../domain/timeline.ts";
import type { Policy, Slot, SlotAttendance } from "../protocol/evidence.ts";
import type { PackInput } from "./evidence-pack.ts";

export interface ReportPerson {
  readonly enrolmentId: string;
  readonly externalId: string;
  readonly name: string;
  readonly institution: string | null;
}

export interface ReportInput {
  readonly session: PackInput["session"];
  readonly policy: Policy;
  /** Whether the roster was fixed by a closing; until then it follows the programme. */
  readonly rosterFixed: boolean;
  readonly roster: readonly ReportPerson[];
  readonly events: AttendanceInput["events"];
}

/** What decided a slot besides time: the mark that counts (offline, hybrid) and the adjustment (AT9). */
export interface SlotRuling {
  readonly slotId: string;
  readonly mark: { readonly status: string; readonly by: string; readonly at: number } | null;
  readonly adjustment: {
    readonly jp: number;
    readonly reason: string;
    readonly by: string;
    readonly approvedBy: string;
    readonly at: number;
  } | null;
}

export interface ReportItem extends ReportPerson {
  readonly jp: number;
  readonly slots: readonly SlotAttendance[];
  /** Null for somebody who never joined. */
  readonly firstJoinedAt: number | null;
  /** When the last connection ended; null while one is open, and for somebody who never joined. */
  readonly lastLeftAt: number | null;
  /** Time present while the class was held, inside slots and outside of them. */
  readonly observedMs: number;
  readonly spans: readonly TimelineSpan[];
  /** Only slots with a mark or a valid adjustment. */
  readonly rulings: readonly SlotRuling[];
}

export interface AttendanceReport {
  readonly session: PackInput["session"];
  readonly policy: Policy;
  readonly rosterFixed: boolean;
  /** In the roster's order, absent people too. */
  readonly items: readonly ReportItem[];
  readonly held: readonly { readonly startAt: number; readonly endAt: number }[];
  readonly outages: readonly { readonly startAt: number; readonly endAt: number }[];
}

/** A session's attendance, explained: what `GET …/attendance?format=json` answers with. */
export function attendanceReport(input: ReportInput): AttendanceReport {
  const { session, policy, rosterFixed, roster } = input;
  const evidence = sessionEvidenceFrom(input);
  return {
    session,
    policy,
    rosterFixed,
    items: evidence.people.map((person, i) => ({
      ...personFields(roster[i] as ReportPerson),
      ...itemFrom(person, session.slots, evidence.rulings),
    })),
    held: evidence.held,
    outages: evidence.outages.map(({ startAt, endAt }) => ({ startAt, endAt })),
  };
}

function personFields({ enrolmentId, externalId, name, institution }: ReportPerson): ReportPerson {
  return { enrolmentId, externalId, name, institution };
}

function itemFrom(
  { attendance, time, presence }: PersonEvidence,
  slots: readonly Slot[],
  rulings: Rulings,
): Omit<ReportItem, keyof ReportPerson> {
  const connections = presence?.connections ?? [];
  const ends = connections.map((connection) => connection.endAt ?? Number.POSITIVE_INFINITY);
  const lastEnd = ends.reduce((last, end) => Math.max(last, end), Number.NEGATIVE_INFINITY);
  return {
    jp: attendance.jp,
    slots: attendance.slots,
    firstJoinedAt: connections[0]?.startAt ?? null,
    lastLeftAt: Number.isFinite(lastEnd) ? lastEnd : null,
    observedMs: totalMs(time.observed),
    spans: timelineFrom(time, presence, slots),
    rulings: slots
      .map((slot) => rulingFrom(slot, attendance.enrolmentId, rulings))
      .filter((ruling) => ruling.mark !== null || ruling.adjustment !== null),
  };
}

function rulingFrom(slot: Slot, enrolmentId: string, rulings: Rulings): SlotRuling {
  const own = rulings.of(slot.id, enrolmentId);
  const mark = decisiveMark(own.marks);
  const adjusted = decisiveAdjustment(slot, own.adjustments);
  return {
    slotId: slot.id,
    mark: mark && { status: mark.status, by: mark.by, at: mark.at },
    adjustment: adjusted && {
      jp: adjusted.jp,
      reason: adjusted.reason,
      by: adjusted.by,
      approvedBy: adjusted.approvedBy,
      at: adjusted.at,
    },
  };
}
