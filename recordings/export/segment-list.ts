import type { PlaybackTrack } from "../../server/protocol/playback.ts";
import { segmentName } from "../track-files.ts";

/** The segments of a track that a piece needs, as ffmpeg's concat demuxer reads them. */
export interface SegmentList {
  readonly text: string;
  /** Milliseconds from the beginning of the piece to that of the first segment: below 0 where it begins before. */
  readonly offsetMs: number;
}

/**
 * Lists what lies between two moments of a track and is on the disk; null where nothing is. Each segment stands at its own time, so
 * that no error of one adds to another's.
 * @param folder the recording's, as seen from where the list will lie
 */
export async function segmentListFrom(
  { trackId, segments }: PlaybackTrack,
  span: { readonly fromMs: number; readonly toMs: number; readonly pieceMs: number },
  folder: string,
  isThere: (file: string) => Promise<boolean>,
): Promise<SegmentList | null> {
  const wanted = segments.filter(({ startMs, endMs }) => startMs < span.toMs && endMs > span.fromMs);
  const here: typeof wanted = [];
  for (const one of wanted) if (await isThere(fileOf(trackId, one.number))) here.push(one);
  const first = here[0];
  if (!first) return null;
  const lines = here.flatMap(({ number, startMs, endMs }, index) => {
    const lastsMs = endMs - startMs;
    const untilNextMs = (here[index + 1]?.startMs ?? endMs) - startMs;
    return [
      `file '${folder}/${fileOf(trackId, number)}'`,
      `outpoint ${seconds(lastsMs)}`,
      `duration ${seconds(untilNextMs)}`,
    ];
  });
  return {
    text: ["ffconcat version 1.0", ...lines, ""].join("\n"),
    offsetMs: first.startMs - span.pieceMs,
  };
}

function fileOf(trackId: string, number: number): string {
  return `${trackId}/${segmentName(number)}`;
}

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(6);
}
