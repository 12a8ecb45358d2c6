import type { AttendanceItem, AttendanceReportJson } from "../../../server/protocol/api.ts";
import { creditedMsOf } from "../../../server/protocol/credited-time.ts";
import type { Slot, SlotAttendance } from "../../../server/protocol/evidence.ts";
import {
  formatClockSeconds,
  formatNumber,
  formatShare,
  formatTime,
  formatTimeRangeSeconds,
} from "../../i18n/format.ts";
import { t } from "../admin-words.ts";
import { graceText } from "../programmes/policy-words.ts";
import { durationOf, durationText } from "./duration-text.ts";
import { type SlotState, slotStateFrom } from "./slot-state.ts";

export type Span = AttendanceItem["spans"][number];
type Interval = AttendanceReportJson["held"][number];

/** Why a person has these JP of a slot, in words. */
export interface SlotExplanation {
  readonly state: SlotState;
  /** `hadir 38 dari 45 menit (84 %), batas 80 %`. */
  readonly sentence: string;
  /** What the sentence leaves out: its parts, the cap of AT4, each outage, marks and adjustments. */
  readonly notes: readonly string[];
}

interface Context {
  readonly report: Pick<AttendanceReportJson, "session" | "policy" | "outages">;
  readonly item: AttendanceItem;
  readonly isClassOpen: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** Explains one slot of one person; the rules are AT3 to AT10. */
export function explanationFrom(slot: Slot, own: SlotAttendance, context: Context): SlotExplanation {
  const state = slotStateFrom(slot, own, context.isClassOpen, context.now);
  const isCounted = state !== "before" && own.because !== "unmarked";
  return {
    state,
    sentence: sentenceFrom(slot, own, state, context),
    notes: [
      ...(isCounted ? [...partsNote(own), ...capNote(slot, own, context.item.spans)] : []),
      ...outageNotes(slot, context),
      ...rulingNotes(slot, context),
    ],
  };
}

function sentenceFrom(slot: Slot, own: SlotAttendance, state: SlotState, context: Context): string {
  const { policy } = context.report;
  if (state === "before") return t("explain.before");
  const time = durationOf(creditedMsOf(own), own.heldMs);
  const share = formatShare(own.share);
  if (state === "running" && own.because !== "adjusted" && own.because !== "marked") {
    return t("explain.running", { time, share });
  }
  switch (own.because) {
    case "met":
    case "below":
      return t("explain.met", { time, share, limit: formatShare(policy.minSlotShare, 2) });
    case "proportional":
      return t("explain.proportional", { time, share });
    case "not-held":
      return t("explain.notHeld", {
        held: durationText(own.heldMs),
        length: durationText(slot.endAt - slot.startAt),
        limit: formatShare(policy.minHeldShare, 2),
      });
    case "marked":
      return t("explain.marked", { status: markText(markOf(slot, context.item)?.status) });
    case "unmarked":
      return t("explain.unmarked");
    case "adjusted":
      return t("explain.adjusted", { jp: formatNumber(own.computedJp) });
  }
}

/** Only where the time is not all of one kind. */
function partsNote(own: SlotAttendance): string[] {
  if (own.bridgedMs === 0 && own.outageMs === 0) return [];
  const parts = (["observed", "bridged", "outage"] as const).flatMap((kind) => {
    const ms = own[`${kind}Ms`];
    return ms === 0 ? [] : [t(`explain.part.${kind}`, { time: durationText(ms) })];
  });
  return [t("explain.parts", { parts: parts.join(", ") })];
}

/** AT4: bridged time counts at most as much as observed time. */
function capNote(slot: Slot, own: SlotAttendance, spans: readonly Span[]): string[] {
  const foundMs = spans
    .filter((span) => span.slotId === slot.id && span.kind === "bridged")
    .reduce((sum, span) => sum + span.endAt - span.startAt, 0);
  if (foundMs <= own.bridgedMs) return [];
  return [t("explain.bridgeCap", { found: durationText(foundMs), counted: durationText(own.bridgedMs) })];
}

/** AT5, for each outage that met the slot. */
function outageNotes(slot: Slot, { report, item }: Context): string[] {
  return report.outages
    .filter((outage) => outage.startAt < slot.endAt && slot.startAt < outage.endAt)
    .map((outage) => outageNote(outage, report, item));
}

function outageNote(outage: Interval, { session, policy }: Context["report"], item: AttendanceItem): string {
  const { timeZone } = session;
  const span = formatTimeRangeSeconds(outage.startAt, outage.endAt, timeZone);
  const wasThere = item.spans.some((one) => one.endAt === outage.startAt && one.kind !== "outage");
  const backAt = item.spans.find((one) => one.kind === "observed" && one.startAt >= outage.startAt)?.startAt;
  const back = backAt === undefined ? "" : formatClockSeconds(backAt, timeZone);
  const isCounted = item.spans.some(
    (one) => one.kind === "outage" && one.startAt < outage.endAt && outage.startAt < one.endAt,
  );
  if (isCounted) return t("explain.outage.counted", { span, back });
  if (!wasThere) return t("explain.outage.away", { span });
  if (backAt === undefined) return t("explain.outage.never", { span });
  return t("explain.outage.late", { span, back, grace: graceText(policy.outageRejoinMs) });
}

function rulingNotes(slot: Slot, { report, item }: Context): string[] {
  const ruling = item.rulings.find((one) => one.slotId === slot.id);
  const { timeZone } = report.session;
  return [
    ...(ruling?.mark ? [t("explain.markedAt", { time: formatTime(ruling.mark.at, timeZone) })] : []),
    ...(ruling?.adjustment
      ? [
          t("explain.adjustment", {
            reason: ruling.adjustment.reason,
            time: formatTime(ruling.adjustment.at, timeZone),
          }),
        ]
      : []),
  ];
}

function markOf(slot: Slot, item: AttendanceItem) {
  return item.rulings.find((ruling) => ruling.slotId === slot.id)?.mark ?? null;
}

function markText(status: string | undefined): string {
  switch (status) {
    case "present":
    case "excused":
    case "sick":
    case "absent":
      return t(`mark.${status}`);
    default:
      return status ?? "";
  }
}
