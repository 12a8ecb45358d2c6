import { TimeLine } from "../../attendance/time-line.tsx";
import { formatNumber, formatShare } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";
import { useWindowedRows } from "../windowed-rows.ts";
import type { AttendanceListProps } from "./attendance-table.tsx";

const CARD_PX = 104;

/** The same on a phone: a card a person, the slots' bars side by side. */
export function AttendanceCards({ report, people, onExplain }: AttendanceListProps) {
  const [list, drawn] = useWindowedRows<HTMLUListElement>(people.length, CARD_PX);
  return (
    <ul ref={list} class="attendance-cards" aria-label={t("attendance.table")}>
      {drawn.beforePx > 0 && <li aria-hidden="true" style={{ height: `${drawn.beforePx}px` }} />}
      {people.slice(drawn.from, drawn.to).map(({ item, share, outcome }) => (
        <li key={item.enrolmentId}>
          <button type="button" class="attendance-card" onClick={() => onExplain(item.enrolmentId)}>
            <span class="attendance-card-head">
              <span class="person-name one-line">{item.name}</span>
              <strong class="figures">{t("jp", { jp: formatNumber(item.jp) })}</strong>
            </span>
            <span class="attendance-card-head soft small">
              <span class="one-line">{item.institution ?? item.externalId}</span>
              <span class="figures">
                {outcome === "absent"
                  ? t("attendance.absent")
                  : share === null
                    ? t("admin.none")
                    : formatShare(share)}
              </span>
            </span>
            <span class="attendance-card-bars">
              {report.session.slots.map((slot) => (
                <TimeLine
                  key={slot.id}
                  slot={slot}
                  held={report.held}
                  outages={report.outages}
                  spans={item.spans}
                />
              ))}
            </span>
          </button>
        </li>
      ))}
      {drawn.afterPx > 0 && <li aria-hidden="true" style={{ height: `${drawn.afterPx}px` }} />}
    </ul>
  );
}
