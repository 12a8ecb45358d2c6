import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { CertificateJson } from "../../../server/protocol/certificates.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";

interface RevokeDialogProps {
  readonly certificate: CertificateJson;
  readonly onClose: () => void;
  readonly onRevoked: () => Promise<void>;
}

/** Asks why, since whoever verifies the certificate is told, and says that there is no way back. */
export function RevokeDialog({ certificate, onClose, onRevoked }: RevokeDialogProps) {
  const { id, number, facts } = certificate;
  const reason = useSignal("");
  const error = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const refuse = (text: string) => {
    error.value = text;
    focusFirstError(form.current);
  };
  const revoke = async () => {
    error.value = undefined;
    if (reason.value.trim() === "") return refuse(t("field.required"));
    isBusy.value = true;
    const answer = await adminApi.revokeCertificate(id, reason.value);
    isBusy.value = false;
    if (answer.ok) {
      showToast({ tone: "good", text: t("certificates.revoked", { number }) });
      onClose();
      return await onRevoked();
    }
    const wrong = fieldErrorsFrom(answer.errors).get("reason");
    if (wrong) return refuse(wrong);
    failure.value = errorText(answer.code);
  };
  return (
    <Dialog
      title={t("certificates.revoke.title", { number })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="revoke-certificate" tone="trouble" disabled={isBusy.value}>
            {t("certificates.revoke")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="revoke-certificate"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          revoke();
        }}
      >
        <p>{t("certificates.revoke.text", { name: facts.name })}</p>
        <TextField
          label={t("certificates.revoke.reason")}
          hint={t("certificates.revoke.hint")}
          error={error.value}
          value={reason.value}
          onValue={(value) => {
            reason.value = value;
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
