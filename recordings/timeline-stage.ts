import type { BreakoutRoomId, RoomId } from "../server/protocol/ids.ts";
import type { PlaybackSlide, PlaybackStage, PlaybackTrack } from "../server/protocol/playback.ts";
import type { SheetChange } from "./timeline-story.ts";

type Kind = PlaybackStage extends infer One
  ? One extends unknown
    ? Omit<One, "atMs" | "room">
    : never
  : never;

/** What has the stage of a room, whenever that changes: a share, a presented sheet, slides, or people alone. */
export function stageChangesFrom(parts: {
  readonly rooms: readonly RoomId[];
  readonly tracks: readonly PlaybackTrack[];
  readonly slides: readonly PlaybackSlide[];
  readonly sheets: readonly SheetChange[];
}): PlaybackStage[] {
  return parts.rooms.flatMap((room) => changesOf(room, parts)).sort((a, b) => a.atMs - b.atMs);
}

function changesOf(
  room: RoomId,
  { tracks, slides, sheets }: Parameters<typeof stageChangesFrom>[0],
): PlaybackStage[] {
  const shares: string[] = [];
  let sheet: BreakoutRoomId | null = null;
  let hasSlides = false;
  const steps: (readonly [number, () => void])[] = [];
  for (const { trackId, source, startMs, endMs, room: of } of tracks) {
    if (source !== "screen" || of !== room) continue;
    steps.push([startMs, () => shares.push(trackId)]);
    steps.push([endMs, () => shares.splice(shares.indexOf(trackId), 1)]);
  }
  for (const slide of slides) {
    if (slide.room === room) steps.push([slide.atMs, () => (hasSlides = slide.isShown)]);
  }
  for (const { atMs, ofRoom } of room === "main" ? sheets : []) steps.push([atMs, () => (sheet = ofRoom)]);

  const kindNow = (): Kind => {
    const trackId = shares.at(-1);
    if (trackId) return { kind: "screen", trackId };
    if (sheet) return { kind: "sheet", ofRoom: sheet };
    return { kind: hasSlides ? "slides" : "people" };
  };
  const changes: PlaybackStage[] = [{ atMs: 0, room, kind: "people" }];
  for (const [atMs, step] of steps.sort((a, b) => a[0] - b[0])) {
    step();
    const change = { atMs, room, ...kindNow() };
    const last = changes.at(-1);
    if (last && last.atMs === atMs) changes.pop();
    if (!isSame(changes.at(-1), change)) changes.push(change);
  }
  return changes;
}

function isSame(one: PlaybackStage | undefined, other: PlaybackStage): boolean {
  return one !== undefined && JSON.stringify({ ...one, atMs: 0 }) === JSON.stringify({ ...other, atMs: 0 });
}
