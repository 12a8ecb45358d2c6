import "./corrections.css";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Answer } from "../../http/request-json.ts";
import { formatNumber } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange } from "../admin-api.ts";
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
  const close = () => {
    isOpen.value = false;
  };
  if (!canChange.value) return null;
  const label = t("corrections.propose.slot", { number });
  if (!isOpen.value) {
    return (
      <Button
        class="correction-propose"
        aria-label={label}
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {t("corrections.propose")}
      </Button>
    );
  }
  return (
    <CorrectionForm
      label={label}
      jp={slot.jp}
      send={(body) => adminApi.proposeAdjustment(sessionId, { slotId: slot.id, enrolmentId, ...body })}
      onSent={close}
      onCancel={close}
    />
  );
}

interface CorrectionFormProps {
  readonly label: string;
  /** The slot's JP: no more can be proposed. */
  readonly jp: number;
  readonly send: (body: { readonly jp: number; readonly reason: string }) => Promise<Answer<unknown>>;
  readonly onSent: () => void;
  readonly onCancel: () => void;
}

/** Which JP a slot should have, and why; somebody else decides. */
export function CorrectionForm({ label, jp: most, send, onSent, onCancel }: CorrectionFormProps) {
  const jp = useSignal("");
  const reason = useSignal("");
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSending = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const show = (found: ReadonlyMap<string, string>, text: string | null = null) => {
    errors.value = found;
    failure.value = text;
    if (found.size > 0) focusFirstError(form.current);
  };
  const submit = async () => {
    if (isSending.peek()) return;
    const wanted = decimalFrom(jp.value);
    const found = new Map<string, string>();
    if (wanted === null || wanted > most) {
      found.set("jp", t("corrections.form.jp.wrong", { jp: formatNumber(most) }));
    }
    if (reason.value.trim() === "") found.set("reason", t("field.required"));
    if (found.size > 0 || wanted === null) return show(found);
    isSending.value = true;
    const answer = await send({ jp: wanted, reason: reason.value });
    isSending.value = false;
    if (!answer.ok) return show(fieldErrorsFrom(answer.errors), errorText(answer.code));
    showToast({ tone: "good", text: t("corrections.sent") });
    onSent();
  };
  return (
    <form
      ref={form}
      class="form"
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={t("corrections.form.jp")}
        hint={t("corrections.form.jp.hint", { jp: formatNumber(most) })}
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
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
