import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatTimer } from "../i18n/format.ts";
import { useBox } from "../ui/use-box.ts";
import { chapterAt } from "./chapters-from.ts";
import { marksFrom } from "./marks-from.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { TimePreview } from "./time-preview.tsx";
import { spokenMoment } from "./time-words.ts";

/** Marks nearer than this become one. */
const MARK_PX = 14;
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 5_000,
  ArrowUp: 5_000,
  ArrowLeft: -5_000,
  ArrowDown: -5_000,
  PageUp: 60_000,
  PageDown: -60_000,
};

/**
 * The recording from its beginning to its end: where one is, chapters, slots, what was not recorded, hands and
 * messages. A slider (ARIA APG) that says the time and the slide.
 */
export function TimeLine() {
  const player = usePlayer();
  const { timeline, playback, chapters, goTo } = player;
  const { durationMs } = timeline;
  const [box, size] = useBox<HTMLDivElement>();
  const [lookedAt, setLookedAt] = useState<number | null>(null);
  const [isFocused, setFocused] = useState(false);
  const drag = useDrag(box, durationMs, setLookedAt, goTo);
  const share = (ms: number) => `${(Math.min(ms, durationMs) / Math.max(1, durationMs)) * 100}%`;
  const positionMs = drag.atMs ?? playback.positionMs.value;
  const nearMs = size.width > 0 ? (durationMs / size.width) * MARK_PX : durationMs;
  const marks = useMemo(() => marksFrom(timeline, nearMs), [timeline, nearMs]);
  const seconds = Math.floor(positionMs / 1_000);
  const previewMs = drag.atMs ?? lookedAt ?? (isFocused ? positionMs : null);
  return (
    <div class="time-line">
      {previewMs !== null && size.width > 0 && (
        <TimePreview
          atMs={previewMs}
          nearMs={nearMs}
          left={(previewMs / durationMs) * size.width}
          width={size.width}
        />
      )}
      <div
        ref={box}
        class="time-line-slider"
        role="slider"
        tabIndex={0}
        aria-label={playerText("time.label")}
        aria-valuemin={0}
        aria-valuemax={Math.floor(durationMs / 1_000)}
        aria-valuenow={seconds}
        aria-valuetext={spokenMoment(seconds * 1_000, chapters)}
        onFocus={(event) => setFocused(event.currentTarget.matches(":focus-visible"))}
        onBlur={() => setFocused(false)}
        onKeyDown={(event) => {
          const step = STEPS[event.key];
          const to = event.key === "Home" ? 0 : event.key === "End" ? durationMs : null;
          if (event.altKey || event.ctrlKey || event.metaKey || (step === undefined && to === null)) return;
          event.preventDefault();
          event.stopPropagation();
          goTo(to ?? playback.positionMs.peek() + (step ?? 0));
        }}
        {...drag.handlers}
      >
        <div class="time-line-marks" aria-hidden="true">
          {marks.map(({ kind, atMs }) => (
            <i key={`${kind}${atMs}`} class={`time-mark time-mark-${kind}`} style={{ left: share(atMs) }} />
          ))}
        </div>
        <div class="time-line-rail">
          <div class="time-line-played" style={{ width: share(positionMs) }} />
          {timeline.gaps.map(({ kind, fromMs, toMs }) => (
            <div
              key={`${kind}${fromMs}`}
              class={`time-gap time-gap-${kind}`}
              style={{ left: share(fromMs), width: share(toMs - fromMs) }}
            />
          ))}
          {chapters.map(({ kind, atMs }) =>
            atMs > 0 ? (
              <i key={`${kind}${atMs}`} class={`time-tick time-tick-${kind}`} style={{ left: share(atMs) }} />
            ) : null,
          )}
        </div>
        <div class="time-line-knob" style={{ left: share(positionMs) }} />
      </div>
      <SlotNames />
    </div>
  );
}

/** Which part of the line is which JP slot. */
function SlotNames() {
  const { chapters, timeline, playback } = usePlayer();
  const slots = chapters.filter((chapter) => chapter.kind === "slot");
  const current = chapterAt(chapters, "slot", playback.positionMs.value);
  if (slots.length === 0) return null;
  return (
    <div class="time-slots small" aria-hidden="true">
      {slots.map((slot) => (
        <span
          key={slot.slotId}
          class={
            slot.slotId === (current?.kind === "slot" ? current.slotId : null)
              ? "time-slot time-slot-now one-line"
              : "time-slot one-line"
          }
          style={{
            left: `${(slot.atMs / timeline.durationMs) * 100}%`,
            width: `${((slot.endMs - slot.atMs) / timeline.durationMs) * 100}%`,
          }}
        >
          {playerText("chapters.slot", { number: slot.number, jp: slot.jp })}
        </span>
      ))}
    </div>
  );
}

/** Follows the pointer: looks while it hovers, goes where it is let go. */
function useDrag(
  box: { readonly current: HTMLElement | null },
  durationMs: number,
  look: (ms: number | null) => void,
  goTo: (ms: number) => void,
) {
  const [atMs, setAtMs] = useState<number | null>(null);
  const isDown = useRef(false);
  useEffect(() => () => look(null), []);
  const msOf = (event: PointerEvent) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    return Math.min(Math.max(0, (event.clientX - left) / Math.max(1, width)), 1) * durationMs;
  };
  const end = (event: PointerEvent, isDone: boolean) => {
    if (!isDown.current) return;
    isDown.current = false;
    setAtMs(null);
    if (isDone) goTo(msOf(event));
  };
  const handlers = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      isDown.current = true;
      box.current?.setPointerCapture(event.pointerId);
      setAtMs(msOf(event));
    },
    onPointerMove(event: PointerEvent) {
      if (isDown.current) setAtMs(msOf(event));
      else if (event.pointerType === "mouse") look(msOf(event));
    },
    onPointerUp: (event: PointerEvent) => end(event, true),
    onPointerCancel: (event: PointerEvent) => end(event, false),
    onPointerLeave: () => look(null),
  };
  return { atMs, handlers };
}

/** `12:05 / 1:58:20`, and for screen readers in words. */
export function TimeNow() {
  const { playback, timeline } = usePlayer();
  const now = formatTimer(playback.positionMs.value);
  const total = formatTimer(timeline.durationMs);
  return (
    <span class="player-time figures">
      <span aria-hidden="true">
        <span>{now}</span>
        <span class="soft player-time-of"> / </span>
        <span class="soft">{total}</span>
      </span>
      <span class="visually-hidden">{playerText("time.of", { now, total })}</span>
    </span>
  );
}
