import type { PlaybackGap } from "../../server/protocol/playback.ts";

/** PB11: where playing goes on from a moment: behind a gap that it lies in, and never outside the recording. */
export function playableFrom(
  { gaps, durationMs }: { readonly gaps: readonly PlaybackGap[]; readonly durationMs: number },
  positionMs: number,
): number {
  let position = Math.min(Math.max(0, positionMs), durationMs);
  for (const { fromMs, toMs } of gaps) {
    if (position >= fromMs && position < toMs) position = Math.min(toMs, durationMs);
  }
  return position;
}

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;
export type Speed = (typeof SPEEDS)[number];
