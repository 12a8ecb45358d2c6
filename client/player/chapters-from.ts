import type { PlaybackChapter, PlaybackTimeline } from "../../server/protocol/playback.ts";

export type SlideChapter = Extract<PlaybackChapter, { kind: "slide" }>;
export type SlotChapter = Extract<PlaybackChapter, { kind: "slot" }>;

/** A part of the recording that one can jump to; it reaches to the next of its kind. */
export type Chapter = PlaybackChapter & { readonly endMs: number };

/** The chapters in their order, each to the beginning of the next of its kind. */
export function chaptersFrom(
  timeline: Pick<PlaybackTimeline, "chapters" | "durationMs">,
): readonly Chapter[] {
  const ended = (["slide", "slot"] as const).flatMap((kind) => {
    const ofKind = timeline.chapters.filter((chapter) => chapter.kind === kind);
    return ofKind.map((chapter, index) => ({
      ...chapter,
      endMs: ofKind[index + 1]?.atMs ?? timeline.durationMs,
    }));
  });
  // A slot stands before the slide that begins with it.
  return ended.toSorted((a, b) => a.atMs - b.atMs || Number(a.kind === "slide") - Number(b.kind === "slide"));
}

/** The chapter of a kind that runs at a moment. */
export function chapterAt<Kind extends Chapter["kind"]>(
  chapters: readonly Chapter[],
  kind: Kind,
  ms: number,
): Extract<Chapter, { kind: Kind }> | null {
  const found = chapters.findLast((chapter) => chapter.kind === kind && chapter.atMs <= ms);
  return (found as Extract<Chapter, { kind: Kind }> | undefined) ?? null;
}

/** Where the chapter before begins, or this one's own beginning when one is more than 3 s into it. */
export function previousChapterMs(chapters: readonly Chapter[], ms: number): number {
  return chapters.findLast(({ atMs }) => atMs < ms - 3_000)?.atMs ?? 0;
}

export function nextChapterMs(chapters: readonly Chapter[], ms: number): number | null {
  return chapters.find(({ atMs }) => atMs > ms + 250)?.atMs ?? null;
}
