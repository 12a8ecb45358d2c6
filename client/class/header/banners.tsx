import { Clock, DoorOpen, RefreshCw, Volume2 } from "lucide";
import { MAIN_ROOM } from "../../../server/protocol/ids.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { roomTitle } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";

/** What everybody must know now: a lost line, sound that waits, a class not begun, a room. */
export function Banners() {
  const { connection } = useClassroom();
  return (
    <div class="banners" role="status">
      {connection.state.value === "lost" && <LostBanner />}
      <SoundBanner />
      <ScheduledBanner />
      <RoomBanner />
    </div>
  );
}

function LostBanner() {
  return (
    <div class="banner banner-trouble">
      <Icon of={RefreshCw} class="icon-turning" />
      <strong>{t("class.reconnecting")}</strong>
    </div>
  );
}

function SoundBanner() {
  const { media } = useClassroom();
  if (!media.needsGesture.value) return null;
  return (
    <div class="banner">
      <Button tone="primary" icon={Volume2} onClick={media.playSound}>
        {t("class.hear")}
      </Button>
    </div>
  );
}

function ScheduledBanner() {
  const { view, isStaff, act } = useClassroom();
  if (view.value.status !== "scheduled") return null;
  return (
    <div class="banner banner-wait">
      <Icon of={Clock} />
      <strong>{t("class.scheduled")}</strong>
      <span class="soft">{t(isStaff.value ? "class.scheduled.staff" : "class.scheduled.participant")}</span>
      {isStaff.value && (
        <Button tone="primary" onClick={() => act("class.open", {})}>
          {t("class.start")}
        </Button>
      )}
    </div>
  );
}

function RoomBanner() {
  const { view, act } = useClassroom();
  const { breakouts, you } = view.value;
  if (breakouts?.status !== "open") return null;
  if (you.room !== MAIN_ROOM) {
    return (
      <div class="banner">
        <Icon of={DoorOpen} />
        <strong>{t("breakouts.youAreIn", { room: roomTitle(view.value, you.room) ?? "" })}</strong>
        <span class="soft">{t("breakouts.youAreIn.text")}</span>
        <Button onClick={() => act("room.enter", { room: MAIN_ROOM })}>{t("breakouts.back")}</Button>
      </div>
    );
  }
  const own = breakouts.assignment[you.personId];
  return (
    <div class="banner">
      <Icon of={DoorOpen} />
      <strong>{t("breakouts.youAreInMain")}</strong>
      {own && (
        <Button tone="primary" onClick={() => act("room.enter", { room: own })}>
          {t("breakouts.join", { room: roomTitle(view.value, own) ?? "" })}
        </Button>
      )}
    </div>
  );
}
