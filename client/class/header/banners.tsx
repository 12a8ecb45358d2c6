import { Clock, RefreshCw, Volume2 } from "lucide";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { RoomBanner } from "../breakouts/room-banner.tsx";
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
