import "./surveys.css";
import { Download } from "lucide";
import type { ProgrammeSurveys, SurveySummary } from "../../../server/protocol/surveys.ts";
import { formatNumber } from "../../i18n/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { ResponseRate } from "./response-rate.tsx";
import { SurveyResults } from "./survey-results.tsx";

/** What a programme's participants said: each session's survey in a line, and the one at the end whole. */
export function SurveysPage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const resource = useResource(`surveys ${code}`, () => adminApi.surveys(code));
  return (
    <Loaded of={resource} title={t("surveys.title")}>
      {(surveys) => (
        <>
          <PageHead
            title={t("surveys.title")}
            above={[{ title: surveys.programme.title, href: adminPath.programme(code) }]}
            lead={t("surveys.lead", { count: surveys.minAnswers })}
            actions={
              <>
                <FileLink code={code} format="csv" />
                <FileLink code={code} format="xlsx" />
              </>
            }
          />
          {surveys.sessions.length === 0 ? (
            <EmptyState
              title={t("surveys.none.title")}
              action={
                <AdminLink class="button button-primary" href={adminPath.newSession(code)}>
                  {t("sessions.new")}
                </AdminLink>
              }
            >
              {t("surveys.none.text")}
            </EmptyState>
          ) : (
            <Surveys surveys={surveys} />
          )}
        </>
      )}
    </Loaded>
  );
}

function FileLink({ code, format }: { code: string; format: "csv" | "xlsx" }) {
  return (
    <a
      class={format === "xlsx" ? "button button-primary" : "button"}
      href={adminApi.surveysFile(code, format)}
      download={`survei-${code}.${format}`}
    >
      <Icon of={Download} />
      {t(`surveys.${format}`)}
    </a>
  );
}

function Surveys({ surveys: { sessions, end, settings } }: { surveys: ProgrammeSurveys }) {
  return (
    <>
      <section class="card panel" aria-labelledby="surveys-sessions">
        <h2 id="surveys-sessions" class="panel-title">
          {t("surveys.sessions")}
        </h2>
        {!settings.sessionForm && <p class="soft">{t("surveys.off")}</p>}
        <ul class="survey-lines">
          {sessions.map((session) => (
            <SessionLine key={session.survey} session={session} />
          ))}
        </ul>
      </section>
      <h2 class="section-title">{t("surveys.end")}</h2>
      {!settings.endForm && end.answered === 0 ? (
        <p class="card panel soft">{t("surveys.end.off")}</p>
      ) : (
        <SurveyResults report={end} />
      )}
    </>
  );
}

function SessionLine({ session }: { session: SurveySummary }) {
  const { survey, title, asked, answered, mean } = session;
  return (
    <li class="survey-line figures">
      <AdminLink href={adminPath.sessionSurvey(survey)}>{title}</AdminLink>
      {asked === 0 && answered === 0 ? (
        <span class="soft">{t("surveys.notYet")}</span>
      ) : (
        <>
          <ResponseRate asked={asked} answered={answered} />
          <span class="survey-mean">
            <span class="small soft">{t("surveys.mean")}</span>{" "}
            <strong>{mean === null ? "–" : formatNumber(mean)}</strong>
          </span>
        </>
      )}
    </li>
  );
}
