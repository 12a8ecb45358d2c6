import { describe, expect, it } from "vitest";
import {
  recordedEventFrom,
  recordedStateFrom,
  recordedTracksFrom,
} from "../../server/domain/recorded-class.ts";
import type { ClassEvent, SequencedEvent } from "../../server/protocol/events.ts";
import type { ConnectionId, MessageId, RecordingId, RoomId } from "../../server/protocol/ids.ts";
import { as, connectionOf, idOf, joined, outcome, server, stateAfter } from "../support/class-story.ts";

const recordingId = "rec_1" as RecordingId;
const opened: ClassEvent = { type: "class.opened", by: idOf("ina") };
const started = (change: object = {}): ClassEvent => {
  const how = { recordingId, rooms: "main", hasChat: true, keptDays: 90, by: idOf("ina") };
  const event = { type: "recording.started", ...how };
  return { ...event, ...change } as ClassEvent;
};
const paused: ClassEvent = { type: "recording.paused", recordingId, by: idOf("ina") };
const stopped = (reason = "staff", by: string = idOf("ina")) => {
  return { type: "recording.stopped", recordingId, reason, by } as ClassEvent;
};
const answered = (name: string, isGiven = true): ClassEvent => ({
  type: "recording.answered",
  personId: idOf(name),
  isGiven,
  textVersion: 1,
  language: "id",
  textHash: "a".repeat(64),
});
const present = [joined("ina"), joined("ani"), joined("budi")].flat();
const begin = {
  type: "recording.start",
  args: { recordingId, rooms: "main", hasChat: true, keptDays: 90 },
} as const;
const pause = { type: "recording.pause", args: {} } as const;
const resume = { type: "recording.resume", args: {} } as const;
const stop = { type: "recording.stop", args: { reason: "staff" } } as const;

describe("a recording of the class", () => {
  it("VR6 there is one at a time, of an open class; it pauses, goes on and stops", () => {
    expect(outcome(stateAfter(present), as("ina"), begin)).toBe("class-not-open");
    expect(outcome(stateAfter(present, opened), as("ina"), begin)).toEqual([started()]);
    const running = stateAfter(present, opened, started());
    expect(running.recording).toMatchObject({ recordingId, isPaused: false, rooms: "main", keptDays: 90 });
    expect(outcome(running, as("ina"), begin)).toBe("recording-running");
    expect(outcome(running, as("ina"), resume)).toEqual([]);
    expect(outcome(running, as("ina"), pause)).toEqual([paused]);
    expect(outcome(stateAfter(present, opened, started(), paused), as("ina"), resume)).toEqual([
      { ...paused, type: "recording.resumed" },
    ]);
    expect(outcome(running, as("ina"), stop)).toEqual([stopped()]);
    expect(stateAfter(present, opened, started(), stopped()).recording).toBeNull();
    for (const command of [pause, resume, stop]) {
      expect(outcome(stateAfter(present, opened), as("ina"), command)).toBe("recording-none");
    }
  });

  it("VR7 it ends with its class, and by a fault with what was at fault", () => {
    const running = stateAfter(present, opened, started());
    expect(outcome(running, as("ina"), { type: "class.close", args: {} })).toEqual([
      stopped("class-closed"),
      { type: "class.closed", by: idOf("ina") },
    ]);
    const full = { type: "recording.stop", args: { reason: "disk-full" } } as const;
    expect(outcome(running, server, full)).toEqual([stopped("disk-full", "server")]);
  });

  it("RF7 that not all of it is captured is said once, and once that it is again", () => {
    const limit = (isLimited: boolean) => ({ type: "recording.limit", args: { isLimited } }) as const;
    const limited: ClassEvent = { type: "recording.limited", recordingId, isLimited: true, by: "server" };
    const running = stateAfter(present, opened, started());
    expect(running.recording?.isLimited).toBe(false);
    expect(outcome(running, server, limit(false))).toEqual([]);
    expect(outcome(running, server, limit(true))).toEqual([limited]);
    const crowded = stateAfter(present, opened, started(), limited);
    expect(crowded.recording?.isLimited).toBe(true);
    expect(outcome(crowded, server, limit(true))).toEqual([]);
    expect(outcome(crowded, server, limit(false))).toEqual([{ ...limited, isLimited: false }]);
    expect(outcome(stateAfter(present, opened), server, limit(true))).toEqual([]);
  });

  it("VR8 each answer is kept with its text; the same again changes nothing", () => {
    const { type: _type, ...args } = answered("ani") as Extract<ClassEvent, { type: "recording.answered" }>;
    const answer = { type: "recording.answer", args } as const;
    expect(outcome(stateAfter(present), server, answer)).toEqual([answered("ani")]);
    expect(outcome(stateAfter(present, answered("ani")), server, answer)).toEqual([]);
    expect(outcome(stateAfter(present, answered("ani", false)), server, answer)).toEqual([answered("ani")]);
  });
});

