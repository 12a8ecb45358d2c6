import { useSignal } from "@preact/signals";
import type { ProgrammeJson, SessionJson } from "../../../server/protocol/api-records.ts";
import { formatDate, formatNumber, formatShortDate } from "../../i18n/format.ts";
import { adminApi, canChange, type Enrolment, type Staff } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { DueNotice } from "../recordings/due-notice.tsx";
import { allOf, useResource } from "../resource.ts";
import { inOrderOfTime } from "../sessions/session-order.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { ForAdmins } from "../shell/for-admins.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { SurveySettingsPanel } from "../surveys/survey-settings-panel.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { EntryPanel } from "./entry-panel.tsx";
import { jpSum } from "./jp-sum.ts";
import { NextStep } from "./next-step.tsx";
import { policyWords } from "./policy-words.ts";
import { StaffPanel } from "./staff-panel.tsx";

const MOST_SESSIONS = 5;

export function ProgrammePage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const isAddingStaff = useSignal(false);
  const resource = useResource(code, async () =>
    allOf<[ProgrammeJson, readonly Staff[], readonly Enrolment[], readonly SessionJson[]]>(
      await Promise.all([
        adminApi.programme(code),
        adminApi.staff(code),
        adminApi.enrolments(code),
        adminApi.sessions(code),
      ]),
    ),
  );
  return (
    <Loaded of={resource} title={t("programmes.title")}>
      {([programme, staff, roster, sessions]) => (
        <>
          <PageHead
            title={programme.title}
            above={[{ title: t("programmes.title"), href: adminPath.programmes() }]}
            lead={<span class="badge">{programme.code}</span>}
          />
          <DueNotice programmeId={programme.id} />
          <NextStep {...{ code, staff, roster, sessions, isAddingStaff }} />
          <div class="panels">
            <UnitsPanel programme={programme} />
            <SessionsPanel code={code} sessions={sessions} />
            <RosterPanel code={code} roster={roster} />
            <StaffPanel code={code} staff={staff} isAdding={isAddingStaff} onChanged={resource.reload} />
            <SurveySettingsPanel code={code} />
            <EntryPanel code={code} />
            <PolicyPanel programme={programme} />
          </div>
        </>
      )}
    </Loaded>
  );
}

function UnitsPanel({ programme: { code, units } }: { programme: ProgrammeJson }) {
  const hasSelfStudy = units.some((unit) => unit.selfStudyJp > 0);
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("programme.units")}</h2>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{t("programme.unit")}</th>
            {hasSelfStudy && (
              <th scope="col" class="number">
                {t("programme.selfStudyJp")}
              </th>
            )}
            <th scope="col" class="number">
              {t("programme.jp")}
            </th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.code}>
              <td>
                {unit.title} <span class="soft small">{unit.code}</span>
              </td>
              {hasSelfStudy && <td class="number">{formatNumber(unit.selfStudyJp)}</td>}
              <td class="number">{formatNumber(unit.jp)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("programme.total")}</th>
            {hasSelfStudy && (
              <td class="number">
                {formatNumber(jpSum(units.map(({ selfStudyJp }) => ({ jp: selfStudyJp }))))}
              </td>
            )}
            <td class="number">{formatNumber(jpSum(units))}</td>
          </tr>
        </tfoot>
      </table>
      <ForAdmins>
        <div class="panel-foot">
          <AdminLink class="button" href={adminPath.editProgramme(code)}>
            {t("editProgramme.open")}
          </AdminLink>
        </div>
      </ForAdmins>
    </section>
  );
}

function SessionsPanel({ code, sessions }: { code: string; sessions: readonly SessionJson[] }) {
  const shown = inOrderOfTime(sessions).slice(0, MOST_SESSIONS);
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("programme.sessions")}</h2>
      {sessions.length === 0 && <p class="soft">{t("programme.sessions.none")}</p>}
      <ul class="link-list">
        {shown.map((session) => (
          <li key={session.id}>
            <AdminLink href={adminPath.session(session.id)}>{session.title}</AdminLink>
            <span class="soft small figures">
              {formatShortDate(session.slots[0]?.startAt ?? session.createdAt, session.timeZone)} ·{" "}
              {t("sessions.slots.count", {
                count: session.slots.length,
                jp: formatNumber(jpSum(session.slots)),
              })}
            </span>
          </li>
        ))}
      </ul>
      <div class="panel-foot">
        {sessions.length > 0 && (
          <AdminLink class="button" href={adminPath.sessions(code)}>
            {t("programme.sessions.all", { count: sessions.length })}
          </AdminLink>
        )}
        <ForAdmins>
          <AdminLink class="button" href={adminPath.newSession(code)}>
            {t("sessions.new")}
          </AdminLink>
        </ForAdmins>
        {sessions.length > 0 && (
          <a class="button" href={adminApi.programmeCalendar(code)} download>
            {t("sessions.calendar")}
          </a>
        )}
      </div>
    </section>
  );
}

function RosterPanel({ code, roster }: { code: string; roster: readonly Enrolment[] }) {
  const groups = Map.groupBy(roster, (person) => person.group ?? "");
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("programme.roster")}</h2>
      <p class={roster.length > 0 ? "big-number figures" : "soft"}>
        {roster.length > 0
          ? t("programme.roster.count", { count: formatNumber(roster.length) })
          : t("programme.roster.none")}
      </p>
      {(groups.size > 1 || (groups.size === 1 && !groups.has(""))) && (
        <ul class="soft">
          {[...groups].map(([group, people]) => (
            <li key={group}>
              {group === ""
                ? t("programme.roster.noGroup", { count: people.length })
                : t("programme.roster.group", { group, count: people.length })}
            </li>
          ))}
        </ul>
      )}
      <div class="panel-foot">
        <AdminLink class="button" href={adminPath.participants(code)}>
          {t("programme.roster.open")}
        </AdminLink>
      </div>
    </section>
  );
}

function PolicyPanel({ programme }: { programme: ProgrammeJson }) {
  const { policy, policyVersion: version, policyFrozenAt } = programme;
  return (
    <section class="card panel panel-wide">
      <h2 class="panel-title">{t("programme.policy")}</h2>
      <ul class="rules">
        {policyWords(policy).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p class="soft small">
        {policyFrozenAt === null
          ? t("programme.policy.open", { version })
          : t("programme.policy.frozen", { version, date: formatDate(policyFrozenAt, "Asia/Jakarta") })}
      </p>
      <div class="panel-foot">
        <AdminLink class="button" href={adminPath.policy(programme.code)}>
          {t(policyFrozenAt === null && canChange.value ? "policyForm.open" : "policyForm.read")}
        </AdminLink>
      </div>
    </section>
  );
}
