import { describe, expect, it } from "vitest";
import { createRecordingEffects } from "../../server/live/recording-effects.ts";
import type {
  ClassMedia,
  ClassRecording,
  ProducerView,
  RecordedNote,
  Recorder,
  WantedTrack,
} from "../../server/ports.ts";
import type { ClassEvent } from "../../server/protocol/events.ts";
import type { RecordingId, RoomId, SessionId } from "../../server/protocol/ids.ts";
import type { MediaSource } from "../../server/protocol/media.ts";
import { connectionOf, idOf, joined, stateAfter } from "../support/class-story.ts";
import { FakeClock } from "../support/fake-clock.ts";

const recordingId = "rec_1" as RecordingId;
const opened: ClassEvent = { type: "class.opened", by: idOf("ina") };
const started: ClassEvent = {
  type: "recording.started",
  recordingId,
  rooms: "main",
  hasChat: true,
  by: idOf("ina"),
};
const agreed = (name: string): ClassEvent => ({
  type: "recording.answered",
  personId: idOf(name),
  isGiven: true,
  textVersion: 1,
  language: "id",
  textHash: "a".repeat(64),
});
const NAMES = ["ina", "ani", "budi", "cici"];
const present = [...NAMES.flatMap((name) => joined(name)), opened, ...NAMES.map(agreed)];
const moved = (room: string): ClassEvent => {
  return { type: "room.moved", connectionId: connectionOf("ani"), room: room as RoomId };
};

/** A class whose events are told one after the other, with a recorder that remembers what it is told. */
function recorded(limit: number) {
  const clock = new FakeClock();
  const past: ClassEvent[] = [...present];
  const notes: RecordedNote[] = [];
  const limits: boolean[] = [];
  let producers: readonly ProducerView[] = [];
  let captured: readonly WantedTrack[] = [];
  const recording: ClassRecording = {
    capture(tracks) {
      captured = tracks;
    },
    note: (line) => void notes.push(line),
    end: async () => undefined,
    close: async () => undefined,
  };
  const recorder: Recorder = {
    problem: async () => null,
    isRecording: () => false,
    trackLimit: () => limit,
    activeCount: () => 0,
    mend: async () => undefined,
    record: () => recording,
    close: async () => undefined,
  };
  const media = { producers: () => producers } as unknown as ClassMedia;
  const effects = createRecordingEffects({
    recorder,
    media,
    sessionId: "ses_1" as SessionId,
    clock,
    state: () => stateAfter(past),
    limit: (isLimited) => void limits.push(isLimited),
    stop() {},
  });
  return {
    effects,
    notes,
    limits,
    happens(...events: readonly ClassEvent[]) {
      for (const event of events) {
        past.push(event);
        effects.follow([{ ...event, seq: past.length, at: clock.now() }], stateAfter(past));
      }
    },
    publish(...published: readonly (readonly [string, MediaSource])[]) {
      producers = published.map(([name, source]) => ({
        producerId: `${name} ${source}`,
        connectionId: connectionOf(name),
        source,
        isLive: true,
      }));
      effects.producersChanged();
    },
    captured: () => captured.map(({ producerId }) => producerId),
  };
}

const leftOutIn = (notes: readonly RecordedNote[]) =>
  notes.flatMap((note) => (note.type === "left-out" ? [note.tracks.map(({ personId }) => personId)] : []));

describe("what a class's recording captures", () => {
  it("RF6 who speaks takes the place of whoever spoke before, where there is not room for all", () => {
    const class_ = recorded(2);
    class_.happens(started);
    class_.publish(["ina", "microphone"], ["ani", "microphone"], ["budi", "microphone"]);
    expect(class_.captured()).toEqual(["ina microphone", "ani microphone"]);
    class_.happens({ type: "recording.limited", recordingId, isLimited: true, by: "server" });
    class_.effects.heard("main" as RoomId, [connectionOf("budi")]);
    expect(class_.captured()).toEqual(["ina microphone", "budi microphone"]);
    class_.effects.heard("rom_1" as RoomId, [connectionOf("ani")]);
    expect(class_.captured()).toEqual(["ina microphone", "budi microphone"]);
  });

  it("RF7 what is left out stands in the manifest, and the class is told", () => {
    const class_ = recorded(2);
    class_.happens(started);
    class_.publish(["ina", "camera"], ["ani", "camera"]);
    expect([leftOutIn(class_.notes), class_.limits]).toEqual([[], []]);
    class_.publish(["ina", "camera"], ["ani", "camera"], ["budi", "camera"]);
    class_.happens({ type: "recording.limited", recordingId, isLimited: true, by: "server" });
    class_.publish(["ina", "camera"], ["ani", "camera"]);
    expect(leftOutIn(class_.notes)).toEqual([[idOf("budi")], []]);
    expect(class_.limits).toEqual([true, false]);
  });

  it("RF8 who goes to a room that is not recorded is not captured there, and is again after coming back", () => {
    const class_ = recorded(9);
    class_.happens(started);
    class_.publish(["ina", "camera"], ["ani", "camera"]);
    class_.happens(moved("rom_1"));
    expect(class_.captured()).toEqual(["ina camera"]);
    class_.happens(moved("main"));
    expect(class_.captured()).toEqual(["ina camera", "ani camera"]);
    const moves = class_.notes.filter((note) => note.type === "event" && note.event.type === "room.moved");
    expect(moves).toHaveLength(2);
  });

  it("RF9 in a pause nothing is captured or told of whoever is on; afterwards the class as it is then", () => {
    const class_ = recorded(9);
    class_.happens(started);
    class_.publish(["ina", "camera"]);
    const before = class_.notes.length;
    class_.happens({ type: "recording.paused", recordingId, by: idOf("ina") });
    class_.happens({ type: "hand.raised", personId: idOf("ani") });
    class_.publish(["ina", "camera"], ["ani", "camera"]);
    expect(class_.captured()).toEqual([]);
    class_.happens({ type: "recording.resumed", recordingId, by: idOf("ina") });
    expect(class_.captured()).toEqual(["ina camera", "ani camera"]);
    const told = class_.notes.slice(before);
    expect(told.map((note) => (note.type === "event" ? note.event.type : note.type))).toEqual([
      "recording.paused",
      "recording.resumed",
      "state",
    ]);
    expect(JSON.stringify(told.at(-1))).toContain(idOf("ani"));
  });
});
