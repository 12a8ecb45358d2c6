import { Timer } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { formatTimer } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import { Icon } from "../../ui/icon.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useClassroom } from "../classroom-context.ts";
import { roomWarningFrom } from "./room-warning.ts";

/** How long the rooms are still open. The warnings come as toasts, which are read aloud; the ticking is not. */
export function RoomClock({ endsAt }: { endsAt: number | null }) {
  const { connection } = useClassroom();
  const now = useNow(500, connection.now);
  const leftMs = endsAt === null ? null : Math.max(0, endsAt - now);
  if (leftMs === null) return null;
  const isShort = leftMs <= 60_000;
  return (
    <span
      class={isShort ? "room-clock room-clock-short figures" : "room-clock figures"}
      role="timer"
      aria-label={t("rooms.left.label")}
    >
      <Icon of={Timer} />
      {t("rooms.left", { time: formatTimer(leftMs + 999) })}
    </span>
  );
}

/** Warns once of each: 5 minutes, 1 minute, 10 seconds. */
export function RoomWarnings() {
  const { view, connection } = useClassroom();
  const now = useNow(500, connection.now);
  const { breakouts } = view.value;
  const endsAt = breakouts?.status === "open" ? breakouts.endsAt : null;
  const before = useRef<{ readonly endsAt: number; readonly leftMs: number } | null>(null);
  useEffect(() => {
    if (endsAt === null) {
      before.current = null;
      return;
    }
    const leftMs = endsAt - now;
    const known = before.current;
    const warning = known?.endsAt === endsAt ? roomWarningFrom(known.leftMs, leftMs) : null;
    before.current = { endsAt, leftMs };
    if (warning) showToast({ text: t(`rooms.warn.${warning}`), tone: "hand" });
  }, [endsAt, now]);
  return null;
}
