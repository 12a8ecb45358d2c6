import type { PlaybackSegment, PlaybackTrack } from "../server/protocol/playback.ts";
import type { ManifestLine } from "../server/protocol/recordings.ts";

type Line<Type extends ManifestLine["type"]> = Extract<ManifestLine, { type: Type }>;

/** Hundredths of a millisecond are enough, and keep the answer short. */
export function msSince(startAt: number, at: number): number {
  return Math.max(0, Math.round((at - startAt) * 100) / 100);
}

/**
 * The tracks that have anything, in order of their ids. Where two segments overlap the later counts, also between
 * tracks of one connection's source: what a fault cut off may have been salvaged beyond the beginning of the next.
 */
export function tracksFrom(lines: readonly ManifestLine[], startAt: number): readonly PlaybackTrack[] {
  const segments = Map.groupBy(
    lines.filter((line): line is Line<"segment"> => line.type === "segment"),
    ({ trackId }) => trackId,
  );
  const nextStartOf = new Map<string, number>();
  const tracks: PlaybackTrack[] = [];
  const inOrder = lines
    .filter((line): line is Line<"track"> => line.type === "track")
    .sort((a, b) => (a.trackId < b.trackId ? 1 : -1));
  for (const { trackId, connectionId, personId, room, source, codec } of inOrder) {
    const key = `${connectionId} ${source}`;
    const mine = segmentsFrom(segments.get(trackId) ?? [], startAt, nextStartOf.get(key) ?? Infinity);
    const first = mine[0];
    const last = mine.at(-1);
    if (!first || !last) continue;
    nextStartOf.set(key, first.startMs);
    const { startMs } = first;
    tracks.unshift({ trackId, personId, room, source, codec, startMs, endMs: last.endMs, segments: mine });
  }
  return tracks;
}

function segmentsFrom(
  lines: readonly Line<"segment">[],
  startAt: number,
  untilMs: number,
): PlaybackSegment[] {
  const byNumber = new Map(lines.map((line) => [line.number, line]));
  const kept: PlaybackSegment[] = [];
  let nextStartMs = untilMs;
  for (const line of [...byNumber.values()].sort((a, b) => b.number - a.number)) {
    const startMs = msSince(startAt, line.startAt);
    const endMs = Math.min(msSince(startAt, line.endAt), nextStartMs);
    if (endMs <= startMs) continue;
    kept.unshift({ number: line.number, startMs, endMs, bytes: line.bytes });
    nextStartMs = startMs;
  }
  return kept;
}
