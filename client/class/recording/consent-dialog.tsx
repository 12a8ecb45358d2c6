import { DEFAULT_KEPT_DAYS } from "../../../server/protocol/recordings.ts";
import { t } from "../../i18n/t.ts";
import { answerNow, ConsentText } from "../../recording/consent-text.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useClassroom } from "../classroom-context.ts";

/** Asks whether one may be recorded; neither answer is made the louder one. Closing it answers nothing: one is not recorded then. */
export function ConsentDialog({ onClose }: { onClose: () => void }) {
  const { view, act, connection } = useClassroom();
  const { consent, recording } = view.value;
  const keptDays = recording?.keptDays ?? DEFAULT_KEPT_DAYS;
  const answer = async (isGiven: boolean) => {
    if (!(await act("recording.answer", answerNow(isGiven, keptDays)))) return;
    connection.noteConsent(isGiven);
    showToast({ tone: "good", text: t(isGiven ? "consent.kept.yes" : "consent.kept.no") });
    onClose();
  };
  const state = consent === null ? "consent.now.none" : consent ? "consent.now.yes" : "consent.now.no";
  return (
    <Dialog
      title={t("consent.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={() => void answer(false)}>{t("consent.no")}</Button>
          <Button onClick={() => void answer(true)}>{t("consent.yes")}</Button>
        </>
      }
    >
      <div class="consent-question">
        <ConsentText keptDays={keptDays} />
        <p>
          <strong>{t("consent.question")}</strong> {t(state)}
        </p>
      </div>
    </Dialog>
  );
}
