import { type IconNode, LayoutGrid, Presentation, Signal, SignalLow, SignalMedium, WifiOff } from "lucide";
import { formatNumber, formatTime } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import type { NetworkQuality } from "../../media/network-quality.ts";
import { Icon } from "../../ui/icon.tsx";
import { LanguageSwitch } from "../../ui/language-switch.tsx";
import { useNow } from "../../ui/use-now.ts";
import { useClassroom } from "../classroom-context.ts";
import { RecordingBadge } from "../recording/recording-badge.tsx";
import { currentSlotFrom } from "./current-slot.ts";

const REFRESH_MS = 5_000;
const NETWORK = {
  good: { icon: Signal, words: "network.good" },
  fair: { icon: SignalMedium, words: "network.fair" },
  poor: { icon: SignalLow, words: "network.poor" },
  lost: { icon: WifiOff, words: "network.offline" },
} as const satisfies Record<NetworkQuality, { icon: IconNode; words: string }>;

/** What this class is, how long its slot goes on, how it is shown, and how the line is. */
export function ClassHeader() {
  const { view } = useClassroom();
  const { programme, unit, title } = view.value.info;
  return (
    <header class="class-header">
      <div class="class-about" title={`${title} · ${unit} · ${programme}`}>
        <h1 class="one-line">{title}</h1>
        <div class="class-about-more">
          <SlotClock />
          <span class="class-about-unit one-line">
            {unit}
            <span class="class-about-programme"> · {programme}</span>
          </span>
        </div>
      </div>
      <RecordingBadge />
      <ViewSwitch />
      <Network />
      <LanguageSwitch />
    </header>
  );
}

function SlotClock() {
  const { view, connection } = useClassroom();
  const now = useNow(REFRESH_MS, connection.now);
  const { slots, timeZone } = view.value.info;
  const current = currentSlotFrom(slots, now);
  return <span class="class-slot figures one-line">{slotWords(current, timeZone)}</span>;
}

function slotWords(current: ReturnType<typeof currentSlotFrom>, timeZone: string): string {
  if (current.kind === "over") return t("header.slotsOver");
  const { number, slot } = current;
  const jp = formatNumber(slot.jp);
  if (current.kind === "running") return t("header.slot", { number, jp, minutes: current.minutesLeft });
  return t("header.slotSoon", { number, jp, time: formatTime(slot.startAt, timeZone) });
}

function ViewSwitch() {
  const { screen } = useClassroom();
  const { mode } = screen;
  return (
    <fieldset class="view-switch" aria-label={t("view.label")}>
      <button
        type="button"
        aria-pressed={mode.value === "gallery"}
        onClick={() => {
          mode.value = "gallery";
        }}
      >
        <Icon of={LayoutGrid} />
        <span>{t("view.gallery")}</span>
      </button>
      <button
        type="button"
        aria-pressed={mode.value === "speaker"}
        onClick={() => {
          mode.value = "speaker";
        }}
      >
        <Icon of={Presentation} />
        <span>{t("view.speaker")}</span>
      </button>
    </fieldset>
  );
}

function Network() {
  const { media, connection } = useClassroom();
  const quality = connection.state.value === "lost" ? "lost" : media.networkQuality.value;
  const { icon, words } = NETWORK[quality];
  return (
    <span class={`class-network class-network-${quality}`} role="status" title={t(words)}>
      <Icon of={icon} />
      <span class="class-network-words">{t(words)}</span>
    </span>
  );
}
