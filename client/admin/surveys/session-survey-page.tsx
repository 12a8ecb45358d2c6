import "./surveys.css";
import { Download } from "lucide";
import { Icon } from "../../ui/icon.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { SurveyResults } from "./survey-results.tsx";

/** What was said about one session. */
export function SessionSurveyPage({ id }: { id: string }) {
  const resource = useResource(`survey ${id}`, () => adminApi.sessionSurvey(id));
  useCurrentProgramme(resource.data?.programme.code ?? "");
  return (
    <Loaded of={resource} title={t("surveys.title")}>
      {(report) => (
        <>
          <PageHead
            title={report.title ?? t("surveys.title")}
            above={[
              { title: report.programme.title, href: adminPath.programme(report.programme.code) },
              { title: t("surveys.title"), href: adminPath.surveys(report.programme.code) },
            ]}
            lead={t("surveys.lead", { count: report.minAnswers })}
            actions={(["csv", "xlsx"] as const).map((format) => (
              <a
                key={format}
                class="button"
                href={adminApi.sessionSurveyFile(id, format)}
                download={`survei-${id}.${format}`}
              >
                <Icon of={Download} />
                {t(`surveys.${format}`)}
              </a>
            ))}
          />
          <SurveyResults report={report} />
        </>
      )}
    </Loaded>
  );
}
