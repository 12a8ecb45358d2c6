import type { PersonId, RoomId } from "../../server/protocol/ids.ts";
import type {
  PlaybackGap,
  PlaybackSlide,
  PlaybackStage,
  PlaybackTimeline,
  PlaybackTrack,
} from "../../server/protocol/playback.ts";
import { countUntil, lastAt } from "./last-at.ts";

/** What one room of a recording has, sorted once, so that a moment of two hours costs a few comparisons. */
export interface RoomStory {
  readonly room: RoomId;
  readonly stage: readonly PlaybackStage[];
  readonly slides: readonly PlaybackSlide[];
  readonly speakers: PlaybackTimeline["speakers"];
  readonly cameras: readonly PlaybackTrack[];
  readonly microphones: readonly PlaybackTrack[];
  readonly screens: readonly PlaybackTrack[];
}

export function roomStoryFrom(timeline: PlaybackTimeline, room: RoomId): RoomStory {
  const here = <Item extends { readonly room: RoomId }>(items: readonly Item[]) =>
    items.filter((item) => item.room === room);
  const tracks = here(timeline.tracks);
  return {
    room,
    stage: here(timeline.stage),
    slides: here(timeline.slides),
    speakers: here(timeline.speakers),
    cameras: tracks.filter(({ source }) => source === "camera"),
    microphones: tracks.filter(({ source }) => source === "microphone"),
    screens: tracks.filter(({ source }) => source === "screen"),
  };
}

export type ShownSlide = Extract<PlaybackSlide, { isShown: true }>;

/** Who is in the room, with the camera that was captured of them then. */
export interface PersonThere {
  readonly personId: PersonId;
  readonly camera: PlaybackTrack | null;
  readonly isSpeaking: boolean;
  readonly hand: "raised" | "called" | null;
}

/** What was to be seen at one moment. */
export interface Moment {
  readonly stage: PlaybackStage["kind"];
  readonly share: PlaybackTrack | null;
  readonly slide: ShownSlide | null;
  /** In order of their coming. */
  readonly people: readonly PersonThere[];
  /** Who speaks, or spoke last and is still there; else staff with a camera; null in an empty room. */
  readonly mainSpeaker: PersonThere | null;
  readonly gap: PlaybackGap | null;
}

export function momentFrom(timeline: PlaybackTimeline, story: RoomStory, ms: number): Moment {
  const shown = lastAt(story.slides, ms);
  const slide = shown?.isShown ? shown : null;
  const stage = lastAt(story.stage, ms);
  const share =
    stage?.kind === "screen"
      ? (story.screens.find(({ trackId }) => trackId === stage.trackId) ?? null)
      : null;
  const people = peopleAt(timeline, story, ms);
  return {
    stage: stage?.kind ?? "people",
    share,
    slide,
    people,
    mainSpeaker: mainSpeakerAt(timeline, story, people, ms),
    gap: timeline.gaps.find(({ fromMs, toMs }) => fromMs <= ms && ms < toMs) ?? null,
  };
}

function peopleAt(timeline: PlaybackTimeline, story: RoomStory, ms: number): readonly PersonThere[] {
  const there = new Set<PersonId>();
  for (const { personId, room } of timeline.places.slice(0, countUntil(timeline.places, ms))) {
    if (room === story.room) there.add(personId);
    else there.delete(personId);
  }
  const cameras = new Map<PersonId, PlaybackTrack>();
  for (const track of story.cameras) {
    if (track.startMs <= ms && ms < track.endMs) cameras.set(track.personId, track);
  }
  // Who consented after they had come is known by what was captured of them alone.
  for (const personId of cameras.keys()) there.add(personId);
  for (const { personId, startMs, endMs } of story.microphones) {
    if (startMs <= ms && ms < endMs) there.add(personId);
  }
  const speaking = new Set(lastAt(story.speakers, ms)?.personIds);
  const hands = handsAt(timeline, ms);
  return [...there].map((personId) => ({
    personId,
    camera: cameras.get(personId) ?? null,
    isSpeaking: speaking.has(personId),
    hand: hands.get(personId) ?? null,
  }));
}

/** Whose hand is up, first raised first. */
export function handsAt(timeline: PlaybackTimeline, ms: number): ReadonlyMap<PersonId, "raised" | "called"> {
  const hands = new Map<PersonId, "raised" | "called">();
  for (const { personId, change } of timeline.hands.slice(0, countUntil(timeline.hands, ms))) {
    if (change === "lowered") hands.delete(personId);
    else hands.set(personId, change);
  }
  return hands;
}

function mainSpeakerAt(
  timeline: PlaybackTimeline,
  story: RoomStory,
  people: readonly PersonThere[],
  ms: number,
): PersonThere | null {
  for (let index = countUntil(story.speakers, ms) - 1; index >= 0; index--) {
    for (const personId of story.speakers[index]?.personIds ?? []) {
      const person = people.find((one) => one.personId === personId);
      if (person) return person;
    }
  }
  const staff = new Set(
    timeline.people.filter(({ role }) => role !== "participant").map(({ personId }) => personId),
  );
  const isStaff = ({ personId }: PersonThere) => staff.has(personId);
  return (
    people.find((one) => isStaff(one) && one.camera) ??
    people.find(isStaff) ??
    people.find(({ camera }) => camera) ??
    people[0] ??
    null
  );
}
