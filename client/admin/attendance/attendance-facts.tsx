import { RefreshCw, ServerCrash } from "lucide";
import type { AttendanceReportJson } from "../../../server/protocol/api.ts";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import {
  formatClock,
  formatClockSeconds,
  formatNumber,
  formatShare,
  formatTimeRange,
  formatTimeRangeSeconds,
  wholeMinutes,
} from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../admin-words.ts";
import { graceText } from "../programmes/policy-words.ts";

interface AttendanceFactsProps {
  readonly session: SessionDetail;
  readonly report: AttendanceReportJson;
  readonly loadedAt: number;
  readonly onRefresh: () => Promise<void>;
}

/** What holds for everybody: when the class was held, the rule, the outages, how fresh all this is. */
export function AttendanceFacts({ session, report, loadedAt, onRefresh }: AttendanceFactsProps) {
  const { policy, outages } = report;
  const { timeZone } = session;
  const isOpen = session.status === "open";
  const facts = [
    heldText(report),
    session.mode === "offline"
      ? t("attendance.offline")
      : policy.slotCredit === "threshold"
        ? t("attendance.policy.threshold", { share: formatShare(policy.minSlotShare, 2) })
        : t("attendance.policy.proportional"),
  ];
  return (
    <>
      <div class="facts">
        <span class="figures">{facts.join(" · ")}</span>
        <span class="facts-fresh soft small figures">
          {isOpen && <span class="live-dot" aria-hidden="true" />}
          {t(isOpen ? "attendance.live" : "attendance.updated", {
            time: formatClockSeconds(loadedAt, timeZone),
          })}
          <Button tone="quiet" icon={RefreshCw} onClick={onRefresh}>
            {t("attendance.refresh")}
          </Button>
        </span>
      </div>
      {outages.length > 0 && (
        <div class="notice notice-outage" role="note">
          <Icon of={ServerCrash} />
          <span class="figures">{outageText(report)}</span>
        </div>
      )}
    </>
  );
}

function heldText({ held, session }: AttendanceReportJson): string {
  if (held.length === 0) return t("attendance.notHeld");
  const totalMs = held.reduce((sum, { startAt, endAt }) => sum + endAt - startAt, 0);
  return t("attendance.held", {
    spans: held.map(({ startAt, endAt }) => formatTimeRange(startAt, endAt, session.timeZone)).join(", "),
    minutes: formatNumber(wholeMinutes(totalMs)),
  });
}

function outageText({ outages, session: { timeZone }, policy }: AttendanceReportJson): string {
  const spans = outages.map(({ startAt, endAt }) => outageSpan(startAt, endAt, timeZone)).join(", ");
  const grace = graceText(policy.outageRejoinMs);
  return outages.length === 1
    ? t("attendance.outage.one", { spans, grace })
    : t("attendance.outage.many", { count: outages.length, spans, grace });
}

/** With seconds where minutes would say nothing. */
function outageSpan(startAt: number, endAt: number, timeZone: string): string {
  if (formatClock(startAt, timeZone) !== formatClock(endAt, timeZone)) {
    return formatTimeRange(startAt, endAt, timeZone);
  }
  return formatTimeRangeSeconds(startAt, endAt, timeZone);
}
