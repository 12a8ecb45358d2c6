import { useSignal } from "@preact/signals";
import type { SurveySettings } from "../../../server/protocol/surveys.ts";
import { Button } from "../../ui/button.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { ForAdmins } from "../shell/for-admins.tsx";
import { SurveySettingsDialog } from "./survey-settings-dialog.tsx";

/** Which surveys a programme has, and its own questions. */
export function SurveySettingsPanel({ code }: { code: string }) {
  const isChanging = useSignal(false);
  const resource = useResource<SurveySettings>(`survey-settings ${code}`, () =>
    adminApi.surveySettings(code),
  );
  const settings = resource.data;
  if (!settings) return null;
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("surveys.settings")}</h2>
      <p>{formsText(settings)}</p>
      {settings.ownQuestions.length > 0 && (
        <>
          <p class="soft small">{t("surveys.settings.own", { count: settings.ownQuestions.length })}</p>
          <ul class="rules">
            {settings.ownQuestions.map(({ form, words }) => (
              <li key={`${form} ${words}`}>{words}</li>
            ))}
          </ul>
        </>
      )}
      <div class="panel-foot">
        <AdminLink class="button" href={adminPath.surveys(code)}>
          {t("surveys.settings.see")}
        </AdminLink>
        <ForAdmins>
          <Button
            onClick={() => {
              isChanging.value = true;
            }}
          >
            {t("surveys.settings.change")}
          </Button>
        </ForAdmins>
      </div>
      {isChanging.value && (
        <SurveySettingsDialog
          code={code}
          settings={settings}
          onSaved={resource.reload}
          onClose={() => {
            isChanging.value = false;
          }}
        />
      )}
    </section>
  );
}

function formsText({ sessionForm, endForm }: SurveySettings): string {
  if (sessionForm && endForm) return t("surveys.settings.both");
  if (sessionForm) return t("surveys.settings.session");
  return t(endForm ? "surveys.settings.end" : "surveys.settings.neither");
}
