import { describe, expect, it } from "vitest";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import { playbackChaptersFrom } from "../../server/domain/playback-chapters.ts";
import type { BreakoutRoomId, DeckId, SlotId } from "../../server/protocol/ids.ts";
import { type RecordedTimeline, recordedTimelineSchema } from "../../server/protocol/playback.ts";
import type { ManifestLine } from "../../server/protocol/recordings.ts";
import { connectionOf, idOf } from "../support/class-story.ts";
import { recordedLine as line, RECORDED_AT } from "../support/recorded-story.ts";

const deck = { deckId: "dck_1" as DeckId, title: "Materi", pageCount: 9 };
const room = "rom_a" as BreakoutRoomId;
const trackOf = (trackId: string, name: string, source: "microphone" | "camera" | "screen" = "camera") => ({
  trackId,
  personId: idOf(name),
  connectionId: connectionOf(name),
  source,
});

function timelineOf(...lines: ManifestLine[]): RecordedTimeline {
  const timeline = timelineFrom(lines);
  if (!timeline) throw new Error("there is no timeline");
  return recordedTimelineSchema.parse(timeline);
}

const spansOf = ({ tracks }: RecordedTimeline) =>
  tracks.map(({ trackId, segments }) => [trackId, ...segments.map(({ startMs, endMs }) => [startMs, endMs])]);

