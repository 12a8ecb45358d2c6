import "./corrections.css";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { formatNumber } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { decimalFrom } from "../form/decimal.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";

interface ProposeCorrectionProps {
  readonly sessionId: string;
  readonly enrolmentId: string;
  readonly slot: { readonly id: string; readonly jp: number };
  /** The slot's place in the session, from 1. */
  readonly number: number;
}

/** A button that becomes a form: which JP a slot should have, and why. */
export function ProposeCorrection({ sessionId, enrolmentId, slot, number }: ProposeCorrectionProps) {
  const isOpen = useSignal(false);
  const jp = useSignal("");
  const reason = useSignal("");
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSending = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const open = (isShown: boolean) => {
    isOpen.value = isShown;
    errors.value = new Map();
    failure.value = null;
  };
  const show = (found: ReadonlyMap<string, string>, text: string | null = null) => {
    errors.value = found;
    failure.value = text;
    if (found.size > 0) focusFirstError(form.current);
  };
  const send = async () => {
    const wanted = decimalFrom(jp.value);
    const found = new Map<string, string>();
    if (wanted === null || wanted > slot.jp) {
      found.set("jp", t("corrections.form.jp.wrong", { jp: formatNumber(slot.jp) }));
    }
    if (reason.value.trim() === "") found.set("reason", t("field.required"));
    if (found.size > 0 || wanted === null) return show(found);
    isSending.value = true;
    const body = { slotId: slot.id, enrolmentId, jp: wanted, reason: reason.value };
    const answer = await adminApi.proposeAdjustment(sessionId, body);
    isSending.value = false;
    if (!answer.ok) return show(fieldErrorsFrom(answer.errors), errorText(answer.code));
    showToast({ tone: "good", text: t("corrections.sent") });
    jp.value = "";
    reason.value = "";
    open(false);
  };
  if (!isOpen.value) {
    return (
      <Button
        class="correction-propose"
        aria-label={t("corrections.propose.slot", { number })}
        onClick={() => open(true)}
      >
        {t("corrections.propose")}
      </Button>
    );
  }
  return (
    <form
      ref={form}
      class="form"
      noValidate
      aria-label={t("corrections.propose.slot", { number })}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextField
        label={t("corrections.form.jp")}
        hint={t("corrections.form.jp.hint", { jp: formatNumber(slot.jp) })}
        error={errors.value.get("jp")}
        inputMode="decimal"
        value={jp.value}
        onValue={(value) => {
          jp.value = value;
        }}
      />
      <TextField
        label={t("corrections.form.reason")}
        hint={t("corrections.form.reason.hint")}
        error={errors.value.get("reason")}
        value={reason.value}
        onValue={(value) => {
          reason.value = value;
        }}
      />
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <div class="correction-actions">
        <Button type="submit" tone="primary" disabled={isSending.value}>
          {t("corrections.form.send")}
        </Button>
        <Button onClick={() => open(false)}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
