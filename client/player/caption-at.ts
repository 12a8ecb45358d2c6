import type { CaptionCue } from "../../server/protocol/caption-file.ts";

/** What is said at a moment; cues that overlap stand under each other. */
export function captionAt(cues: readonly CaptionCue[], ms: number): string {
  return cues
    .filter(({ startMs, endMs }) => startMs <= ms && ms < endMs)
    .map(({ text }) => text)
    .join("\n");
}
