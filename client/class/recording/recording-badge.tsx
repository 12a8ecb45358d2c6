import { Circle, CirclePause } from "lucide";
import { t } from "../../i18n/t.ts";
import { Icon } from "../../ui/icon.tsx";
import { useClassroom } from "../classroom-context.ts";

/** Everybody sees that the class is recorded, and finds their consent behind it. */
export function RecordingBadge() {
  const { view, screen } = useClassroom();
  const { recording } = view.value;
  if (!recording) return null;
  const { isPaused } = recording;
  return (
    <button
      type="button"
      class={`recording-badge ${isPaused ? "recording-badge-paused" : ""}`}
      aria-label={t(isPaused ? "recording.badge.paused.label" : "recording.badge.label")}
      title={t(isPaused ? "recording.badge.paused.label" : "recording.badge.label")}
      aria-haspopup="dialog"
      onClick={() => {
        screen.dialog.value = "consent";
      }}
    >
      <Icon of={isPaused ? CirclePause : Circle} />
      {t(isPaused ? "recording.badge.paused" : "recording.badge")}
    </button>
  );
}
