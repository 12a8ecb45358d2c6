import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OwnAttendance, OwnIntervals } from "../../server/protocol/api.ts";
import { creditedTotalMs } from "../../server/protocol/credited-time.ts";
import type { OwnDisputes } from "../../server/protocol/disputes.ts";
import type { PersonAttendance } from "../../server/protocol/evidence.ts";
import { fetchOwnDisputes, fetchOwnIntervals } from "../http/join-api.ts";
import { formatDate, formatNumber, formatShortDate, formatTime, wholeMinutes } from "../i18n/format.ts";
import { errorText, t } from "../i18n/t.ts";
import { showToast } from "../ui/toasts.tsx";
import { disputeText } from "./dispute-words.ts";
import { OwnSlot } from "./own-slot.tsx";
import "./ended.css";

interface OwnAttendanceTableProps {
  readonly linkId: string;
  readonly timeZone: string;
  readonly own: OwnAttendance;
  readonly attendance: PersonAttendance;
}

/** One's own minutes and JP, slot by slot, each with its rule, its times, and what one disputes. */
export function OwnAttendanceTable({ linkId, timeZone, own, attendance }: OwnAttendanceTableProps) {
  const intervals = useSignal<OwnIntervals | null>(null);
  const disputes = useSignal<OwnDisputes | null>(null);
  const loadDisputes = async () => {
    const answer = await fetchOwnDisputes(linkId);
    if (answer.ok) disputes.value = answer.data;
  };
  const loadIntervals = async () => {
    const answer = await fetchOwnIntervals(linkId);
    if (answer.ok) intervals.value = answer.data;
    else if (intervals.peek() === null) showToast({ tone: "trouble", text: errorText(answer.code) });
  };
  useEffect(() => void loadDisputes(), [linkId]);
  const now = Date.now();
  const minutes = wholeMinutes(creditedTotalMs(attendance.slots));
  // Where no class was held, as in an offline session, minutes say nothing.
  const hasMinutes = attendance.slots.some(({ heldMs }) => heldMs > 0);
  const isSoFar = own.status !== "closed" && own.slots.some(({ endAt }) => now < endAt);
  return (
    <section class="own" aria-labelledby="own-title">
      <h2 id="own-title" class="own-title">
        {t(isSoFar ? "ended.attendance.soFar" : "ended.attendance")}
      </h2>
      <ul class="own-slots figures">
        {attendance.slots.map((slot, index) => (
          <OwnSlot
            key={slot.slotId}
            {...{ linkId, own, slot, timeZone, now }}
            number={index + 1}
            intervals={intervals.value}
            disputes={disputes.value}
            onOpen={loadIntervals}
            onDisputed={loadDisputes}
          />
        ))}
      </ul>
      <p class="own-total figures">
        <span>{t("ended.total")}</span>
        <strong>
          {hasMinutes && `${t("ended.total.minutes", { minutes })} · `}
          {t("jp", { jp: formatNumber(attendance.jp) })}
        </strong>
      </p>
      {disputes.value && <p class="soft small own-until">{untilText(disputes.value, timeZone, now)}</p>}
    </section>
  );
}

function untilText({ until, linkExpiresAt }: OwnDisputes, timeZone: string, now: number): string {
  const day = formatDate(until, timeZone);
  if (now > until) return disputeText("dispute.over", { until: day });
  const expires = `${formatShortDate(linkExpiresAt, timeZone)} ${formatTime(linkExpiresAt, timeZone)}`;
  return disputeText("dispute.until", { until: day, expires });
}
