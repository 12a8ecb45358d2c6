import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { formatNumber } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { chooseProgramme, loadProgrammes } from "../current-choice.ts";
import { decimalFrom } from "../form/decimal.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { goTo } from "../shell/admin-link.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { jpSum } from "./jp-sum.ts";
import {
  type DraftErrors,
  emptyUnit,
  type ProgrammeDraft,
  programmeBodyFrom,
  programmeErrorsFrom,
} from "./programme-draft.ts";
import { UnitRows } from "./unit-rows.tsx";

export function NewProgrammePage() {
  const draft = useSignal<ProgrammeDraft>({ code: "", title: "", units: [emptyUnit(1)] });
  const errors = useSignal<DraftErrors>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const { code, title, units } = draft.value;

  const change = (part: Partial<ProgrammeDraft>) => {
    draft.value = { ...draft.value, ...part };
    if (errors.value.size > 0) errors.value = programmeErrorsFrom(draft.value);
  };
  const show = (found: DraftErrors, text: string | null) => {
    errors.value = found;
    failure.value = text;
    if (found.size > 0) focusFirstError(form.current);
  };
  const save = async () => {
    const found = programmeErrorsFrom(draft.value);
    if (found.size > 0) return show(found, t("form.check"));
    isSaving.value = true;
    const body = programmeBodyFrom(draft.value);
    const answer = await adminApi.createProgramme(body);
    isSaving.value = false;
    if (!answer.ok) {
      const refused = fieldErrorsFrom(answer.errors);
      return show(refused, refused.size > 0 ? t("form.check") : errorText(answer.code));
    }
    await loadProgrammes();
    chooseProgramme(answer.data.id);
    showToast({ tone: "good", text: t("newProgramme.created", { code: body.code }) });
    goTo(adminPath.programme(body.code));
  };

  return (
    <>
      <PageHead
        title={t("newProgramme.title")}
        above={[{ title: t("programmes.title"), href: adminPath.programmes() }]}
      />
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <section class="card panel form-grid">
          <TextField
            label={t("newProgramme.name")}
            value={title}
            error={errors.value.get("title")}
            onValue={(value) => change({ title: value })}
          />
          <TextField
            label={t("newProgramme.code")}
            hint={t("newProgramme.code.hint")}
            value={code}
            error={errors.value.get("code")}
            onValue={(value) => change({ code: value })}
          />
        </section>
        <section class="card panel">
          <h2 class="panel-title">{t("newProgramme.units")}</h2>
          <p class="soft small figures">
            {t("newProgramme.units.hint", {
              jp: formatNumber(jpSum(units.map((unit) => ({ jp: decimalFrom(unit.jp) ?? 0 })))),
            })}{" "}
            {t("newProgramme.selfStudy.hint")}
          </p>
          <UnitRows units={units} errors={errors.value} onChange={(rows) => change({ units: rows })} />
        </section>
        <Notice>{t("newProgramme.policy")}</Notice>
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
        <div class="form-foot">
          <Button type="submit" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("newProgramme.create")}
          </Button>
          <Button tone="quiet" onClick={() => goTo(adminPath.programmes())}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </>
  );
}
