import { useState } from "preact/hooks";
import type { RecordingView } from "../../../server/protocol/views.ts";
import { formatTime } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useClassroom } from "../classroom-context.ts";

/** For staff: starts a recording, or shows the one that runs. */
export function RecordingDialog() {
  const { view } = useClassroom();
  const { recording } = view.value;
  return recording ? <Running recording={recording} /> : <Start />;
}

function useClose() {
  const { screen } = useClassroom();
  return () => {
    screen.dialog.value = null;
  };
}

function Start() {
  const { act } = useClassroom();
  const close = useClose();
  const [hasRooms, setRooms] = useState(false);
  const [hasChat, setChat] = useState(true);
  const start = async () => {
    if (await act("recording.start", { rooms: hasRooms ? "all" : "main", hasChat })) close();
  };
  return (
    <Dialog
      title={t("recording.title")}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button tone="primary" onClick={() => void start()}>
            {t("recording.start")}
          </Button>
        </>
      }
    >
      <div class="recording-form">
        <p>{t("recording.explain")}</p>
        <p class="soft">{t("recording.where")}</p>
        <label>
          <input type="checkbox" checked={hasChat} onChange={() => setChat(!hasChat)} />
          {t("recording.chat")}
        </label>
        <label>
          <input type="checkbox" checked={hasRooms} onChange={() => setRooms(!hasRooms)} />
          {t("recording.rooms")}
        </label>
      </div>
    </Dialog>
  );
}

function Running({ recording }: { recording: RecordingView }) {
  const { act, view } = useClassroom();
  const close = useClose();
  const { isPaused, isLimited, startedAt } = recording;
  const time = formatTime(startedAt, view.value.info.timeZone);
  const stop = async () => {
    if (await act("recording.stop", {})) close();
  };
  return (
    <Dialog
      title={t("recording.title")}
      onClose={close}
      foot={
        <>
          <Button onClick={() => void act(isPaused ? "recording.resume" : "recording.pause", {})}>
            {t(isPaused ? "recording.resume" : "recording.pause")}
          </Button>
          <Button tone="trouble" onClick={() => void stop()}>
            {t("recording.stop")}
          </Button>
        </>
      }
    >
      <p>
        <strong>{isPaused ? t("recording.isPaused") : t("recording.running", { time })}</strong>
      </p>
      {isLimited && <p>{t("recording.isLimited")}</p>}
      <Answers />
    </Dialog>
  );
}

/** How many of those present have answered, and how. */
function Answers() {
  const { attendees, view } = useClassroom();
  const consents = view.value.consents ?? {};
  const answers = attendees.value.map(({ person }) => consents[person.personId]);
  const rows = [
    { key: "recording.given", count: answers.filter((one) => one === true).length },
    { key: "recording.refused", count: answers.filter((one) => one === false).length },
    { key: "recording.unanswered", count: answers.filter((one) => one === undefined).length },
  ] as const;
  return (
    <dl class="recording-counts">
      {rows.map(({ key, count }) => [
        <dt key={key}>{t(key)}</dt>,
        <dd key={`${key} count`} class="figures">
          {t("recording.people", { count })}
        </dd>,
      ])}
    </dl>
  );
}
