import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { CaptionCue } from "../../server/protocol/caption-file.ts";
import type { PersonId } from "../../server/protocol/ids.ts";
import type { PlaybackPerson, PlaybackTimeline, PlaybackTrack } from "../../server/protocol/playback.ts";
import { createPlayback, type Playback } from "../playback/create-playback.ts";
import { type Chapter, chaptersFrom } from "./chapters-from.ts";
import { layoutFrom, type PictureChoice, type PlayerLayout } from "./layout-from.ts";
import { type Moment, momentFrom, type RoomStory, roomStoryFrom } from "./moment-from.ts";
import { playerText } from "./player-words.ts";

export type PanelTab = "chapters" | "story" | "search";

/** What of the player can be chosen; all else follows from it, the time line and what plays. */
export interface Player {
  readonly playback: Playback;
  /** As far as it has come: it grows while the class is being recorded. */
  readonly timeline: PlaybackTimeline;
  readonly chapters: readonly Chapter[];
  readonly choice: Signal<PictureChoice>;
  readonly panel: Signal<PanelTab | null>;
  readonly volume: Signal<number>;
  readonly isMuted: Signal<boolean>;
  /** The language of the captions that are shown; null: none. */
  readonly captions: Signal<string | null>;
  readonly captionLanguages: Signal<readonly string[]>;
  readonly cues: Signal<readonly CaptionCue[]>;
  readonly isHelpShown: Signal<boolean>;
  /** Pages' texts by deck, for search; "failed" where they did not come. */
  readonly slideTexts: Signal<ReadonlyMap<string, ReadonlyMap<number, string> | "failed">>;
  /** The words that are looked for. */
  readonly searched: Signal<string>;
  /** Said on the picture for a moment, and to screen readers. */
  readonly saying: Signal<{ readonly text: string; readonly key: number } | null>;
  readonly moment: ReadonlySignal<Moment>;
  readonly story: ReadonlySignal<RoomStory>;
  readonly layout: ReadonlySignal<PlayerLayout>;
  person(personId: PersonId): Pick<PlaybackPerson, "name" | "role">;
  nameOf(personId: PersonId): string;
  /** All captures of what this track is one of: they follow each other in one picture. */
  followersOf(track: PlaybackTrack): readonly PlaybackTrack[];
  toggle(): void;
  /** Goes there and stays as it was, playing or not. */
  goTo(ms: number): void;
  say(text: string): void;
  close(): void;
}

/** The pictures change with what happens, not with every frame of the clock. */
const STEP_MS = 100;

export function createPlayer(first: PlaybackTimeline, start: { readonly panel: PanelTab | null }): Player {
  const playback = createPlayback(first);
  const { timeline } = playback;
  const chapters = computed(() => chaptersFrom(timeline.value));
  const people = computed(() => new Map(timeline.value.people.map((person) => [person.personId, person])));
  const choice = signal<PictureChoice>("class");
  const saying = signal<Player["saying"]["value"]>(null);
  const volume = signal(1);
  const isMuted = signal(false);
  const story = computed(() => roomStoryFrom(timeline.value, playback.room.value));
  const stepMs = computed(() => Math.floor(playback.positionMs.value / STEP_MS) * STEP_MS);
  const moment = steady(computed(() => momentFrom(timeline.value, story.value, stepMs.value)));
  const layout = steady(computed(() => layoutFrom(moment.value, choice.value)));
  const stop = effect(() => playback.setVolume(isMuted.value ? 0 : volume.value));
  let said = 0;
  const person = (personId: PersonId) =>
    people.value.get(personId) ?? { name: null, role: "participant" as const };
  return {
    playback,
    get timeline() {
      return timeline.value;
    },
    get chapters() {
      return chapters.value;
    },
    choice,
    panel: signal(start.panel),
    volume,
    isMuted,
    captions: signal(null),
    captionLanguages: signal([]),
    cues: signal([]),
    isHelpShown: signal(false),
    slideTexts: signal(new Map()),
    searched: signal(""),
    saying,
    story,
    moment,
    layout,
    person,
    nameOf: (personId) => person(personId).name ?? playerText("person.erased"),
    followersOf: ({ personId, source, room }) =>
      timeline.value.tracks.filter(
        (one) => one.personId === personId && one.source === source && one.room === room,
      ),
    toggle() {
      if (playback.isPlaying.peek()) playback.pause();
      else playback.play();
    },
    goTo(ms) {
      playback.seek(Math.min(Math.max(0, ms), timeline.peek().durationMs));
    },
    say(text) {
      saying.value = { text, key: ++said };
    },
    close() {
      stop();
      playback.close();
    },
  };
}

/** The same value as long as it says the same, so that nothing is drawn anew for nothing. */
function steady<Value>(source: ReadonlySignal<Value>): ReadonlySignal<Value> {
  let last: { readonly value: Value; readonly said: string } | null = null;
  return computed(() => {
    const { value } = source;
    const said = JSON.stringify(value, (key, inner: unknown) => (key === "segments" ? undefined : inner));
    if (last?.said !== said) last = { value, said };
    return last.value;
  });
}

export const PlayerContext = createContext<Player | null>(null);

export function usePlayer(): Player {
  const player = useContext(PlayerContext);
  if (!player) throw new Error("outside of a player");
  return player;
}
