import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import type { RecordingDialogProps } from "./recording-dialog-props.ts";

/** Deletes a recording for good: with a reason, and a tick that it is meant. */
export function DeleteDialog({ recording, onClose, onChanged }: RecordingDialogProps) {
  const reason = useSignal("");
  const isMeant = useSignal(false);
  const errors = useSignal<{ readonly reason?: string; readonly meant?: string }>({});
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const remove = async () => {
    errors.value = {
      ...(reason.value.trim() === "" ? { reason: t("field.required") } : {}),
      ...(isMeant.value ? {} : { meant: t("recordings.delete.confirm.missing") }),
    };
    if (Object.keys(errors.value).length > 0) return focusFirstError(form.current);
    isBusy.value = true;
    const answer = await adminApi.deleteRecording(recording.id, reason.value);
    isBusy.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("recordings.delete.done") });
    onClose();
    onChanged();
  };
  return (
    <Dialog
      title={t("recordings.delete.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="delete-recording" tone="trouble" disabled={isBusy.value}>
            {t("recordings.delete")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="delete-recording"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          remove();
        }}
      >
        <p>{t("recordings.delete.text", { title: recording.session.title })}</p>
        <TextField
          label={t("recordings.delete.reason")}
          hint={t("recordings.delete.reason.hint")}
          value={reason.value}
          error={errors.value.reason}
          onValue={(value) => {
            reason.value = value;
          }}
        />
        <ConfirmLine
          isOn={isMeant.value}
          error={errors.value.meant}
          onChange={(isOn) => {
            isMeant.value = isOn;
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}

function ConfirmLine(props: { isOn: boolean; error: string | undefined; onChange: (isOn: boolean) => void }) {
  const { isOn, error, onChange } = props;
  const id = useId();
  return (
    <div class="field">
      <label class="confirm-line">
        <input
          type="checkbox"
          checked={isOn}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {t("recordings.delete.confirm")}
      </label>
      {error && (
        <span id={id} class="field-error">
          {error}
        </span>
      )}
    </div>
  );
}
