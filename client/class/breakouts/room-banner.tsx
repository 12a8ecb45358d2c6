import { DoorOpen, LifeBuoy, Megaphone, NotebookPen, Users } from "lucide";
import { type BreakoutRoomId, MAIN_ROOM } from "../../../server/protocol/ids.ts";
import type { BreakoutsView } from "../../../server/protocol/views.ts";
import { formatTimer } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/use-now.ts";
import { nameOf, roomTitle } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { ownPresentableRoom } from "./presenting.ts";
import { RoleChips } from "./role-chips.tsx";
import { RoomClock, RoomWarnings } from "./room-clock.tsx";

/** A broadcast stands there this long; it can be read again in the panel of the rooms. */
const BROADCAST_SHOWN_MS = 60_000;

/** Where one is while breakout rooms are open, how long still, and the ways to and from. */
export function RoomBanner() {
  const { view } = useClassroom();
  const { breakouts, you } = view.value;
  if (!breakouts) return null;
  if (breakouts.status === "planned") {
    return (
      <>
        <ChooseBanner breakouts={breakouts} />
        <PresentBanner />
      </>
    );
  }
  return (
    <>
      <RoomWarnings />
      {you.room === MAIN_ROOM ? (
        <MainRoomBanner breakouts={breakouts} />
      ) : (
        <BreakoutRoomBanner breakouts={breakouts} roomId={you.room} />
      )}
      <VoiceBanner breakouts={breakouts} />
      <BroadcastBanner breakouts={breakouts} />
    </>
  );
}

function BreakoutRoomBanner({ breakouts, roomId }: { breakouts: BreakoutsView; roomId: BreakoutRoomId }) {
  const { view, act, isStaff, screen } = useClassroom();
  const isWorking = screen.roomView.value === "work";
  return (
    <div class="banner room-banner">
      <Icon of={DoorOpen} />
      <strong title={t("breakouts.youAreIn.text")}>
        {t("breakouts.youAreIn", { room: roomTitle(view.value, roomId) ?? "" })}
      </strong>
      <RoomClock endsAt={breakouts.endsAt} />
      <RoleChips breakouts={breakouts} roomId={roomId} />
      <span class="room-banner-actions">
        {breakouts.case && (
          <Button
            icon={isWorking ? Users : NotebookPen}
            onClick={() => {
              screen.roomView.value = isWorking ? "people" : "work";
            }}
          >
            {t(isWorking ? "rooms.view.people" : "rooms.view.work")}
          </Button>
        )}
        {!isStaff.value && <HelpButton breakouts={breakouts} roomId={roomId} />}
        <Button
          aria-label={t("breakouts.back")}
          title={t("breakouts.back")}
          onClick={() => void act("room.enter", { room: MAIN_ROOM })}
        >
          {t("breakouts.main")}
        </Button>
      </span>
    </div>
  );
}

function HelpButton({ breakouts, roomId }: { breakouts: BreakoutsView; roomId: BreakoutRoomId }) {
  const { act, connection } = useClassroom();
  const now = useNow(1_000, connection.now);
  const asked = breakouts.help.find((one) => one.roomId === roomId);
  if (!asked) {
    return (
      <Button icon={LifeBuoy} onClick={() => void act("help.ask", {})}>
        {t("rooms.help")}
      </Button>
    );
  }
  return (
    <>
      <span class="badge badge-wait figures">
        {t("rooms.help.waiting", { time: formatTimer(now - asked.askedAt) })}
      </span>
      <Button tone="quiet" onClick={() => void act("help.cancel", {})}>
        {t("rooms.help.cancel")}
      </Button>
    </>
  );
}

function MainRoomBanner({ breakouts }: { breakouts: BreakoutsView }) {
  const { view, act, screen, isStaff } = useClassroom();
  const own = breakouts.assignment[view.value.you.personId];
  const isChoosing = breakouts.placing.kind === "chosen" && !isStaff.value;
  const openDialog = (dialog: "breakouts" | "choose-room") => () => {
    screen.dialog.value = dialog;
  };
  return (
    <div class="banner">
      <Icon of={DoorOpen} />
      <strong>{t("breakouts.youAreInMain")}</strong>
      <RoomClock endsAt={breakouts.endsAt} />
      {isStaff.value && <Button onClick={openDialog("breakouts")}>{t("breakouts.overview")}</Button>}
      {isChoosing && (
        <Button tone={own ? "plain" : "primary"} onClick={openDialog("choose-room")}>
          {t(own ? "rooms.choose.change" : "rooms.choose")}
        </Button>
      )}
      {own && (
        <Button tone="primary" onClick={() => void act("room.enter", { room: own })}>
          {t("breakouts.join", { room: roomTitle(view.value, own) ?? "" })}
        </Button>
      )}
    </div>
  );
}

/** Before the rooms open, whoever may choose is asked to. */
function ChooseBanner({ breakouts }: { breakouts: BreakoutsView }) {
  const { view, screen, isStaff } = useClassroom();
  if (breakouts.placing.kind !== "chosen" || isStaff.value || view.value.status === "closed") return null;
  const own = breakouts.assignment[view.value.you.personId];
  return (
    <div class="banner">
      <Icon of={DoorOpen} />
      <strong>{own ? t("rooms.choose.yours") : t("rooms.choose.text")}</strong>
      {own && <span>{roomTitle(view.value, own)}</span>}
      <Button
        tone={own ? "plain" : "primary"}
        onClick={() => {
          screen.dialog.value = "choose-room";
        }}
      >
        {t(own ? "rooms.choose.change" : "rooms.choose")}
      </Button>
    </div>
  );
}

/** After the work whoever presents for the group puts its sheet on the stage. */
function PresentBanner() {
  const { view, act } = useClassroom();
  const roomId = ownPresentableRoom(view.value);
  if (!roomId) return null;
  return (
    <div class="banner">
      <Icon of={NotebookPen} />
      <span>{t("rooms.present.text")}</span>
      <Button tone="primary" onClick={() => void act("sheet.present", { roomId })}>
        {t("rooms.present")}
      </Button>
    </div>
  );
}

function VoiceBanner({ breakouts }: { breakouts: BreakoutsView }) {
  const { view, act } = useClassroom();
  const { connections, you } = view.value;
  const from = breakouts.voice === null ? undefined : connections.get(breakouts.voice);
  if (!from) return null;
  const isYou = from.personId === you.personId;
  return (
    <div class="banner">
      <Icon of={Megaphone} />
      <strong>
        {isYou ? t("rooms.voice.yours") : t("rooms.voice.by", { name: nameOf(view.value, from.personId) })}
      </strong>
      {isYou && (
        <Button onClick={() => void act("broadcast.voice", { isOn: false })}>{t("rooms.voice.stop")}</Button>
      )}
    </div>
  );
}

function BroadcastBanner({ breakouts }: { breakouts: BreakoutsView }) {
  const { view, connection } = useClassroom();
  const now = useNow(5_000, connection.now);
  const last = breakouts.broadcasts.at(-1);
  if (!last || now - last.at > BROADCAST_SHOWN_MS || last.personId === view.value.you.personId) return null;
  return (
    <div class="banner room-broadcast">
      <Icon of={Megaphone} />
      <span>
        <strong>{t("rooms.broadcast.from", { name: nameOf(view.value, last.personId) })}</strong>
        {": "}
        {last.text}
      </span>
    </div>
  );
}
