import type { Slot } from "../protocol/evidence.ts";
import type { DeckId, SlotId } from "../protocol/ids.ts";
import type { PlaybackChapter, RecordedTimeline } from "../protocol/playback.ts";

/** A page that somebody only leafed through is no chapter. */
const LEAST_MS = 5_000;
const MAX_TITLE = 80;

/** PB3: where one can jump to: pages that stood a while in the main room, and JP slots that began or ran meanwhile. */
export function playbackChaptersFrom(
  timeline: Pick<RecordedTimeline, "startAt" | "durationMs" | "slides">,
  slots: readonly (Slot & { readonly id: SlotId })[],
  textOf: (deckId: DeckId, page: number) => string | null,
): readonly PlaybackChapter[] {
  const { startAt, durationMs } = timeline;
  const inMain = timeline.slides.filter(({ room }) => room === "main");
  const pages = inMain.flatMap((slide, index): PlaybackChapter[] => {
    const untilMs = inMain[index + 1]?.atMs ?? durationMs;
    if (!slide.isShown || untilMs - slide.atMs < LEAST_MS) return [];
    const { atMs, deckId, page } = slide;
    return [{ kind: "slide", atMs, deckId, page, title: titleFrom(textOf(deckId, page)) }];
  });
  const ofSlots = slots.flatMap((slot, index): PlaybackChapter[] => {
    const { id, jp } = slot;
    if (slot.endAt <= startAt || slot.startAt >= startAt + durationMs) return [];
    return [{ kind: "slot", atMs: Math.max(0, slot.startAt - startAt), slotId: id, number: index + 1, jp }];
  });
  return [...ofSlots, ...pages].sort((a, b) => a.atMs - b.atMs);
}

function titleFrom(text: string | null): string | null {
  const line =
    text
      ?.split("\n")
      .find((one) => one.trim() !== "")
      ?.trim() ?? "";
  if (line.length <= MAX_TITLE) return line === "" ? null : line;
  return `${line
    .slice(0, MAX_TITLE - 1)
    .trimEnd()
    .toWellFormed()}…`;
}
