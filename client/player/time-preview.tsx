import { useEffect, useState } from "preact/hooks";
import { formatTimer } from "../i18n/format.ts";
import { chapterAt } from "./chapters-from.ts";
import { lastAt } from "./last-at.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { SlidePicture } from "./slide-picture.tsx";
import { spokenTime } from "./time-words.ts";

const WIDTH = 208;
/** A picture is fetched where one lingers, not for all that one passes over. */
const LINGER_MS = 120;

/** What one would come to: the slide, the time, and what happened there. */
export function TimePreview(props: { atMs: number; nearMs: number; left: number; width: number }) {
  const { atMs, nearMs, left, width } = props;
  const { timeline, story, chapters } = usePlayer();
  const shown = lastAt(story.value.slides, atMs);
  const slide = useLingering(shown?.isShown ? shown : null);
  const chapter = chapterAt(chapters, "slide", atMs);
  const gap = timeline.gaps.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  const isNear = (one: { readonly atMs: number }) => Math.abs(one.atMs - atMs) < nearMs / 2;
  const hands = timeline.hands.filter((hand) => hand.change === "raised" && isNear(hand)).length;
  const messages = timeline.chat.filter(isNear).length;
  const title =
    chapter?.kind === "slide"
      ? (chapter.title ?? playerText("chapters.slide", { page: chapter.page }))
      : null;
  const place = Math.min(Math.max(0, left - WIDTH / 2), Math.max(0, width - WIDTH));
  return (
    <div class="time-preview" style={{ left: `${place}px`, width: `${WIDTH}px` }} aria-hidden="true">
      {slide && (
        <div class="time-preview-picture">
          <SlidePicture slide={slide} isSmall />
        </div>
      )}
      <p class="small">
        <strong class="figures">{formatTimer(atMs)}</strong>
        {title && <span class="time-preview-title"> {title}</span>}
      </p>
      {gap && (
        <p class="small">{playerText(`time.${gap.kind}`, { length: spokenTime(gap.toMs - gap.fromMs) })}</p>
      )}
      {hands > 0 && <p class="small time-preview-hand">{playerText("time.hands", { count: hands })}</p>}
      {messages > 0 && <p class="small">{playerText("time.messages", { count: messages })}</p>}
    </div>
  );
}

function useLingering<Value extends { readonly deckId: string; readonly page: number }>(value: Value | null) {
  const [kept, setKept] = useState<Value | null>(null);
  const key = value ? `${value.deckId} ${value.page}` : "";
  useEffect(() => {
    const timer = setTimeout(() => setKept(value), LINGER_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return kept;
}
