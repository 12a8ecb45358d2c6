import type { PlaybackGap } from "../server/protocol/playback.ts";
import type { ManifestLine } from "../server/protocol/recordings.ts";
import { msSince } from "./timeline-tracks.ts";

/** The last moment (epoch ms) of which a line tells that something was recorded; 0 where it tells of none. */
export function recordedUntil(line: ManifestLine): number {
  if (line.type === "segment") return line.endAt;
  // Written by the next start where a stop cut the track off: says nothing of when that was.
  if (line.type === "track-ended" && line.reason === "server-stopped") return 0;
  // Another node goes on: when the one before stopped it cannot know.
  if (line.type === "taken-up") return 0;
  return line.at;
}

/** A `state` line that follows none of our own `recording.…` events tells that the server was away before it. */
export function gapsFrom(
  lines: readonly ManifestLine[],
  startAt: number,
  endAt: number,
): readonly PlaybackGap[] {
  const gaps: PlaybackGap[] = [];
  let pausedAt: number | null = null;
  let latestAt = startAt;
  let isExpected = true;
  const add = (kind: PlaybackGap["kind"], from: number, to: number) => {
    const [fromMs, toMs] = [msSince(startAt, from), msSince(startAt, Math.min(to, endAt))];
    if (toMs > fromMs) gaps.push({ kind, fromMs, toMs });
  };
  for (const line of lines) {
    const event = line.type === "event" ? line.event.type : null;
    if (event === "recording.paused") pausedAt ??= line.at;
    if (event === "recording.resumed" && pausedAt !== null) {
      add("pause", pausedAt, line.at);
      pausedAt = null;
      isExpected = true;
    }
    if (line.type === "state") {
      if (!isExpected && pausedAt === null) add("outage", latestAt, line.at);
      isExpected = false;
    }
    latestAt = Math.max(latestAt, recordedUntil(line));
  }
  if (pausedAt !== null) add("pause", pausedAt, endAt);
  return gaps;
}
