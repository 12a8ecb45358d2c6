import { CirclePlus, LifeBuoy, Megaphone, Mic, MicOff } from "lucide";
import { useState } from "preact/hooks";
import type { BreakoutsView, HelpView } from "../../../server/protocol/views.ts";
import { formatTimer } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { nameOf, roomTitle } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { RoomClock } from "./room-clock.tsx";

const MORE_MINUTES = 5;

/** What staff do to all rooms at once while they are open: time, a message, their voice; and who waits for help. */
export function RoomsControl({ breakouts, onEntered }: { breakouts: BreakoutsView; onEntered: () => void }) {
  const { act } = useClassroom();
  return (
    <div class="rooms-control">
      <div class="rooms-control-row">
        {breakouts.endsAt === null ? (
          <span class="soft">{t("rooms.noEnd")}</span>
        ) : (
          <RoomClock endsAt={breakouts.endsAt} />
        )}
        <Button icon={CirclePlus} onClick={() => void act("breakouts.extend", { minutes: MORE_MINUTES })}>
          {t("rooms.extend", { minutes: MORE_MINUTES })}
        </Button>
        <VoiceButton breakouts={breakouts} />
      </div>
      <BroadcastForm />
      <HelpQueue help={breakouts.help} onEntered={onEntered} />
    </div>
  );
}

function VoiceButton({ breakouts }: { breakouts: BreakoutsView }) {
  const { act, media, view } = useClassroom();
  const isOn = breakouts.voice === view.value.you.connectionId;
  const toggle = async () => {
    if (!isOn) await media.microphone.unmute();
    await act("broadcast.voice", { isOn: !isOn });
  };
  return (
    <Button icon={isOn ? MicOff : Mic} aria-pressed={isOn} onClick={() => void toggle()}>
      {t(isOn ? "rooms.voice.stop" : "rooms.voice.start")}
    </Button>
  );
}

function BroadcastForm() {
  const { act } = useClassroom();
  const [text, setText] = useState("");
  const send = async () => {
    if (!text.trim() || !(await act("broadcast.post", { text }))) return;
    setText("");
    showToast({ text: t("rooms.broadcast.sent"), tone: "good" });
  };
  return (
    <form
      class="rooms-control-row"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        class="input rooms-broadcast"
        aria-label={t("rooms.broadcast")}
        placeholder={t("rooms.broadcast.placeholder")}
        maxLength={500}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button icon={Megaphone} type="submit" disabled={!text.trim()}>
        {t("rooms.broadcast.send")}
      </Button>
    </form>
  );
}

function HelpQueue({ help, onEntered }: { help: readonly HelpView[]; onEntered: () => void }) {
  const { view, act, connection } = useClassroom();
  const now = useNow(1_000, connection.now);
  if (help.length === 0) return null;
  const go = async (roomId: HelpView["roomId"]) => {
    if (await act("room.enter", { room: roomId })) onEntered();
  };
  return (
    <section class="help-queue" aria-label={t("rooms.help.queue")}>
      <h3>{t("rooms.help.queue")}</h3>
      <ol>
        {help.map(({ roomId, personId, askedAt }, index) => {
          const room = roomTitle(view.value, roomId) ?? "";
          const name = nameOf(view.value, personId);
          return (
            <li key={roomId} class="help-row">
              <Icon of={LifeBuoy} />
              <span class="help-words">
                <strong>{room}</strong>
                <small class="soft figures">
                  {t("rooms.help.by", { name, time: formatTimer(now - askedAt) })}
                </small>
              </span>
              <Button
                tone={index === 0 ? "primary" : "plain"}
                aria-label={t("rooms.help.goTo", { room })}
                onClick={() => void go(roomId)}
              >
                {t("rooms.help.go")}
              </Button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
