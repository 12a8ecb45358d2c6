import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError } from "../form/field.tsx";
import { fieldErrorText } from "../form/field-error-text.ts";
import { EMPTY_PERSON, missingIn } from "./person-draft.ts";
import { PersonFields } from "./person-fields.tsx";

interface AddParticipantDialogProps {
  readonly code: string;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

export function AddParticipantDialog({ code, onClose, onSaved }: AddParticipantDialogProps) {
  const draft = useSignal(EMPTY_PERSON);
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const show = (found: ReadonlyMap<string, string>, text: string | null = null) => {
    errors.value = found;
    failure.value = text;
    if (found.size > 0) focusFirstError(form.current);
  };
  const save = async () => {
    const missing = missingIn(draft.value);
    if (missing.size > 0) return show(missing);
    isSaving.value = true;
    const answer = await adminApi.enrol(code, draft.value);
    isSaving.value = false;
    if (!answer.ok) return show(new Map(), errorText(answer.code));
    const [row] = answer.data.rows;
    if (row?.outcome === "refused") {
      return show(new Map(row.errors?.map((error) => [error.field, fieldErrorText(error.message)])));
    }
    const name = draft.value.name.trim();
    const text = t(row?.outcome === "updated" ? "addParticipant.updated" : "addParticipant.created", {
      name,
    });
    const warning = row?.warnings?.[0];
    showToast(warning ? { text: `${text} ${fieldErrorText(warning.message)}` } : { tone: "good", text });
    onClose();
    await onSaved();
  };
  return (
    <Dialog
      title={t("addParticipant.title")}
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="add-participant" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="add-participant"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <PersonFields draft={draft} errors={errors.value} numberHint={t("addParticipant.number.hint")} />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
