import { useSignal } from "@preact/signals";
import { DoorOpen, Square } from "lucide";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { formatDate, formatTime } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { firstStartAt, lastEndAt, type SessionState } from "./session-order.ts";

/** The server closes a class this long after its last slot, and opens none after it. */
const AFTER_LAST_SLOT_MS = 30 * 60_000;

/** From here on opening the class is the next thing to do; before, it is sending links. */
const BEFORE_FIRST_SLOT_MS = 30 * 60_000;

interface ClassControlsProps {
  readonly session: SessionDetail;
  readonly state: SessionState;
  readonly onChange: () => Promise<void>;
}

/** Opens and closes the class, each after a question. */
export function ClassControls({ session, state, onChange }: ClassControlsProps) {
  const asked = useSignal<"open" | "close" | null>(null);
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const isTimeOver = lastEndAt(session) + AFTER_LAST_SLOT_MS <= Date.now();
  const isTimeNear = firstStartAt(session) - BEFORE_FIRST_SLOT_MS <= Date.now();
  const close = () => {
    asked.value = null;
    failure.value = null;
  };
  const run = async (action: "open" | "close") => {
    isBusy.value = true;
    const answer = await (action === "open"
      ? adminApi.openClass(session.id)
      : adminApi.closeClass(session.id));
    isBusy.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t(action === "open" ? "session.opened" : "session.closed") });
    close();
    await onChange();
  };
  const action = state === "open" ? "close" : "open";
  if (!canChange.value || (action === "open" && isTimeOver)) return null;
  const name = t(state === "open" ? "session.close" : state === "closed" ? "session.reopen" : "session.open");
  return (
    <>
      <Button
        tone={state === "scheduled" && isTimeNear ? "primary" : "plain"}
        class={action === "close" ? "button-ending" : undefined}
        icon={state === "open" ? Square : DoorOpen}
        onClick={() => {
          asked.value = action;
        }}
      >
        {name}
      </Button>
      {asked.value && (
        <Dialog
          title={t(`session.${asked.value}.title`)}
          onClose={close}
          foot={
            <>
              <Button onClick={close}>{t("cancel")}</Button>
              <Button
                tone={asked.value === "close" ? "trouble" : "primary"}
                disabled={isBusy.value}
                onClick={() => run(action)}
              >
                {name}
              </Button>
            </>
          }
        >
          <div class="form">
            <p>{t(`session.${asked.value}.text`)}</p>
            {asked.value === "open" && <EarlyNotice session={session} />}
            {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
          </div>
        </Dialog>
      )}
    </>
  );
}

function EarlyNotice({ session }: { session: SessionDetail }) {
  const startAt = firstStartAt(session);
  if (startAt <= Date.now()) return null;
  const time = `${formatDate(startAt, session.timeZone)}, ${formatTime(startAt, session.timeZone)}`;
  return <Notice tone="wait">{t("session.open.early", { time })}</Notice>;
}
