import { ChevronLeft, ChevronRight } from "lucide";
import type { AttendanceItem, AttendanceReportJson } from "../../../server/protocol/api.ts";
import { TimeLine } from "../../attendance/time-line.tsx";
import { formatClockSeconds, formatNumber, formatTime, formatTimeRange } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { ProposeCorrection } from "../corrections/propose-correction.tsx";
import { SlotCorrections } from "../corrections/slot-corrections.tsx";
import { allOf, useResource } from "../resource.ts";
import "../corrections/corrections.css";
import type { AdjustmentJson } from "../../../server/protocol/api-rulings.ts";
import type { DisputeJson } from "../../../server/protocol/disputes.ts";
import type { PersonSummary } from "./attendance-summary.ts";
import type { AttendanceListProps } from "./attendance-table.tsx";
import { durationText, exactDuration } from "./duration-text.ts";
import { explanationFrom, type Span } from "./explanation.ts";

type ExplanationDialogProps = AttendanceListProps & {
  readonly enrolmentId: string;
  readonly onClose: () => void;
};

/** Why somebody has these JP: each slot in words, and the intervals behind them. */
export function ExplanationDialog(props: ExplanationDialogProps) {
  const { people, enrolmentId, report, now, isClassOpen, onExplain, onClose } = props;
  const at = people.findIndex(({ item }) => item.enrolmentId === enrolmentId);
  const item = report.items.find((one) => one.enrolmentId === enrolmentId);
  const sessionId = report.session.id;
  const corrections = useResource(`corrections ${sessionId}`, async () =>
    allOf<[{ items: readonly DisputeJson[] }, { items: readonly AdjustmentJson[] }]>(
      await Promise.all([adminApi.disputes(sessionId), adminApi.adjustments(sessionId)]),
    ),
  );
  if (!item) return null;
  const { slots, timeZone } = report.session;
  const outside = item.spans.filter((span) => span.slotId === null);
  return (
    <Dialog
      title={item.name}
      isWide
      onClose={onClose}
      foot={
        <>
          <StepButton person={people[at - 1]} isForward={false} onExplain={onExplain} />
          <StepButton person={people[at + 1]} isForward onExplain={onExplain} />
        </>
      }
    >
      <div class="explain">
        <Summary item={item} person={people[at]} timeZone={timeZone} />
        {slots.map((slot, index) => {
          const own = item.slots[index];
          if (!own) return null;
          const { sentence, notes, state } = explanationFrom(slot, own, { report, item, isClassOpen, now });
          return (
            <section key={slot.id} class="explain-slot">
              <h3>
                {t("explain.slot", { number: index + 1 })}{" "}
                <span class="soft small figures explain-when">
                  {formatTimeRange(slot.startAt, slot.endAt, timeZone)}
                </span>
              </h3>
              <p>
                {sentence}
                {state === "decided" && (
                  <>
                    {" → "}
                    <strong>{t("explain.result", { jp: formatNumber(own.jp) })}</strong>
                  </>
                )}
              </p>
              <TimeLine slot={slot} held={report.held} outages={report.outages} spans={item.spans} />
              {notes.map((note) => (
                <p key={note} class="soft small">
                  {note}
                </p>
              ))}
              <Intervals
                title={t("explain.slot", { number: index + 1 })}
                spans={item.spans.filter((span) => span.slotId === slot.id)}
                timeZone={timeZone}
                rooms={report.rooms}
              />
              <SlotCorrections
                number={index + 1}
                timeZone={timeZone}
                disputes={itemsAbout(corrections.data?.[0].items, enrolmentId, slot.id)}
                adjustments={itemsAbout(corrections.data?.[1].items, enrolmentId, slot.id)}
              />
              <ProposeCorrection
                key={`${enrolmentId}${slot.id}`}
                sessionId={report.session.id}
                enrolmentId={enrolmentId}
                slot={slot}
                number={index + 1}
              />
            </section>
          );
        })}
        {outside.length > 0 && (
          <section class="explain-slot">
            <h3>{t("explain.outside")}</h3>
            <p class="soft small">{t("explain.outside.text")}</p>
            <Intervals
              title={t("explain.outside")}
              spans={outside}
              timeZone={timeZone}
              rooms={report.rooms}
            />
          </section>
        )}
      </div>
    </Dialog>
  );
}

