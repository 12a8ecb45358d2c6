import "./person-dialog.css";
import { useSignal } from "@preact/signals";
import { Download, Trash2 } from "lucide";
import { ERASURE_REASONS, type ErasureReason } from "../../../server/protocol/erasure.ts";
import { formatDate } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, type Enrolment, signedIn } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { SelectField } from "../form/field.tsx";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface PersonDialogProps {
  readonly person: Enrolment;
  readonly onClose: () => void;
  readonly onErased: () => Promise<void>;
}

/** What is known of one person, all of it as a file, and the way to have it erased. */
export function PersonDialog(props: PersonDialogProps) {
  const isErasing = useSignal(false);
  if (isErasing.value) return <EraseDialog {...props} />;
  const { person, onClose } = props;
  const rows: readonly (readonly [string, string | null])[] = [
    [t("participants.number"), person.erasedAt === null ? person.externalId : null],
    [t("participants.institution"), person.institution],
    [t("participants.group"), person.group],
    [t("participants.email"), person.email],
    [t("person.birthDate"), person.birthDate],
    [t("person.education"), person.education],
    [t("person.letter"), person.assignmentLetter],
  ];
  return (
    <Dialog
      title={person.name}
      onClose={onClose}
      foot={
        <>
          {person.erasedAt === null && signedIn.value?.access === "admin" && (
            <Button
              tone="quiet"
              icon={Trash2}
              onClick={() => {
                isErasing.value = true;
              }}
            >
              {t("person.erase")}
            </Button>
          )}
          <a
            class="button button-primary"
            href={adminApi.personDataFile(person.id)}
            download={`data-${person.id}.json`}
          >
            <Icon of={Download} />
            {t("person.download")}
          </a>
        </>
      }
    >
      {person.erasedAt !== null && (
        <Notice tone="trouble">{t("person.erased", { date: formatDate(person.erasedAt, localZone) })}</Notice>
      )}
      <dl class="person-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt class="soft">{name}</dt>
            <dd>{value ?? t("admin.none")}</dd>
          </div>
        ))}
      </dl>
      <p class="soft small">{t("person.download.hint")}</p>
    </Dialog>
  );
}

function EraseDialog({ person, onClose, onErased }: PersonDialogProps) {
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
