import { useSignal } from "@preact/signals";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, type Enrolment } from "../admin-api.ts";
import { t } from "../admin-words.ts";

interface RemovePersonDialogProps {
  readonly person: Enrolment;
  readonly onClose: () => void;
  readonly onRemoved: () => Promise<void>;
  readonly onErase: () => void;
}

/** Takes somebody off the roster; whom records name already can only be erased, or lose their links. */
export function RemovePersonDialog({ person, onClose, onRemoved, onErase }: RemovePersonDialogProps) {
  const { name } = person;
  const isInUse = useSignal(false);
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const finish = (text: string) => {
    showToast({ tone: "good", text });
    onClose();
  };
  const remove = async () => {
    isBusy.value = true;
    const answer = await adminApi.removePerson(person.id);
    isBusy.value = false;
    if (answer.ok) {
      finish(t("person.remove.done", { name }));
      return await onRemoved();
    }
    isInUse.value = answer.code === "in-use";
    failure.value = isInUse.value ? null : errorText(answer.code);
  };
  const revoke = async () => {
    isBusy.value = true;
    const answer = await adminApi.revokeLinks({ enrolmentId: person.id });
    isBusy.value = false;
    if (answer.ok) finish(t("person.links.revokedAll", { name, count: answer.data.revoked }));
    else failure.value = errorText(answer.code);
  };
  return (
    <Dialog
      title={t("person.remove.title", { name })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          {isInUse.value && <Button onClick={onErase}>{t("person.erase")}</Button>}
          <Button tone="trouble" disabled={isBusy.value} onClick={isInUse.value ? revoke : remove}>
            {t(isInUse.value ? "person.links.revokeAll" : "person.remove.confirm")}
          </Button>
        </>
      }
    >
      <div class="form">
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
        {isInUse.value ? (
          <Notice tone="wait">
            <p>{t("person.remove.inUse", { name })}</p>
            <p>{t("person.remove.instead")}</p>
          </Notice>
        ) : (
          <p>{t("person.remove.text")}</p>
        )}
      </div>
    </Dialog>
  );
}
