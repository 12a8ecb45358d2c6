import { ArrowDown, ArrowUp, Check, Minus } from "lucide";

import type { AttendanceReportJson } from "../../../server/protocol/api.ts";
import { creditedTotalMs } from "../../../server/protocol/credited-time.ts";
import type { Slot, SlotAttendance } from "../../../server/protocol/evidence.ts";
import { TimeLine } from "../../attendance/time-line.tsx";
import { formatClock, formatNumber, formatShare, wholeMinutes } from "../../i18n/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { t } from "../admin-words.ts";
import { SpacerRow } from "../shell/spacer-row.tsx";
import { useWindowedRows } from "../windowed-rows.ts";
import type { PersonSummary, Sort, View } from "./attendance-summary.ts";
import { slotStateFrom } from "./slot-state.ts";

const ROW_PX = 72;
/** With more, the slots scroll sideways inside the table. */
const SLOTS_THAT_FIT = { wide: 6, tablet: 4 } as const;

export interface AttendanceListProps {
  readonly report: AttendanceReportJson;
  readonly people: readonly PersonSummary[];
  readonly now: number;
  readonly isClassOpen: boolean;
  readonly onExplain: (enrolmentId: string) => void;
}

type AttendanceTableProps = AttendanceListProps & {
  readonly view: View;
  readonly onSort: (part: Pick<View, "sort" | "isDescending">) => void;
};

/** One row a person, slots as columns on one scale of time each, minutes, share and JP at the end. */
export function AttendanceTable({
  report,
  people,
  now,
  isClassOpen,
  onExplain,
  view,
  onSort,
}: AttendanceTableProps) {
  const { slots, timeZone } = report.session;
  const [list, drawn] = useWindowedRows<HTMLTableSectionElement>(people.length, ROW_PX);
  const isTablet = useMediaQuery("screen and (max-width: 1023px)");
  if (people.length === 0) return null;
  const head = (sort: Sort, title: string, isNumber = true) => (
    <SortHead sort={sort} title={title} isNumber={isNumber} view={view} onSort={onSort} />
  );
  return (
    <div
      class={`table-scroll table-long ${slots.length > SLOTS_THAT_FIT[isTablet ? "tablet" : "wide"] ? "table-sideways" : ""}`}
    >
      <table class="table attendance-table" aria-rowcount={people.length + 1}>
        <caption class="visually-hidden">{t("attendance.table")}</caption>
        <thead>
          <tr>
            {head("name", t("attendance.person"), false)}
            {slots.map((slot, index) => (
              <th key={slot.id} scope="col" class="slot-head">
                {t("attendance.slot", { number: index + 1 })}
                <span class="slot-jp"> · {t("jp", { jp: formatNumber(slot.jp) })}</span>
                <span class="row-note figures">
                  {formatClock(slot.startAt, timeZone)}–{formatClock(slot.endAt, timeZone)}
                </span>
              </th>
            ))}
            {head("minutes", t("attendance.minutes"))}
            {head("share", t("attendance.share"))}
            {head("jp", t("attendance.jp"))}
          </tr>
        </thead>
        <tbody ref={list}>
          <SpacerRow heightPx={drawn.beforePx} columns={slots.length + 4} />
          {people.slice(drawn.from, drawn.to).map((person, index) => (
            <PersonRow
              key={person.item.enrolmentId}
              rowIndex={drawn.from + index + 2}
              {...{ person, report, now, isClassOpen, onExplain }}
            />
          ))}
          <SpacerRow heightPx={drawn.afterPx} columns={slots.length + 4} />
        </tbody>
      </table>
    </div>
  );
}

function SortHead(props: {
  sort: Sort;
  title: string;
  isNumber: boolean;
  view: View;
  onSort: AttendanceTableProps["onSort"];
}) {
  const { sort, title, isNumber, view, onSort } = props;
  const isSorted = view.sort === sort;
  const direction = view.isDescending ? "descending" : "ascending";
  return (
    <th scope="col" class={isNumber ? "number" : undefined} aria-sort={isSorted ? direction : "none"}>
      <button
        type="button"
        class="sort"
        onClick={() => onSort({ sort, isDescending: isSorted && !view.isDescending })}
      >
        {title}
        {isSorted && <Icon of={view.isDescending ? ArrowDown : ArrowUp} size={16} />}
      </button>
    </th>
  );
}

type PersonRowProps = Pick<AttendanceListProps, "report" | "now" | "isClassOpen" | "onExplain"> & {
  readonly person: PersonSummary;
  readonly rowIndex: number;
};

function PersonRow({ person, rowIndex, report, now, isClassOpen, onExplain }: PersonRowProps) {
  const { item, outcome, share } = person;
  return (
    <tr
      aria-rowindex={rowIndex}
      class={`person-row person-${outcome}`}
      onClick={() => onExplain(item.enrolmentId)}
    >
      <th scope="row" class="person-cell">
        <button
          type="button"
          class="person-name one-line"
          title={item.name}
          aria-label={t("attendance.open", { name: item.name })}
        >
          {item.name}
        </button>
        <span class="row-note soft small one-line" title={item.institution ?? undefined}>
          {item.institution ?? item.externalId}
        </span>
        {item.institution !== null && <span class="row-note figures print-only">{item.externalId}</span>}
      </th>
      {report.session.slots.map((slot, index) => (
        <SlotCell
          key={slot.id}
          slot={slot}
          own={item.slots[index]}
          {...{ report, person, now, isClassOpen }}
        />
      ))}
      <td class="number">{formatNumber(wholeMinutes(creditedTotalMs(item.slots)))}</td>
      <td class="number">{share === null ? t("admin.none") : formatShare(share)}</td>
      <td class="number person-jp">{formatNumber(item.jp)}</td>
    </tr>
  );
}

function SlotCell(props: {
  slot: Slot;
  own: SlotAttendance | undefined;
  person: PersonSummary;
  report: AttendanceReportJson;
  now: number;
  isClassOpen: boolean;
}) {
  const { slot, own, person, report, now, isClassOpen } = props;
  if (!own) return <td />;
  return (
    <td class="slot-cell">
      <TimeLine slot={slot} held={report.held} outages={report.outages} spans={person.item.spans} />
      <SlotWords {...{ slot, own, person, now, isClassOpen }} />
    </td>
  );
}

/** The bar in words: the share and the JP, or why there are none. */
export function SlotWords(props: {
  slot: Slot;
  own: SlotAttendance;
  person: PersonSummary;
  now: number;
  isClassOpen: boolean;
}) {
  const { slot, own, person, now, isClassOpen } = props;
  const state = slotStateFrom(slot, own, isClassOpen, now);
  if (state === "before") return <span class="slot-words soft">{t("attendance.slot.before")}</span>;
  if (state === "running") {
    return (
      <span class="slot-words soft">{t("attendance.slot.running", { share: formatShare(own.share) })}</span>
    );
  }
  if (own.because === "not-held") {
    return <span class="slot-words soft">{t("attendance.slot.notHeld")}</span>;
  }
  if (own.because === "unmarked") {
    return <span class="slot-words soft">{t("attendance.slot.unmarked")}</span>;
  }
  if (person.outcome === "absent") return <span class="slot-words soft">{t("attendance.absent")}</span>;
  const isFull = own.jp >= slot.jp;
  return (
    <span class="slot-words figures">
      <span>{formatShare(own.share)}</span>
      <span class={isFull ? "slot-credit slot-credit-full" : "slot-credit"}>
        <Icon of={isFull ? Check : Minus} size={16} />
        {t("jp", { jp: formatNumber(own.jp) })}
      </span>
    </span>
  );
}
