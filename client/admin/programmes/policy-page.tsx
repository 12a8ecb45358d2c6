import "./entry.css";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ProgrammeJson } from "../../../server/protocol/api-records.ts";
import { formatDate } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { loadProgrammes } from "../current-choice.ts";
import { focusFirstError, SelectField, TextField } from "../form/field.tsx";
import { useResource } from "../resource.ts";
import { goTo } from "../shell/admin-link.tsx";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import {
  type PolicyDraft,
  policyDraftFrom,
  policyEffectsFrom,
  policyErrorsFrom,
  policyFrom,
  policyWarningsFrom,
} from "./policy-draft.ts";
import { policyWords } from "./policy-words.ts";
import { RequirementRows } from "./requirement-rows.tsx";

/** The rules of attendance and completion: changed until the first class, read after it. */
export function PolicyPage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const resource = useResource(code, () => adminApi.programme(code));
  return (
    <Loaded of={resource} title={t("policyForm.title")}>
      {(programme) => (
        <>
          <PageHead
            title={t("policyForm.title")}
            above={[{ title: programme.title, href: adminPath.programme(code) }]}
            lead={t("policyForm.version", { version: programme.policyVersion })}
          />
          {programme.policyFrozenAt === null && canChange.value ? (
            <PolicyForm programme={programme} />
          ) : (
            <Rules programme={programme} />
          )}
        </>
      )}
    </Loaded>
  );
}

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function Rules({ programme }: { programme: ProgrammeJson }) {
  const { policyFrozenAt: at } = programme;
  return (
    <>
      {at !== null && (
        <Notice>
          <strong>{t("policyForm.frozen.title", { date: formatDate(at, localZone) })}</strong>
          <p>{t("policyForm.frozen.text")}</p>
        </Notice>
      )}
      <section class="card panel">
        <ul class="rules">
          {[...policyWords(programme.policy), ...policyEffectsFrom(programme.policy, programme.units)].map(
            (sentence) => (
              <li key={sentence}>{sentence}</li>
            ),
          )}
        </ul>
      </section>
    </>
  );
}

function PolicyForm({ programme }: { programme: ProgrammeJson }) {
  const { code, units } = programme;
  const draft = useSignal<PolicyDraft>(policyDraftFrom(programme.policy));
  const refused = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const errors = policyErrorsFrom(draft.value);
  const change = (part: Partial<PolicyDraft>) => {
    draft.value = { ...draft.value, ...part };
  };
  const save = async () => {
    if (errors.size > 0) {
      refused.value = t("form.check");
      return focusFirstError(form.current);
    }
    isSaving.value = true;
    const answer = await adminApi.changePolicy(code, policyFrom(draft.value));
    isSaving.value = false;
    if (!answer.ok) {
      refused.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("policyForm.saved", { version: answer.data.policyVersion }) });
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
      <section class="card panel">
        <h2 class="panel-title">{t("policyForm.attendance")}</h2>
        <AttendanceFields draft={draft.value} errors={errors} onChange={change} />
      </section>
      <section class="card panel">
        <h2 class="panel-title">{t("policyForm.requirements")}</h2>
        <RequirementRows
          rows={draft.value.requirements}
          units={units}
          errors={errors}
          onChange={(requirements) => change({ requirements })}
        />
      </section>
      {errors.size === 0 && <Effect programme={programme} draft={draft.value} />}
      {refused.value && <Notice tone="trouble">{refused.value}</Notice>}
      <div class="form-foot">
        <Button type="submit" tone="primary" disabled={isSaving.value}>
          {isSaving.value ? t("admin.saving") : t("policyForm.save")}
        </Button>
        <Button tone="quiet" onClick={() => goTo(adminPath.programme(code))}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

interface AttendanceFieldsProps {
  readonly draft: PolicyDraft;
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (part: Partial<PolicyDraft>) => void;
}

function AttendanceFields({ draft, errors, onChange }: AttendanceFieldsProps) {
  const field = (
    name: "minutesPerJp" | "minSlotShare" | "minHeldShare" | "bridgeMinutes" | "outageMinutes",
  ) => (
    <TextField
      label={t(`policyForm.${name}`)}
      hint={t(`policyForm.${name}.hint`)}
      inputMode="decimal"
      error={errors.get(name)}
      value={draft[name]}
      onValue={(value) => onChange({ [name]: value })}
    />
  );
  return (
    <div class="policy-fields">
      <SelectField
        label={t("policyForm.slotCredit")}
        hint={t("policyForm.slotCredit.hint")}
        value={draft.slotCredit}
        onValue={(value) => onChange({ slotCredit: value === "proportional" ? "proportional" : "threshold" })}
      >
        <option value="threshold">{t("policyForm.slotCredit.threshold")}</option>
        <option value="proportional">{t("policyForm.slotCredit.proportional")}</option>
      </SelectField>
      {draft.slotCredit === "threshold" && field("minSlotShare")}
      {field("minHeldShare")}
      {field("bridgeMinutes")}
      {field("outageMinutes")}
      {field("minutesPerJp")}
    </div>
  );
}

/** What it comes to, as one types: in sentences, in this programme's numbers, and what is hardly meant. */
function Effect({ programme, draft }: { programme: ProgrammeJson; draft: PolicyDraft }) {
  const policy = policyFrom(draft);
  const warnings = policyWarningsFrom(policy);
  return (
    <section class="card panel" aria-live="polite">
      <h2 class="panel-title">{t("policyForm.effect")}</h2>
      <ul class="rules">
        {[...policyWords(policy), ...policyEffectsFrom(policy, programme.units)].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {warnings.map((warning) => (
        <Notice key={warning} tone="wait">
          {warning}
        </Notice>
      ))}
    </section>
  );
}
