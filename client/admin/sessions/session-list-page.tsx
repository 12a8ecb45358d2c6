import { useSignal } from "@preact/signals";
import { CalendarPlus } from "lucide";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import type { Answer } from "../../http/request-json.ts";
import { formatClock, formatNumber, formatShortDate, formatTime } from "../../i18n/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { adminApi, canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { currentProgramme } from "../current-choice.ts";
import { inTurns } from "../in-turns.ts";
import { jpSum } from "../programmes/jp-sum.ts";
import { usePolling, useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { FilterChips } from "../shell/filter-chips.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { SessionBadge } from "./session-badge.tsx";
import {
  firstStartAt,
  inOrderOfTime,
  lastEndAt,
  type SessionState,
  sessionStateFrom,
} from "./session-order.ts";

const REFRESH_MS = 15_000;
const FILTERS = ["all", "open", "scheduled", "closed", "cancelled"] as const;
type Filter = (typeof FILTERS)[number];

export function SessionListPage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const sessions = useResource(code, () => sessionsOf(code));
  usePolling(
    sessions.reload,
    REFRESH_MS,
    sessions.data?.some((session) => session.status === "open") ?? false,
  );
  const create = canChange.value && (
    <AdminLink class="button button-primary" href={adminPath.newSession(code)}>
      <Icon of={CalendarPlus} />
      {t("sessions.new")}
    </AdminLink>
  );
  const programme = currentProgramme.value;
  const hasSessions = (sessions.data?.length ?? 0) > 0;
  return (
    <>
      <PageHead
        title={t("sessions.title")}
        above={programme ? [{ title: programme.title, href: adminPath.programme(code) }] : []}
        actions={hasSessions && create}
      />
      <Loaded of={sessions}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t("sessions.empty.title")} action={create}>
              {t("sessions.empty.text")}
            </EmptyState>
          ) : (
            <SessionTable sessions={items} />
          )
        }
      </Loaded>
    </>
  );
}

/** The sessions with the states of their classes. */
async function sessionsOf(code: string): Promise<Answer<readonly SessionDetail[]>> {
  const listed = await adminApi.sessions(code);
  if (!listed.ok) return listed;
  const details: SessionDetail[] = [];
  for await (const answer of inTurns(inOrderOfTime(listed.data), ({ id }) => adminApi.session(id))) {
    if (!answer.ok) return answer;
    details.push(answer.data);
  }
  return { ok: true, data: inOrderOfTime(details) };
}

function filterOf(state: SessionState): Filter {
  return state === "missed" ? "closed" : state;
}

function SessionTable({ sessions }: { sessions: readonly SessionDetail[] }) {
  const filter = useSignal<Filter>("all");
  const now = Date.now();
  const stateOf = (session: SessionDetail) => sessionStateFrom(session, now);
  const matches = (session: SessionDetail, wanted: Filter) =>
    wanted === "all" || filterOf(stateOf(session)) === wanted;
  const shown = sessions.filter((session) => matches(session, filter.value));
  return (
    <>
      <FilterChips
        label={t("sessions.filter")}
        chosen={filter.value}
        onChoose={(chosen) => {
          filter.value = chosen;
        }}
        chips={FILTERS.map((key) => ({
          key,
          title: t(`sessions.filter.${key}`),
          count: sessions.filter((session) => matches(session, key)).length,
        })).filter(({ key, count }) => key !== "cancelled" || count > 0)}
      />
      <div class="table-scroll">
        <table class="table table-cards session-table">
          <thead>
            <tr>
              <th scope="col">{t("sessions.session")}</th>
              <th scope="col">{t("sessions.date")}</th>
              <th scope="col">{t("sessions.slots")}</th>
              <th scope="col">{t("sessions.mode")}</th>
              <th scope="col">{t("sessions.status")}</th>
              <th scope="col" class="number">
                {t("sessions.present")}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((session) => (
              <SessionRow key={session.id} session={session} state={stateOf(session)} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p class="table-empty">{t("sessions.filter.none")}</p>}
      </div>
    </>
  );
}

function SessionRow({ session, state }: { session: SessionDetail; state: SessionState }) {
  const { id, title, unit, slots, timeZone, mode, presentCount, group } = session;
  const startAt = firstStartAt(session);
  return (
    <tr>
      <td class="card-title">
        <AdminLink class="row-link" href={adminPath.session(id)}>
          {title}
        </AdminLink>
        <span class="row-note soft small">{group === null ? unit : `${unit} · ${group}`}</span>
      </td>
      <td class="no-wrap" data-label={t("sessions.date")}>
        {formatShortDate(startAt, timeZone)}
        <span class="row-note soft small figures">
          {formatClock(startAt, timeZone)}–{formatTime(lastEndAt(session), timeZone)}
        </span>
      </td>
      <td class="no-wrap" data-label={t("sessions.slots")}>
        {t("sessions.slots.count", { count: slots.length, jp: formatNumber(jpSum(slots)) })}
      </td>
      <td data-label={t("sessions.mode")}>{t(`mode.${mode}`)}</td>
      <td data-label={t("sessions.status")}>
        <SessionBadge state={state} />
      </td>
      <td class={state === "open" ? "number" : "number cell-none"} data-label={t("sessions.present")}>
        {state === "open" ? formatNumber(presentCount) : t("admin.none")}
      </td>
    </tr>
  );
}
