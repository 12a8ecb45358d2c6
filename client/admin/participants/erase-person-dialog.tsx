import "./person-dialog.css";
import { useSignal } from "@preact/signals";
import { ERASURE_REASONS, type ErasureReason } from "../../../server/protocol/erasure.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, type Enrolment } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { SelectField } from "../form/field.tsx";

interface ErasePersonDialogProps {
  readonly person: Enrolment;
  readonly onClose: () => void;
  readonly onErased: () => Promise<void>;
}

/** Erases somebody's personal data for good; what counts stays, without their name. */
export function ErasePersonDialog({ person, onClose, onErased }: ErasePersonDialogProps) {
  const reason = useSignal<ErasureReason>("request");
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const erase = async () => {
    isBusy.value = true;
    const answer = await adminApi.erasePerson(person.id, reason.value);
    isBusy.value = false;
    if (!answer.ok) {
      failure.value = answer.code === "conflict" ? t("person.erase.conflict") : errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("person.erase.done") });
    onClose();
    await onErased();
  };
  return (
    <Dialog
      title={t("person.erase.title", { name: person.name })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button tone="trouble" disabled={isBusy.value} onClick={erase}>
            {t("person.erase.confirm")}
          </Button>
        </>
      }
    >
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <p>
        <strong>{t("person.erase.warning")}</strong>
      </p>
      <dl class="person-facts">
        <div>
          <dt class="soft">{t("person.erase.goes")}</dt>
          <dd>{t("person.erase.goes.text")}</dd>
        </div>
        <div>
          <dt class="soft">{t("person.erase.stays")}</dt>
          <dd>{t("person.erase.stays.text")}</dd>
        </div>
      </dl>
      <SelectField
        label={t("person.erase.reason")}
        value={reason.value}
        onValue={(value) => {
          reason.value = ERASURE_REASONS.find((one) => one === value) ?? "request";
        }}
      >
        {ERASURE_REASONS.map((one) => (
          <option key={one} value={one}>
            {t(`person.erase.reason.${one}`)}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}
