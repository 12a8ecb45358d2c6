import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { fileDispute } from "../http/join-api.ts";
import { errorText, t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { showToast } from "../ui/toasts.tsx";
import { base64From } from "./base64.ts";
import { disputeText } from "./dispute-words.ts";

const MAX_FILE_BYTES = 5 * 1024 * 1024;
const MAX_REASON_LENGTH = 1000;

interface DisputeFormProps {
  readonly linkId: string;
  readonly slotId: string;
  /** The slot's place in the session, from 1. */
  readonly number: number;
  readonly onDone: (isSent: boolean) => void;
}

/** What is wrong about a slot, and perhaps a file that shows it. What was written stays when sending fails. */
export function DisputeForm({ linkId, slotId, number, onDone }: DisputeFormProps) {
  const reason = useSignal("");
  const failure = useSignal<string | null>(null);
  const isSending = useSignal(false);
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();
  const send = async () => {
    if (isSending.peek()) return;
    const chosen = picker.current?.files?.[0];
    failure.value = null;
    if (reason.value.trim() === "") failure.value = disputeText("dispute.reason.missing");
    else if (chosen && chosen.size > MAX_FILE_BYTES) failure.value = disputeText("dispute.file.tooLarge");
    if (failure.peek() !== null) return;
    isSending.value = true;
    const content = chosen ? await base64From(chosen) : null;
    if (chosen && content === null) {
      isSending.value = false;
      failure.value = disputeText("dispute.file.unreadable");
      return;
    }
    const file = chosen && content !== null ? { name: chosen.name, content } : undefined;
    const answer = await fileDispute(linkId, { slotId, reason: reason.value, ...(file ? { file } : {}) });
    isSending.value = false;
    if (answer.ok) {
      showToast({ tone: "good", text: disputeText("dispute.sent") });
      onDone(true);
      return;
    }
    if (answer.code === "unsupported-media-type") failure.value = disputeText("dispute.file.kind");
    else if (answer.code === "too-large") failure.value = disputeText("dispute.file.tooLarge");
    else failure.value = errorText(answer.code);
  };
  return (
    <form
      class="dispute-form"
      noValidate
      aria-label={disputeText("dispute.title", { number })}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="field">
        <label class="field-label" for={`${id}-reason`}>
          {disputeText("dispute.reason")}
        </label>
        <textarea
          id={`${id}-reason`}
          class="input"
          rows={3}
          maxLength={MAX_REASON_LENGTH}
          aria-describedby={`${id}-hint`}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
        <span id={`${id}-hint`} class="field-hint">
          {disputeText("dispute.reason.hint")}
        </span>
      </div>
      <div class="field">
        <label class="field-label" for={`${id}-file`}>
          {disputeText("dispute.file")} ({disputeText("dispute.file.optional")})
        </label>
        <input
          ref={picker}
          id={`${id}-file`}
          class="input"
          type="file"
          accept="application/pdf,image/jpeg,image/png,image/webp"
          aria-describedby={`${id}-file-hint`}
        />
        <span id={`${id}-file-hint`} class="field-hint">
          {disputeText("dispute.file.hint")}
        </span>
      </div>
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <div class="dispute-actions">
        <Button type="submit" tone="primary" disabled={isSending.value}>
          {disputeText(isSending.value ? "dispute.sending" : "dispute.send")}
        </Button>
        <Button onClick={() => onDone(false)}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
