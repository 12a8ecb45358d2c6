import { useSignal } from "@preact/signals";
import { CalendarDays, CircleX, ClipboardCheck, Download, ListChecks, Pencil } from "lucide";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { formatDate, formatNumber, formatTime, formatTimeRange } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useNow } from "../../ui/use-now.ts";
import { adminApi, canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { programmes } from "../current-choice.ts";
import { jpSum } from "../programmes/jp-sum.ts";
import { RoomWarning } from "../recordings/room-warning.tsx";
import { SessionRecordings } from "../recordings/session-recordings.tsx";
import { usePolling, useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentSession } from "../use-current.ts";
import { CancelSessionDialog } from "./cancel-session-dialog.tsx";
import { ClassControls } from "./class-controls.tsx";
import { LinksSection } from "./links-section.tsx";
import { SessionBadge } from "./session-badge.tsx";
import { firstStartAt, type SessionState, sessionStateFrom } from "./session-order.ts";

const REFRESH_MS = 10_000;
const STATE_EVERY_MS = 5_000;

export function SessionPage({ id }: { id: string }) {
  const resource = useResource(id, () => adminApi.session(id));
  useCurrentSession(resource.data);
  usePolling(resource.reload, REFRESH_MS, true);
  return (
    <Loaded of={resource} title={t("sessions.title")}>
      {(session) => <ShownSession session={session} onChange={resource.reload} />}
    </Loaded>
  );
}

function ShownSession({ session, onChange }: { session: SessionDetail; onChange: () => Promise<void> }) {
  const { programme, title, timeZone } = session;
  const now = useNow(STATE_EVERY_MS);
  const state = sessionStateFrom(session, now);
  return (
    <>
      <PageHead
        title={title}
        above={[
          { title: programme.title, href: adminPath.programme(programme.code) },
          { title: t("sessions.title"), href: adminPath.sessions(programme.code) },
        ]}
        mark={<SessionBadge state={state} />}
        lead={formatDate(firstStartAt(session), timeZone)}
        actions={
          <>
            <a class="button" href={adminApi.sessionCalendar(session.id)} download>
              <Icon of={CalendarDays} />
              {t("sessions.calendar")}
            </a>
            {session.mode !== "online" && state !== "cancelled" && (
              <AdminLink class="button" href={adminPath.rollCall(session.id)}>
                <Icon of={ListChecks} />
                {t("rollCall.title")}
              </AdminLink>
            )}
            <AdminLink
              class={state === "closed" ? "button button-primary" : "button"}
              href={adminPath.attendance(session.id)}
            >
              <Icon of={ClipboardCheck} />
              {t("session.attendance")}
            </AdminLink>
            {state !== "cancelled" && <ClassControls session={session} state={state} onChange={onChange} />}
          </>
        }
      />
      {session.mode !== "offline" && (state === "scheduled" || state === "open") && (
        <RoomWarning session={session} />
      )}
      <div class="panels">
        <section class="card panel">
          <h2 class="panel-title">{t("session.state")}</h2>
          {state === "open" && (
            <p class="big-number figures">
              {t("session.present", { count: formatNumber(session.presentCount) })}
            </p>
          )}
          <p>{stateText(session, state)}</p>
          {session.cancellation && <Notice>{session.cancellation.reason}</Notice>}
          <dl class="facts-list">
            <dt>{t("newSession.unit")}</dt>
            <dd>{unitTitle(session)}</dd>
            <dt>{t("newSession.mode")}</dt>
            <dd>
              {t(`mode.${session.mode}`)}. {t(`mode.${session.mode}.hint`)}
            </dd>
            <dt>{t("newSession.group")}</dt>
            <dd>
              {session.group === null
                ? t("session.group.all")
                : t("newSession.group.one", { group: session.group })}
            </dd>
          </dl>
          <PlanActions session={session} state={state} onChange={onChange} />
        </section>
        <SchedulePanel session={session} now={now} />
        {(state === "open" || state === "closed") && session.mode !== "offline" && (
          <GroupWorkPanel sessionId={session.id} />
        )}
        {session.mode !== "offline" && <SessionRecordings sessionId={session.id} timeZone={timeZone} />}
      </div>
      {state !== "cancelled" && (
        <LinksSection session={session} isNext={state === "scheduled" || state === "open"} now={now} />
      )}
    </>
  );
}

/** What can become of the plan: another one, or none. */
function PlanActions(props: { session: SessionDetail; state: SessionState; onChange: () => Promise<void> }) {
  const { session, state, onChange } = props;
  const isCancelling = useSignal(false);
  if (state === "cancelled" || !canChange.value) return null;
  return (
    <div class="form-foot">
      <AdminLink class="button" href={adminPath.editSession(session.id)}>
        <Icon of={Pencil} />
        {t("editSession.title")}
      </AdminLink>
      {session.status === "scheduled" && (
        <Button
          tone="quiet"
          icon={CircleX}
          onClick={() => {
            isCancelling.value = true;
          }}
        >
          {t("cancelSession.action")}
        </Button>
      )}
      {isCancelling.value && (
        <CancelSessionDialog
          session={session}
          onChange={onChange}
          onClose={() => {
            isCancelling.value = false;
          }}
        />
      )}
    </div>
  );
}

function unitTitle({ programme, unit }: SessionDetail): string {
  const known = programmes.value?.find(({ id }) => id === programme.id);
  return known?.units.find(({ code }) => code === unit)?.title ?? unit;
}

function stateText(session: SessionDetail, state: ReturnType<typeof sessionStateFrom>): string {
  if (state === "cancelled") {
    return t("session.state.cancelled", {
      date: formatDate(session.cancellation?.at ?? 0, session.timeZone),
    });
  }
  if (state !== "open") return t(`session.state.${state}`);
  return t("session.state.open", { time: formatTime(session.openedAt ?? 0, session.timeZone) });
}

/** What the groups wrote in breakout rooms, with roles and scores, to take away. */
function GroupWorkPanel({ sessionId }: { sessionId: string }) {
  return (
    <section class="card panel panel-wide">
      <h2 class="panel-title">{t("groupWork.title")}</h2>
      <p class="soft">{t("groupWork.text")}</p>
      <div class="panel-foot">
        {(["xlsx", "csv", "json"] as const).map((format) => (
          <a
            key={format}
            class="button"
            href={adminApi.groupWorkFile(sessionId, format)}
            download={`kerja-kelompok-${sessionId}.${format}`}
          >
            <Icon of={Download} />
            {t(`groupWork.${format}`)}
          </a>
        ))}
      </div>
    </section>
  );
}

function SchedulePanel({ session, now }: { session: SessionDetail; now: number }) {
  const { slots, timeZone } = session;
  const areSameDay = new Set(slots.map(({ startAt }) => formatDate(startAt, timeZone))).size === 1;
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("session.schedule")}</h2>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("session.slot")}</th>
            <th scope="col">{t("session.time")}</th>
            <th scope="col">{t("session.slotState")}</th>
            <th scope="col" class="number">
              {t("programme.jp")}
            </th>
          </tr>
        </thead>
        <tbody>
          {slots.map(({ id, startAt, endAt, jp }, index) => (
            <tr key={id}>
              <td class="figures">{index + 1}</td>
              <td class="figures">
                {!areSameDay && <span class="row-note">{formatDate(startAt, timeZone)}</span>}
                {formatTimeRange(startAt, endAt, timeZone)}
              </td>
              <td class="soft">
                {t(
                  now < startAt
                    ? "session.slot.before"
                    : now < endAt
                      ? "session.slot.now"
                      : "session.slot.after",
                )}
              </td>
              <td class="number">{formatNumber(jp)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t("programme.total")}
            </th>
            <td class="number">{formatNumber(jpSum(slots))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
