import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";

interface CancelSessionDialogProps {
  readonly session: SessionDetail;
  readonly onClose: () => void;
  readonly onChange: () => Promise<void>;
}

/** Cancels a session that was never held, for a reason that everybody invited reads. */
export function CancelSessionDialog({ session, onClose, onChange }: CancelSessionDialogProps) {
  const reason = useSignal("");
  const error = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const cancel = async () => {
    error.value = reason.value.trim() === "" ? t("field.required") : undefined;
    if (error.value) return focusFirstError(form.current);
    isBusy.value = true;
    const answer = await adminApi.cancelSession(session.id, reason.value);
    isBusy.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("cancelSession.done") });
    onClose();
    await onChange();
  };
  return (
    <Dialog
      title={t("cancelSession.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancelSession.keep")}</Button>
          <Button type="submit" form="cancel-session" tone="trouble" disabled={isBusy.value}>
            {t("cancelSession.action")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="cancel-session"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          cancel();
        }}
      >
        <p>{t("cancelSession.text")}</p>
        <TextField
          label={t("cancelSession.reason")}
          hint={t("cancelSession.reason.hint")}
          value={reason.value}
          error={error.value}
          onValue={(value) => {
            reason.value = value;
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
