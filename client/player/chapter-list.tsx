import { useEffect, useRef } from "preact/hooks";
import { formatNumber, formatTimer } from "../i18n/format.ts";
import { chapterAt, type SlideChapter } from "./chapters-from.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { SlidePicture } from "./slide-picture.tsx";
import { useNearScreen } from "./use-near-screen.ts";

/** Slides under the JP slot they belong to, the current one marked; a click goes there. */
export function ChapterList() {
  const { chapters, playback, goTo, say } = usePlayer();
  const current = chapterAt(chapters, "slide", playback.positionMs.value);
  const list = useRef<HTMLOListElement>(null);
  const currentMs = current?.atMs;
  useEffect(() => {
    const items = list.current;
    // What one reads with the pointer or the keyboard stays where it is.
    if (!items || items.matches(":hover, :focus-within")) return;
    items.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [currentMs]);
  if (chapters.length === 0) return <p class="panel-empty player-empty">{playerText("chapters.none")}</p>;
  const jump = (ms: number, title: string) => {
    goTo(ms);
    say(title);
  };
  return (
    <ol ref={list} class="chapters">
      {chapters.map((chapter) =>
        chapter.kind === "slot" ? (
          <li key={chapter.slotId}>
            <button
              type="button"
              class="chapter-slot"
              onClick={() => jump(chapter.atMs, playerText("time.slot", { number: chapter.number }))}
            >
              <span>
                {playerText("chapters.slot", { number: chapter.number, jp: formatNumber(chapter.jp) })}
              </span>
              <time class="figures">{formatTimer(chapter.atMs)}</time>
            </button>
          </li>
        ) : (
          <li key={`${chapter.deckId}${chapter.page}${chapter.atMs}`}>
            <SlideItem chapter={chapter} isCurrent={chapter.atMs === currentMs} onJump={jump} />
          </li>
        ),
      )}
    </ol>
  );
}

function SlideItem(props: {
  chapter: SlideChapter;
  isCurrent: boolean;
  onJump: (ms: number, title: string) => void;
}) {
  const { chapter, isCurrent, onJump } = props;
  const { deckId, page, atMs } = chapter;
  const [ref, isNear] = useNearScreen<HTMLButtonElement>();
  const title = chapter.title ?? playerText("chapters.slide", { page });
  return (
    <button
      ref={ref}
      type="button"
      class="chapter"
      aria-current={isCurrent ? "true" : undefined}
      onClick={() => onJump(atMs, title)}
    >
      <span class="chapter-picture" aria-hidden="true">
        {isNear && <SlidePicture slide={{ isShown: true, room: "main", atMs, deckId, page }} isSmall />}
      </span>
      <span class="chapter-words">
        <span class="chapter-title">{title}</span>
        <time class="figures soft small">{formatTimer(atMs)}</time>
      </span>
    </button>
  );
}
