import "./entry.css";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { EDUCATION_LEVELS, type EntryCondition } from "../../../server/protocol/entry.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, SelectField, TextField } from "../form/field.tsx";
import { columnName } from "../form/field-error-text.ts";
import { conditionsFrom, type EntryDraft, entryDraftFrom, levelFrom, levelName } from "./entry-words.ts";

const FIELDS = ["birthDate", "education", "assignmentLetter", "institution", "group", "email"] as const;
/** Fields with few values; the others have conditions of their own, or differ for everybody. */
const ONE_OF_FIELDS = ["institution", "group", "education"] as const;

interface EntryDialogProps {
  readonly code: string;
  readonly conditions: readonly EntryCondition[];
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

export function EntryDialog({ code, conditions, onClose, onSaved }: EntryDialogProps) {
  const draft = useSignal<EntryDraft>(entryDraftFrom(conditions));
  const ageError = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<EntryDraft>) => {
    draft.value = { ...draft.value, ...part };
  };
  const save = async () => {
    const changed = conditionsFrom(draft.value);
    ageError.value = changed === null ? t("entry.age.error") : undefined;
    if (changed === null) return focusFirstError(form.current);
    isSaving.value = true;
    const answer = await adminApi.changeEntry(code, changed);
    isSaving.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("entry.saved") });
    onClose();
    await onSaved();
  };
  return (
    <Dialog
      title={t("entry.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="entry-conditions" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="entry-conditions"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <p>{t("entry.hint")}</p>
        <TextField
          label={t("entry.age")}
          hint={t("entry.age.hint")}
          error={ageError.value}
          value={draft.value.years}
          inputMode="decimal"
          onValue={(years) => change({ years })}
        />
        <SelectField
          label={t("entry.education")}
          value={draft.value.level}
          onValue={(value) => change({ level: levelFrom(value) })}
        >
          <option value="">{t("entry.education.any")}</option>
          {EDUCATION_LEVELS.map((level) => (
            <option key={level} value={level}>
              {levelName(level)}
            </option>
          ))}
        </SelectField>
        <RequiredFields draft={draft.value} onChange={change} />
        <OneOfFields draft={draft.value} onChange={change} />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}

function RequiredFields(props: { draft: EntryDraft; onChange: (part: Partial<EntryDraft>) => void }) {
  const { required } = props.draft;
  return (
    <fieldset class="field check-group">
      <legend class="field-label">{t("entry.required")}</legend>
      {FIELDS.map((field) => (
        <label key={field} class="check">
          <input
            type="checkbox"
            checked={required.includes(field)}
            onChange={(event) => {
              const others = required.filter((one) => one !== field);
              props.onChange({ required: event.currentTarget.checked ? [...others, field] : others });
            }}
          />
          {columnName(field)}
        </label>
      ))}
    </fieldset>
  );
}

/** For each field that has few values: which of them may enter. */
function OneOfFields({
  draft,
  onChange,
}: {
  draft: EntryDraft;
  onChange: (part: Partial<EntryDraft>) => void;
}) {
  return (
    <>
      {ONE_OF_FIELDS.map((field) => {
        const own = draft.oneOf.find((one) => one.field === field);
        const others = draft.oneOf.filter((one) => one.field !== field);
        return (
          <details key={field} class="one-of" open={own !== undefined}>
            <summary>{t("entry.oneOf", { field: columnName(field) })}</summary>
            <label class="field">
              <span class="field-hint">{t("entry.oneOf.hint")}</span>
              <textarea
                class="input"
                rows={4}
                value={own?.lines ?? ""}
                onInput={(event) =>
                  onChange({ oneOf: [...others, { field, lines: event.currentTarget.value }] })
                }
              />
            </label>
          </details>
        );
      })}
    </>
  );
}