/** Of a session's disputes or proposals those about one person's slot; none before they are there. */
function itemsAbout<Item extends { readonly enrolmentId: string; readonly slotId: string }>(
  items: readonly Item[] | undefined,
  enrolmentId: string,
  slotId: string,
): readonly Item[] {
  return (items ?? []).filter((item) => item.enrolmentId === enrolmentId && item.slotId === slotId);
}

function StepButton(props: {
  person: PersonSummary | undefined;
  isForward: boolean;
  onExplain: (enrolmentId: string) => void;
}) {
  const { person, isForward, onExplain } = props;
  return (
    <Button
      icon={isForward ? ChevronRight : ChevronLeft}
      class={isForward ? "button-icon-last" : undefined}
      disabled={!person}
      onClick={() => person && onExplain(person.item.enrolmentId)}
    >
      {t(isForward ? "explain.next" : "explain.previous")}
    </Button>
  );
}

function Summary(props: { item: AttendanceItem; person: PersonSummary | undefined; timeZone: string }) {
  const { item, person, timeZone } = props;
  const { firstJoinedAt, lastLeftAt } = item;
  return (
    <div class="explain-summary">
      <div>
        <p>{[item.institution, item.externalId].filter(Boolean).join(" · ")}</p>
        {firstJoinedAt === null ? (
          <p class="soft">{t("explain.none")}</p>
        ) : (
          <p class="soft figures">
            {t("explain.summary", { present: durationText(item.observedMs) })} ·{" "}
            {t("explain.firstJoined", { time: formatTime(firstJoinedAt, timeZone) })},{" "}
            {lastLeftAt === null
              ? t("explain.stillIn")
              : t("explain.lastLeft", { time: formatTime(lastLeftAt, timeZone) })}
          </p>
        )}
      </div>
      {person && (
        <p class="explain-total figures">
          {t("explain.total", { jp: formatNumber(item.jp), possible: formatNumber(person.possibleJp) })}
        </p>
      )}
    </div>
  );
}

type NamedRooms = AttendanceReportJson["rooms"];

function Intervals(props: { title: string; spans: readonly Span[]; timeZone: string; rooms: NamedRooms }) {
  const { title, spans, timeZone, rooms } = props;
  if (spans.length === 0) return null;
  return (
    <table class="plain-table intervals" aria-label={`${t("explain.intervals")}: ${title}`}>
      <thead>
        <tr>
          <th scope="col">{t("explain.from")}</th>
          <th scope="col">{t("explain.to")}</th>
          <th scope="col" class="number">
            {t("explain.duration")}
          </th>
          <th scope="col">{t("explain.kind")}</th>
        </tr>
      </thead>
      <tbody>
        {spans.map((span) => (
          <tr key={`${span.kind}${span.startAt}`}>
            <td class="figures">{formatClockSeconds(span.startAt, timeZone)}</td>
            <td class="figures">{formatClockSeconds(span.endAt, timeZone)}</td>
            <td class="number">{exactDuration(span.endAt - span.startAt)}</td>
            <td>
              <span class="legend-mark" aria-hidden="true">
                <span class={`tl tl-${span.kind}`} />
              </span>
              {t(`explain.kind.${span.kind}`)}
              <Rooms span={span} rooms={rooms} timeZone={timeZone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where there was one room, that it was the main room or a breakout room; else when one was in which. */
function Rooms({ span, rooms, timeZone }: { span: Span; rooms: NamedRooms; timeZone: string }) {
  const [first, second] = span.rooms ?? [];
  if (first === undefined) return null;
  if (second === undefined) return <>, {roomName(first, rooms)}</>;
  return (
    <ul class="soft small figures interval-rooms">
      {span.stays?.map(({ room, startAt, endAt }) => (
        <li key={`${room}${startAt}`}>
          {roomName(room, rooms)}: {formatClockSeconds(startAt, timeZone)}–
          {formatClockSeconds(endAt, timeZone)}
        </li>
      ))}
    </ul>
  );
}

/** A room that has no title any more is called what it is. */
function roomName(room: string, rooms: NamedRooms): string {
  if (room === "main") return t("explain.room.main");
  return rooms?.find(({ roomId }) => roomId === room)?.title ?? t("explain.room.breakout");
}
