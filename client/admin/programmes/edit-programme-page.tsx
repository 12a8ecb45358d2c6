import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ProgrammeJson } from "../../../server/protocol/api-records.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { loadProgrammes } from "../current-choice.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { useResource } from "../resource.ts";
import { goTo } from "../shell/admin-link.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import {
  type DraftErrors,
  type ProgrammeDraft,
  programmeBodyFrom,
  programmeDraftFrom,
  programmeErrorsFrom,
} from "./programme-draft.ts";
import { UnitRows } from "./unit-rows.tsx";

/** A programme's name and units; its rules have a page of their own. */
export function EditProgrammePage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const resource = useResource(code, () => adminApi.programme(code));
  return (
    <Loaded of={resource} title={t("editProgramme.title")}>
      {(programme) => (
        <>
          <PageHead
            title={t("editProgramme.title")}
            above={[{ title: programme.title, href: adminPath.programme(code) }]}
            lead={t("editProgramme.code", { code: programme.code })}
          />
          <ProgrammeForm programme={programme} />
        </>
      )}
    </Loaded>
  );
}

function ProgrammeForm({ programme }: { programme: ProgrammeJson }) {
  const { code, policyFrozenAt } = programme;
  const draft = useSignal<ProgrammeDraft>(programmeDraftFrom(programme));
  const errors = useSignal<DraftErrors>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<ProgrammeDraft>) => {
    draft.value = { ...draft.value, ...part };
    if (errors.value.size > 0) errors.value = programmeErrorsFrom(draft.value);
  };
  const show = (found: DraftErrors, text: string) => {
    errors.value = found;
    failure.value = text;
    focusFirstError(form.current);
  };
  const save = async () => {
    const found = programmeErrorsFrom(draft.value);
    if (found.size > 0) return show(found, t("form.check"));
    isSaving.value = true;
    const { title, units } = programmeBodyFrom(draft.value);
    const answer = await adminApi.changeProgramme(code, { title, units });
    isSaving.value = false;
    if (!answer.ok) {
      const refused = fieldErrorsFrom(answer.errors);
      const whole = refused.get("units") ?? (refused.size > 0 ? t("form.check") : errorText(answer.code));
      return show(refused, whole);
    }
    showToast({ tone: "good", text: t("editProgramme.saved") });
    await loadProgrammes();
    goTo(adminPath.programme(code));
  };
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {policyFrozenAt !== null && <Notice>{t("editProgramme.frozen")}</Notice>}
      <section class="card panel">
        <TextField
          label={t("newProgramme.name")}
          value={draft.value.title}
          error={errors.value.get("title")}
          onValue={(title) => change({ title })}
        />
      </section>
      <section class="card panel">
        <h2 class="panel-title">{t("newProgramme.units")}</h2>
        <UnitRows units={draft.value.units} errors={errors.value} onChange={(units) => change({ units })} />
      </section>
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <div class="form-foot">
        <Button type="submit" tone="primary" disabled={isSaving.value}>
          {isSaving.value ? t("admin.saving") : t("admin.save")}
        </Button>
        <Button tone="quiet" onClick={() => goTo(adminPath.programme(code))}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
