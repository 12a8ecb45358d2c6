import { MAIN_ROOM, type PersonId } from "../../server/protocol/ids.ts";
import type { PlaybackChapter, RecordedTimeline } from "../../server/protocol/playback.ts";
import { type Speaking, speakingFrom } from "./speaking.ts";

/** Frames of the MP4 are all as long as this: 25 a second. */
export const FRAME_MS = 40;
/** What is rendered in one go, and done again after a stop, is at most so long. */
const MAX_PIECE_FRAMES = 60_000 / FRAME_MS;
/** Nobody sees what stands shorter: who leafs through slides is followed to where they stop. */
const MIN_SHOT_FRAMES = 5;

type Timeline = Pick<RecordedTimeline, "durationMs" | "gaps" | "tracks" | "slides" | "stage" | "speakers">;

/** What fills the picture. */
export type Stage =
  | { readonly kind: "track"; readonly trackId: string; readonly personId: PersonId | null }
  | { readonly kind: "slide"; readonly deckId: string; readonly page: number }
  | { readonly kind: "person"; readonly personId: PersonId }
  | { readonly kind: "card"; readonly card: "title" | "sheet" };

/** Who speaks, in a corner; without a track their initials. */
export interface Corner {
  readonly personId: PersonId;
  readonly trackId: string | null;
}

/** A piece of the picture in which nothing is rearranged. `startMs` is on the recording's clock. */
export interface Shot {
  readonly startMs: number;
  readonly frames: number;
  readonly stage: Stage;
  readonly corner: Corner | null;
}

/** A piece of the mixed sound. */
export interface SoundPiece {
  readonly startMs: number;
  readonly frames: number;
  readonly trackIds: readonly string[];
}

/** `atMs` is on the clock of the MP4. */
export interface ExportChapter {
  readonly atMs: number;
  readonly chapter: PlaybackChapter;
}

export interface ExportPlan {
  readonly frames: number;
  readonly shots: readonly Shot[];
  readonly sounds: readonly SoundPiece[];
  readonly chapters: readonly ExportChapter[];
}

/** A span of the recording that goes into the MP4, in whole frames. */
interface Kept {
  readonly startMs: number;
  readonly frames: number;
  /** Frames of the MP4 before it. */
  readonly before: number;
}

/**
 * What of the main room is seen and heard when. Pauses and outages are cut out, as a player passes over them.
 * @param instructors whose picture is shown while nobody speaks: the first who is there
 */
export function exportPlanFrom(
  timeline: Timeline,
  instructors: readonly PersonId[],
  chapters: readonly PlaybackChapter[],
): ExportPlan {
  const kept = keptFrom(timeline);
  const speaking = speakingFrom(timeline, instructors);
  return {
    frames: kept.reduce((sum, { frames }) => sum + frames, 0),
    shots: kept.flatMap((span) => shotsOf(span, timeline, speaking)),
    sounds: kept.flatMap((span) => soundsOf(span, timeline)),
    chapters: chaptersOf(kept, chapters),
  };
}

function keptFrom({ durationMs, gaps }: Timeline): readonly Kept[] {
  const kept: Kept[] = [];
  let before = 0;
  let startMs = 0;
  for (const { fromMs, toMs } of [...gaps, { fromMs: durationMs, toMs: durationMs }]) {
    const frames = Math.round((fromMs - startMs) / FRAME_MS);
    if (frames > 0) kept.push({ startMs, frames, before });
    before += Math.max(0, frames);
    startMs = Math.max(startMs, toMs);
  }
  return kept;
}

function shotsOf({ startMs, frames }: Kept, timeline: Timeline, speaking: Speaking): readonly Shot[] {
  const frameOf = (ms: number) => Math.round((ms - startMs) / FRAME_MS);
  const changes = changesIn(timeline, speaking).map(frameOf);
  const cuts = [...new Set(changes)]
    .filter((frame) => frame > 0 && frame < frames)
    .sort((a, b) => a - b)
    .filter((frame, index, all) => (all[index + 1] ?? frames) - frame >= MIN_SHOT_FRAMES);
  const shots: Shot[] = [];
  for (const [index, from] of [0, ...cuts].entries()) {
    const to = cuts[index] ?? frames;
    // In its middle, because a change was moved to the frame that is nearest.
    const ms = startMs + (from + 0.5) * FRAME_MS;
    const shot = { startMs: startMs + from * FRAME_MS, frames: to - from, ...shotAt(ms, timeline, speaking) };
    const last = shots.at(-1);
    if (last && isSameSight(last, shot))
      shots[shots.length - 1] = { ...last, frames: last.frames + shot.frames };
    else shots.push(shot);
  }
  return shots.flatMap((shot) =>
    piecesOf(shot.frames).map(({ from, frames: count }) => ({
      ...shot,
      startMs: shot.startMs + from * FRAME_MS,
      frames: count,
    })),
  );
}

