import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, type Enrolment } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError } from "../form/field.tsx";
import { fieldErrorsFrom, fieldErrorText } from "../form/field-error-text.ts";
import { missingIn, personDraftFrom } from "./person-draft.ts";
import { PersonFields } from "./person-fields.tsx";

interface EditPersonDialogProps {
  readonly person: Enrolment;
  /** Back to what is known of the person. */
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

/** Changes everything known of a person, under the same conditions as an import. */
export function EditPersonDialog({ person, onClose, onSaved }: EditPersonDialogProps) {
  const draft = useSignal(personDraftFrom(person));
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const show = (found: ReadonlyMap<string, string>, text: string | null) => {
    errors.value = found;
    failure.value = text;
    if (found.size > 0) focusFirstError(form.current);
  };
  const save = async () => {
    const missing = missingIn(draft.value);
    if (missing.size > 0) return show(missing, null);
    isSaving.value = true;
    const answer = await adminApi.changePerson(person.id, draft.value);
    if (!answer.ok) {
      isSaving.value = false;
      const found = fieldErrorsFrom(answer.errors);
      return show(found, found.size > 0 ? null : errorText(answer.code));
    }
    const { name, warnings } = answer.data;
    const text = t("addParticipant.updated", { name });
    const [warning] = warnings;
    showToast(warning ? { text: `${text} ${fieldErrorText(warning.message)}` } : { tone: "good", text });
    await onSaved();
    onClose();
  };
  return (
    <Dialog
      title={t("person.edit.title", { name: person.name })}
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="edit-person" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="edit-person"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <PersonFields draft={draft} errors={errors.value} numberHint={t("person.edit.number.hint")} />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