describe("the time line of a recording", () => {
  it("PB1 counts from the recording's beginning and ends with what was recorded last", () => {
    expect(timelineFrom([])).toBeNull();
    const timeline = timelineOf(
      line.head(),
      line.track(100, trackOf("000001", "ina")),
      line.segment("000001", 0, [500.126, 10_500.5]),
      line.ended(12_000),
    );
    expect(timeline).toMatchObject({ startAt: RECORDED_AT, durationMs: 12_000, endReason: "staff" });
    expect(spansOf(timeline)).toEqual([["000001", [500.13, 10_500.5]]]);
  });

  it("PB1 leaves out tracks of which nothing was captured; a late camera begins late", () => {
    const timeline = timelineOf(
      line.head(),
      line.track(0, trackOf("000001", "ina", "microphone")),
      line.segment("000001", 0, [0, 10_000]),
      line.track(5_000, trackOf("000002", "budi")),
      line.track(61_000, trackOf("000003", "ina")),
      line.segment("000003", 0, [62_000, 70_000]),
    );
    expect(timeline.tracks).toMatchObject([
      { trackId: "000001", codec: "opus", startMs: 0, endMs: 10_000 },
      { trackId: "000003", codec: "vp8", startMs: 62_000, endMs: 70_000 },
    ]);
    expect(timeline.durationMs).toBe(70_000);
  });

  it("PB1 where segments overlap the later counts, in a track and where a fault began another", () => {
    const timeline = timelineOf(
      line.head(),
      line.track(0, trackOf("000001", "ina")),
      line.segment("000001", 0, [0, 10_004]),
      line.segment("000001", 1, [10_000, 15_050], { isSalvaged: true }),
      line.trackEnded(15_000, "000001", "fault"),
      line.track(15_000, trackOf("000002", "ina")),
      line.segment("000002", 0, [15_020, 20_000]),
      line.segment("000002", 0, [15_020, 25_000]),
    );
    expect(spansOf(timeline)).toEqual([
      ["000001", [0, 10_000], [10_000, 15_020]],
      ["000002", [15_020, 25_000]],
    ]);
  });

  it("PB2 between a mute and what follows is nothing, and a pause is a gap", () => {
    const timeline = timelineOf(
      line.head(),
      line.state(0, {}),
      line.track(0, trackOf("000001", "ina", "microphone")),
      line.segment("000001", 0, [0, 4_000]),
      line.trackEnded(4_000, "000001"),
      line.event(9_000, "recording.paused"),
      line.event(69_000, "recording.resumed"),
      line.state(69_000, {}),
      line.track(69_500, trackOf("000002", "ina", "microphone")),
      line.segment("000002", 0, [70_000, 80_000]),
      line.event(90_000, "recording.paused"),
      line.ended(95_000, "class-closed"),
    );
    expect(spansOf(timeline)).toEqual([
      ["000001", [0, 4_000]],
      ["000002", [70_000, 80_000]],
    ]);
    expect(timeline.gaps).toEqual([
      { kind: "pause", fromMs: 9_000, toMs: 69_000 },
      { kind: "pause", fromMs: 90_000, toMs: 95_000 },
    ]);
  });

  it("PB2 a server that was killed leaves an outage from what was recorded last to its return", () => {
    const killed = [
      line.head(),
      line.state(0, {}),
      line.track(0, trackOf("000001", "ina")),
      line.segment("000001", 0, [0, 10_000]),
      line.segment("000001", 1, [10_000, 14_200], { isSalvaged: true, at: RECORDED_AT + 60_000 }),
      line.trackEnded(60_000, "000001", "server-stopped"),
    ];
    const cutOff = timelineOf(...killed);
    expect(cutOff).toMatchObject({ durationMs: 14_200, endReason: null, gaps: [] });
    const taken = timelineOf(...killed, line.state(61_000, {}), line.ended(70_000));
    expect(taken.gaps).toEqual([{ kind: "outage", fromMs: 14_200, toMs: 61_000 }]);
    expect(taken.durationMs).toBe(70_000);
  });

  it("PB4 follows slides, a presented sheet and shares, by room", () => {
    const timeline = timelineOf(
      line.head({ rooms: "all" }),
      line.state(0, { stages: [{ room: "main", deck, page: 3 }] }),
      line.event(5_000, "page.turned", { page: 4, room: "main" }),
      line.track(6_000, trackOf("000001", "budi", "screen")),
      line.segment("000001", 0, [6_000, 8_000]),
      line.event(9_000, "breakouts.planned", { rooms: [{ roomId: room, title: "Ruang 1" }] }),
      line.event(9_500, "deck.shown", { deck, from: 2, to: null, room }),
      line.event(10_000, "sheet.presented", { roomId: room }),
      line.event(11_000, "deck.hidden", { room: "main" }),
      line.event(12_000, "sheet.hidden"),
      line.event(13_000, "a.newer-event", { room: "main" }),
      line.event(14_000, "breakouts.discarded"),
    );
    expect(timeline.slides).toEqual([
      { isShown: true, atMs: 0, room: "main", deckId: deck.deckId, page: 3 },
      { isShown: true, atMs: 5_000, room: "main", deckId: deck.deckId, page: 4 },
      { isShown: true, atMs: 9_500, room, deckId: deck.deckId, page: 2 },
      { isShown: false, atMs: 11_000, room: "main" },
      { isShown: false, atMs: 14_000, room },
    ]);
    expect(timeline.stage).toEqual([
      { atMs: 0, room: "main", kind: "slides" },
      { atMs: 0, room, kind: "people" },
      { atMs: 6_000, room: "main", kind: "screen", trackId: "000001" },
      { atMs: 8_000, room: "main", kind: "slides" },
      { atMs: 9_500, room, kind: "slides" },
      { atMs: 10_000, room: "main", kind: "sheet", ofRoom: room },
      { atMs: 12_000, room: "main", kind: "people" },
      { atMs: 14_000, room, kind: "people" },
    ]);
    expect(timeline.rooms).toEqual([
      { roomId: "main", title: null },
      { roomId: room, title: "Ruang 1" },
    ]);
  });

  it("PB4 follows hands, who is where, who speaks, and chat", () => {
    const [ani, budi] = [idOf("ani"), idOf("budi")];
    const timeline = timelineOf(
      line.head({ rooms: "all" }),
      line.state(0, {
        connections: [{ connectionId: connectionOf("ani"), personId: ani, room: "main" }],
        hands: [{ personId: ani, raisedAt: 1, calledAt: null }],
      }),
      line.event(1_000, "presence.joined", {
        connectionId: connectionOf("budi"),
        enrolmentId: budi,
        room: "main",
      }),
      line.event(2_000, "hand.called", { personId: ani }),
      line.event(3_000, "hands.cleared"),
      line.speakers(3_500, [connectionOf("budi"), connectionOf("citra")]),
      line.speakers(3_600, [connectionOf("budi")]),
      line.event(4_000, "chat.posted", { messageId: "msg_1", personId: budi, room: "main", text: "Halo" }),
      line.event(5_000, "room.moved", { connectionId: connectionOf("budi"), room }),
      line.event(6_000, "breakouts.closed"),
      line.event(7_000, "presence.left", { connectionId: connectionOf("budi"), reason: "left" }),
    );
    expect(timeline.hands).toEqual([
      { atMs: 0, personId: ani, change: "raised" },
      { atMs: 2_000, personId: ani, change: "called" },
      { atMs: 3_000, personId: ani, change: "lowered" },
    ]);
    expect(timeline.places).toEqual([
      { atMs: 0, personId: ani, room: "main" },
      { atMs: 1_000, personId: budi, room: "main" },
      { atMs: 5_000, personId: budi, room },
      { atMs: 6_000, personId: budi, room: "main" },
      { atMs: 7_000, personId: budi, room: null },
    ]);
    expect(timeline.speakers).toEqual([{ atMs: 3_500, room: "main", personIds: [budi] }]);
    expect(timeline.chat).toEqual([
      { atMs: 4_000, messageId: "msg_1", personId: budi, room: "main", text: "Halo" },
    ]);
  });

  it("PB4 a state after a pause says what changed meanwhile", () => {
    const ani = { connectionId: connectionOf("ani"), personId: idOf("ani"), room: "main" };
    const timeline = timelineOf(
      line.head(),
      line.state(0, {
        connections: [ani],
        hands: [{ personId: idOf("ani"), raisedAt: 1, calledAt: null }],
        stages: [{ room: "main", deck, page: 1 }],
      }),
      line.event(1_000, "recording.paused"),
      line.event(9_000, "recording.resumed"),
      line.state(9_000, { connections: [], hands: [], stages: [] }),
    );
    expect(timeline.hands.at(-1)).toEqual({ atMs: 9_000, personId: idOf("ani"), change: "lowered" });
    expect(timeline.places.at(-1)).toEqual({ atMs: 9_000, personId: idOf("ani"), room: null });
    expect(timeline.slides.at(-1)).toEqual({ isShown: false, atMs: 9_000, room: "main" });
  });

  it("PB3 chapters are pages that stood a while, with the first line of their text, and JP slots", () => {
    const shown = (atMs: number, page: number) => {
      return { isShown: true, atMs, room: "main", deckId: deck.deckId, page } as const;
    };
    const slot = (id: string, fromMs: number, toMs: number) => {
      return { id: id as SlotId, startAt: RECORDED_AT + fromMs, endAt: RECORDED_AT + toMs, jp: 1 };
    };
    const slides = [shown(1_000, 1), shown(10_000, 2), shown(11_000, 3), { ...shown(30_000, 9), room }];
    const chapters = playbackChaptersFrom(
      { startAt: RECORDED_AT, durationMs: 60_000, slides },
      [slot("slt_0", -90_000, -10), slot("slt_1", -9, 30_000), slot("slt_2", 40_000, 90_000)],
      (_deckId, page) => (page === 1 ? "\n  Tujuan  \nIsi" : page === 3 ? "x".repeat(200) : null),
    );
    expect(chapters).toEqual([
      { kind: "slot", atMs: 0, slotId: "slt_1", number: 2, jp: 1 },
      { kind: "slide", atMs: 1_000, deckId: deck.deckId, page: 1, title: "Tujuan" },
      { kind: "slide", atMs: 11_000, deckId: deck.deckId, page: 3, title: `${"x".repeat(79)}…` },
      { kind: "slot", atMs: 40_000, slotId: "slt_2", number: 3, jp: 1 },
    ]);
  });
});