function changesIn({ stage, slides, tracks }: Timeline, speaking: Speaking): readonly number[] {
  const cameras = tracks.filter(({ room, source }) => room === MAIN_ROOM && source === "camera");
  return [
    ...[...stage, ...slides].filter(({ room }) => room === MAIN_ROOM).map(({ atMs }) => atMs),
    ...speaking.changes,
    ...cameras.flatMap(({ startMs, endMs }) => [startMs, endMs]),
  ];
}

function shotAt(ms: number, timeline: Timeline, speaking: Speaking): Pick<Shot, "stage" | "corner"> {
  const stage = stageAt(ms, timeline);
  const personId = speaking.at(ms);
  const trackId = personId === null ? null : cameraAt(ms, personId, timeline);
  if (stage !== null) return { stage, corner: personId === null ? null : { personId, trackId } };
  if (personId === null) return { stage: { kind: "card", card: "title" }, corner: null };
  if (trackId === null) return { stage: { kind: "person", personId }, corner: null };
  return { stage: { kind: "track", trackId, personId }, corner: null };
}

/** What stands on the stage; null where nothing does but people. */
function stageAt(ms: number, { stage, slides, tracks }: Timeline): Stage | null {
  const now = lastAt(stage, ms);
  if (now?.kind === "screen") {
    const track = tracks.find(({ trackId }) => trackId === now.trackId);
    if (track && track.startMs <= ms && ms < track.endMs) {
      return { kind: "track", trackId: track.trackId, personId: null };
    }
  }
  if (now?.kind === "sheet") return { kind: "card", card: "sheet" };
  if (now?.kind === "people") return null;
  const slide = lastAt(slides, ms);
  return slide?.isShown ? { kind: "slide", deckId: slide.deckId, page: slide.page } : null;
}

function lastAt<Change extends { readonly atMs: number; readonly room: string }>(
  changes: readonly Change[],
  ms: number,
): Change | undefined {
  return changes.findLast(({ atMs, room }) => room === MAIN_ROOM && atMs <= ms);
}

function cameraAt(ms: number, personId: PersonId, { tracks }: Timeline): string | null {
  const camera = tracks.findLast(
    (track) =>
      track.source === "camera" &&
      track.room === MAIN_ROOM &&
      track.personId === personId &&
      track.startMs <= ms &&
      ms < track.endMs,
  );
  return camera?.trackId ?? null;
}

function isSameSight(a: Shot, b: Shot): boolean {
  return JSON.stringify([a.stage, a.corner]) === JSON.stringify([b.stage, b.corner]);
}

function soundsOf({ startMs, frames }: Kept, { tracks }: Timeline): readonly SoundPiece[] {
  const heard = tracks.filter(
    ({ room, source }) => room === MAIN_ROOM && (source === "microphone" || source === "screen-audio"),
  );
  return piecesOf(frames).map((piece) => {
    const fromMs = startMs + piece.from * FRAME_MS;
    const toMs = fromMs + piece.frames * FRAME_MS;
    const here = heard.filter((track) => track.startMs < toMs && track.endMs > fromMs);
    return { startMs: fromMs, frames: piece.frames, trackIds: here.map(({ trackId }) => trackId) };
  });
}

function piecesOf(frames: number): readonly { readonly from: number; readonly frames: number }[] {
  const count = Math.ceil(frames / MAX_PIECE_FRAMES);
  return Array.from({ length: count }, (_, index) => {
    const from = index * MAX_PIECE_FRAMES;
    return { from, frames: Math.min(MAX_PIECE_FRAMES, frames - from) };
  });
}

/** Each at its moment in the MP4, what was cut out at the cut; of two at one moment a slot goes before a slide. */
function chaptersOf(kept: readonly Kept[], chapters: readonly PlaybackChapter[]): readonly ExportChapter[] {
  const at = new Map<number, PlaybackChapter>();
  for (const chapter of chapters) {
    const span = kept.find(({ startMs, frames }) => chapter.atMs < startMs + frames * FRAME_MS);
    if (!span) continue;
    const within = Math.max(0, Math.floor((chapter.atMs - span.startMs) / FRAME_MS));
    const atMs = (span.before + within) * FRAME_MS;
    if (at.get(atMs)?.kind !== "slot") at.set(atMs, chapter);
  }
  return [...at].map(([atMs, chapter]) => ({ atMs, chapter })).sort((a, b) => a.atMs - b.atMs);
}
