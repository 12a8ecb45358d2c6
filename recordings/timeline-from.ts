import type { RoomId } from "../server/protocol/ids.ts";
import type { RecordedTimeline } from "../server/protocol/playback.ts";
import type { ManifestLine } from "../server/protocol/recordings.ts";
import { timelineEventSchema, timelineStateSchema } from "./timeline-events.ts";
import { gapsFrom, recordedUntil } from "./timeline-gaps.ts";
import { stageChangesFrom } from "./timeline-stage.ts";
import { createTimelineStory, type TimelineStory } from "./timeline-story.ts";
import { msSince, tracksFrom } from "./timeline-tracks.ts";

/**
 * A recording as a player needs it, from its manifest's lines (docs/recordings.md), however far it has come. Null
 * where nothing was written yet.
 */
export function timelineFrom(lines: readonly ManifestLine[]): RecordedTimeline | null {
  const head = lines.find((line) => line.type === "recording");
  if (head?.type !== "recording") return null;
  const last = lines.findLast((line) => line.type === "ended");
  const starts = lines.flatMap((line) => (line.type === "segment" ? [line.startAt] : []));
  const startAt = starts.reduce((least, at) => Math.min(least, at), head.at);
  const endAt = lines.reduce((latest, line) => Math.max(latest, recordedUntil(line)), startAt);
  const story = createTimelineStory();
  for (const line of lines) readLine(story, line, startAt);

  const tracks = [...tracksFrom(lines, startAt)];
  const { lists, sheets, titles } = story;
  const rooms = roomsFrom(tracks, lists);
  return {
    recordingId: head.recordingId,
    sessionId: head.sessionId,
    startAt,
    durationMs: msSince(startAt, endAt),
    recordedRooms: head.rooms,
    hasChat: head.hasChat,
    endReason: last?.type === "ended" ? last.reason : null,
    rooms: rooms.map((roomId) => ({ roomId, title: titles.get(roomId) ?? null })),
    gaps: [...gapsFrom(lines, startAt, endAt)],
    tracks,
    stage: stageChangesFrom({ rooms, tracks, slides: lists.slides, sheets }),
    ...lists,
  };
}

function readLine(story: TimelineStory, line: ManifestLine, startAt: number): void {
  const atMs = msSince(startAt, line.at);
  if (line.type === "track") story.readTrack(line.connectionId, line.personId);
  else if (line.type === "speakers") story.readSpeakers(line.room, line.connectionIds, atMs);
  else if (line.type === "state") {
    const state = timelineStateSchema.safeParse(line.state);
    if (state.success) story.readState(state.data, atMs);
  } else if (line.type === "event") {
    const event = timelineEventSchema.safeParse(line.event);
    if (event.success) story.readEvent(event.data, atMs);
  }
}

/** The main room, and each breakout room of which anything was recorded. */
function roomsFrom(
  tracks: RecordedTimeline["tracks"],
  { slides, chat }: Pick<RecordedTimeline, "slides" | "chat">,
): RoomId[] {
  return [...new Set<RoomId>(["main", ...[...tracks, ...slides, ...chat].map(({ room }) => room)])];
}
