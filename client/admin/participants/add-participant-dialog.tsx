import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorText } from "../form/field-error-text.ts";

interface AddParticipantDialogProps {
  readonly code: string;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

const EMPTY = { externalId: "", name: "", institution: "", group: "", email: "" } as const;
type Draft = Record<keyof typeof EMPTY, string>;

export function AddParticipantDialog({ code, onClose, onSaved }: AddParticipantDialogProps) {
  const draft = useSignal<Draft>(EMPTY);
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const field = (name: keyof Draft) => ({
    value: draft.value[name],
    error: errors.value.get(name),
    onValue: (value: string) => {
      draft.value = { ...draft.value, [name]: value };
    },
  });
  const show = (found: ReadonlyMap<string, string>, text: string | null = null) => {
    errors.value = found;
    failure.value = text;
    if (found.size > 0) focusFirstError(form.current);
  };
  const save = async () => {
    const missing = (["externalId", "name"] as const).filter((name) => draft.value[name].trim() === "");
    if (missing.length > 0) return show(new Map(missing.map((name) => [name, t("field.required")])));
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
        <TextField
          label={t("addParticipant.number")}
          hint={t("addParticipant.number.hint")}
          {...field("externalId")}
        />
        <TextField label={t("participants.name")} hint={t("addParticipant.name.hint")} {...field("name")} />
        <TextField label={t("participants.institution")} isOptional {...field("institution")} />
        <TextField label={t("participants.group")} isOptional {...field("group")} />
        <TextField label={t("participants.email")} type="email" isOptional {...field("email")} />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