describe("what is recorded", () => {
  const camera = (name: string) => ({ connectionId: connectionOf(name), source: "camera" as const });
  const all = ["ina", "ani", "budi"].map(camera);
  const names = (state: Parameters<typeof recordedTracksFrom>[0]) =>
    recordedTracksFrom(state, all).map((track) => track.personId);
  const answers = [answered("ina"), answered("ani", false)];

  it("VR9 tracks of those alone who consent, in the rooms that are recorded, while it runs", () => {
    expect(names(stateAfter(present, opened, ...answers))).toEqual([]);
    expect(names(stateAfter(present, opened, ...answers, started()))).toEqual([idOf("ina")]);
    expect(names(stateAfter(present, opened, ...answers, started(), paused))).toEqual([]);
    expect(names(stateAfter(present, opened, ...answers, started(), answered("ina", false)))).toEqual([]);
    const away: ClassEvent = {
      type: "room.moved",
      connectionId: connectionOf("ina"),
      room: "rom_1" as RoomId,
    };
    expect(names(stateAfter(present, opened, ...answers, started(), away))).toEqual([]);
    const everywhere = stateAfter(present, opened, ...answers, started({ rooms: "all" }), away);
    expect(names(everywhere)).toEqual([idOf("ina")]);
  });

  const owner = (id: string) => (id === connectionOf("budi") ? idOf("budi") : undefined);
  const at = (event: ClassEvent): SequencedEvent => ({ ...event, seq: 9, at: 9 });
  const said = (name: string, room = "main"): ClassEvent => ({
    type: "chat.posted",
    messageId: "msg_1" as MessageId,
    personId: idOf(name),
    room: room as RoomId,
    text: "halo",
  });

  it("VR10 events of those alone who consent, with no name and no device", () => {
    const state = stateAfter(present, opened, ...answers, started());
    const kept = (event: ClassEvent) => recordedEventFrom(state, at(event), owner);
    expect(kept(said("ina"))).toEqual(said("ina"));
    expect(kept(said("ani"))).toBeNull();
    expect(kept(said("budi"))).toBeNull();
    expect(kept(said("ina", "rom_1"))).toBeNull();
    expect(kept(answered("ina"))).toBeNull();
    expect(kept({ type: "presence.left", connectionId: connectionOf("budi"), reason: "left" })).toBeNull();
    const unknown = "con_unknown" as ConnectionId;
    expect(kept({ type: "presence.left", connectionId: unknown, reason: "left" })).toBeNull();
    expect(kept({ type: "hands.cleared", by: idOf("ani") })).toEqual({
      type: "hands.cleared",
      by: "unrecorded",
    });
    expect(kept(started())).toEqual(started());
    const inaJoined = joined("ina")[1];
    expect(inaJoined && kept(inaJoined)).toEqual({
      type: "presence.joined",
      connectionId: connectionOf("ina"),
      staffId: idOf("ina"),
      room: "main",
    });
    expect(JSON.stringify(recordedStateFrom(state))).not.toMatch(/ani|budi|device/);
    expect(JSON.stringify(recordedStateFrom(state))).toContain(idOf("ina"));
    const silent = stateAfter(present, opened, ...answers, started({ hasChat: false }));
    expect(recordedEventFrom(silent, at(said("ina")), owner)).toBeNull();
  });
});
