import "./attendance.css";
import { useSignal } from "@preact/signals";
import type { AttendanceReportJson } from "../../../server/protocol/api.ts";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { formatDate } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { SelectField } from "../form/field.tsx";
import { allOf, usePolling, useResource } from "../resource.ts";
import { SessionBadge } from "../sessions/session-badge.tsx";
import { firstStartAt, sessionStateFrom } from "../sessions/session-order.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { FilterChips } from "../shell/filter-chips.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { useCurrentSession } from "../use-current.ts";
import { AttendanceCards } from "./attendance-cards.tsx";
import { AttendanceDownloads } from "./attendance-downloads.tsx";
import { AttendanceFacts } from "./attendance-facts.tsx";
import { FILTERS, isOfFilter, peopleIn, SORTS, summariesFrom, type View } from "./attendance-summary.ts";
import { AttendanceTable } from "./attendance-table.tsx";
import { ExplanationDialog } from "./explanation-dialog.tsx";
import { Legend } from "./legend.tsx";
import { SessionChoice } from "./session-choice.tsx";

const REFRESH_MS = 10_000;

/** Who was there, how long, and why that makes these JP. */
export function AttendancePage({ id }: { id: string }) {
  const resource = useResource(id, async () =>
    allOf<[SessionDetail, AttendanceReportJson]>(
      await Promise.all([adminApi.session(id), adminApi.attendance(id)]),
    ),
  );
  const session = resource.data?.[0] ?? null;
  useCurrentSession(session);
  usePolling(resource.reload, REFRESH_MS, session?.status === "open");
  return (
    <Loaded of={resource} title={t("attendance.title")}>
      {([detail, report]) => (
        <ShownAttendance
          session={detail}
          report={report}
          loadedAt={resource.loadedAt ?? 0}
          onRefresh={resource.reload}
        />
      )}
    </Loaded>
  );
}

interface ShownAttendanceProps {
  readonly session: SessionDetail;
  readonly report: AttendanceReportJson;
  readonly loadedAt: number;
  readonly onRefresh: () => Promise<void>;
}

function ShownAttendance({ session, report, loadedAt, onRefresh }: ShownAttendanceProps) {
  const { programme, timeZone } = session;
  return (
    <>
      <PageHead
        title={t("attendance.title")}
        above={[
          { title: programme.title, href: adminPath.programme(programme.code) },
          { title: session.title, href: adminPath.session(session.id) },
        ]}
        mark={<SessionBadge state={sessionStateFrom(session, loadedAt)} />}
        lead={
          <span class="attendance-lead">
            <SessionChoice session={session} />
            <span class="print-only">
              {session.title} · {formatDate(firstStartAt(session), timeZone)}
            </span>
          </span>
        }
        actions={
          <>
            <AdminLink class="button" href={adminPath.corrections(session.id)}>
              {t("corrections.title")}
            </AdminLink>
            <AttendanceDownloads sessionId={session.id} programmeCode={programme.code} />
          </>
        }
      />
      <AttendanceFacts session={session} report={report} loadedAt={loadedAt} onRefresh={onRefresh} />
      {report.items.length === 0 ? (
        <EmptyState
          title={t("attendance.nobody.title")}
          action={
            <AdminLink class="button button-primary" href={adminPath.participants(programme.code)}>
              {t("programme.roster.open")}
            </AdminLink>
          }
        >
          {t("attendance.nobody.text")}
        </EmptyState>
      ) : (
        <People session={session} report={report} now={loadedAt} />
      )}
    </>
  );
}

function People({
  session,
  report,
  now,
}: {
  session: SessionDetail;
  report: AttendanceReportJson;
  now: number;
}) {
  const view = useSignal<View>({ filter: "all", query: "", sort: "name", isDescending: false });
  const explained = useSignal<string | null>(null);
  const isNarrow = useMediaQuery("screen and (max-width: 767px)");
  const summaries = summariesFrom(report);
  const people = peopleIn(summaries, view.value);
  const change = (part: Partial<View>) => {
    view.value = { ...view.value, ...part };
  };
  const explain = (enrolmentId: string | null) => {
    explained.value = enrolmentId;
  };
  const shared = { report, people, now, isClassOpen: session.status === "open", onExplain: explain };
  return (
    <>
      <div class="toolbar attendance-toolbar">
        <FilterChips
          label={t("attendance.filter")}
          chosen={view.value.filter}
          onChoose={(filter) => change({ filter })}
          chips={FILTERS.map((key) => ({
            key,
            title: t(
              key === "absent" && session.status === "open"
                ? "attendance.filter.notYet"
                : `attendance.filter.${key}`,
            ),
            count: summaries.filter((summary) => isOfFilter(summary, key)).length,
          }))}
        />
        <SearchField
          label={t("attendance.search")}
          value={view.value.query}
          onValue={(query) => change({ query })}
        />
      </div>
      {isNarrow ? (
        <>
          <SelectField
            label={t("attendance.sort")}
            value={view.value.sort}
            onValue={(value) => change({ sort: SORTS.find((sort) => sort === value) ?? "name" })}
          >
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {t(`attendance.sort.${sort}`)}
              </option>
            ))}
          </SelectField>
          <details class="legend-fold">
            <summary>{t("legend.label")}</summary>
            <Legend hasOutages={report.outages.length > 0} />
          </details>
          <AttendanceCards {...shared} />
        </>
      ) : (
        <>
          <Legend hasOutages={report.outages.length > 0} />
          <AttendanceTable {...shared} view={view.value} onSort={change} />
        </>
      )}
      {people.length === 0 && (
        <div class="card table-empty">
          <p>{t("attendance.noMatch")}</p>
          <Button onClick={() => change({ filter: "all", query: "" })}>{t("attendance.showAll")}</Button>
        </div>
      )}
      {explained.value !== null && (
        <ExplanationDialog {...shared} enrolmentId={explained.value} onClose={() => explain(null)} />
      )}
    </>
  );
}
