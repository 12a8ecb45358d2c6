import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { formatShortDate } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import type { RecordingDialogProps } from "./recording-dialog-props.ts";
import { dateValue, endOfDay } from "./recording-words.ts";

/** So much longer is offered first. */
const OFFERED_MS = 90 * 86_400_000;

/** Keeps a recording longer than people were told, for a reason. */
export function ProlongDialog({ recording, onClose, onChanged }: RecordingDialogProps) {
  const { session, keptUntil } = recording;
  const now = keptUntil ?? Date.now();
  const until = useSignal(dateValue(now + OFFERED_MS));
  const reason = useSignal("");
  const errors = useSignal<{ readonly until?: string; readonly reason?: string }>({});
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const date = formatShortDate(now, session.timeZone);
  const prolong = async () => {
    const at = endOfDay(until.value);
    errors.value = {
      ...(at !== null && at > now ? {} : { until: t("recordings.prolong.later", { date }) }),
      ...(reason.value.trim() === "" ? { reason: t("field.required") } : {}),
    };
    if (at === null || Object.keys(errors.value).length > 0) return focusFirstError(form.current);
    isBusy.value = true;
    const answer = await adminApi.prolongRecording(recording.id, { keptUntil: at, reason: reason.value });
    isBusy.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("recordings.prolong.done") });
    onClose();
    onChanged();
  };
  return (
    <Dialog
      title={t("recordings.prolong.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="prolong-recording" tone="primary" disabled={isBusy.value}>
            {t("recordings.keepLonger")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="prolong-recording"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          prolong();
        }}
      >
        <p>{t("recordings.prolong.text", { date })}</p>
        <TextField
          type="date"
          label={t("recordings.prolong.until")}
          value={until.value}
          error={errors.value.until}
          onValue={(value) => {
            until.value = value;
          }}
        />
        <TextField
          label={t("recordings.prolong.reason")}
          hint={t("recordings.prolong.reason.hint")}
          value={reason.value}
          error={errors.value.reason}
          onValue={(value) => {
            reason.value = value;
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
