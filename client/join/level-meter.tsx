import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/t.ts";
import { createMicrophoneLevel } from "../media/microphone-level.ts";

const HEARD_LEVEL = 0.25;
const SILENCE: ReadonlySignal<number> = signal(0);

/** How loud the microphone is now, and in words whether it was heard at all. */
export function LevelMeter({ track }: { track: MediaStreamTrack }) {
  const [level, setLevel] = useState<ReadonlySignal<number>>(SILENCE);
  const [isHeard, setHeard] = useState(false);
  useEffect(() => {
    setHeard(false);
    const meter = createMicrophoneLevel(track);
    setLevel(meter.level);
    return () => {
      setLevel(SILENCE);
      meter.close();
    };
  }, [track]);
  return (
    <div class="level">
      <LevelBar level={level} onHeard={() => setHeard(true)} />
      <span class="field-hint" aria-live="polite">
        {t(isHeard ? "join.level.heard" : "join.level.speak")}
      </span>
    </div>
  );
}

/** Moves by itself, without a rendering for each look at the level. */
function LevelBar({ level, onHeard }: { level: ReadonlySignal<number>; onHeard: () => void }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      effect(() => {
        bar.current?.style.setProperty("transform", `scaleX(${level.value.toFixed(2)})`);
        if (level.value > HEARD_LEVEL) onHeard();
      }),
    [level],
  );
  return (
    <div class="level-track" role="img" aria-label={t("join.level")}>
      <div ref={bar} class="level-bar" />
    </div>
  );
}
