import { describe, expect, it } from "vitest";
import type { BreakoutRoomId, ConnectionId, RoomId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import type { MediaSource, MediaView } from "../../server/protocol/media.ts";
import { recentSpeakersFrom, speakersByRoomFrom } from "../../sfu/speakers.ts";
import {
  type HeldConsumer,
  layerFrom,
  MAX_IDLE_CONSUMERS,
  MAX_MICROPHONES,
  type PublishedMedia,
  subscriptionChangeFrom,
  subscriptionFrom,
  type WantedConsumer,
} from "../../sfu/subscription.ts";

const BREAKOUT = "rom_1" as BreakoutRoomId;
const me = "con_me" as ConnectionId;
const con = (name: string) => `con_${name}` as ConnectionId;

function media(who: string, source: MediaSource, change: Partial<PublishedMedia> = {}): PublishedMedia {
  return {
    connectionId: con(who),
    room: MAIN_ROOM,
    source,
    producerId: `${who}/${source}`,
    isLive: true,
    ...change,
  };
}

function tile(who: string, width: number, source: "camera" | "screen" = "camera") {
  return { connectionId: con(who), source, width };
}

interface Question {
  readonly published: readonly PublishedMedia[];
  readonly tiles?: MediaView["tiles"];
  readonly mode?: MediaView["mode"];
  readonly room?: RoomId;
  readonly speakers?: readonly string[];
}

function wantedBy({ published, tiles = [], mode = "gallery", room = MAIN_ROOM, speakers = [] }: Question) {
  return subscriptionFrom({
    view: { mode, tiles: [...tiles] },
    viewer: { connectionId: me, room },
    published,
    speakers: speakers.map(con),
  });
}

const idsOf = (wanted: readonly WantedConsumer[]) => wanted.map((one) => one.producerId);
const manyMicrophones = (count: number) =>
  Array.from({ length: count }, (_, index) => media(`p${index}`, "microphone"));

describe("what a viewer receives", () => {
  it("MS1 is of the viewer's own room, and never their own", () => {
    const published = [
      media("a", "microphone", { room: BREAKOUT }),
      media("b", "microphone"),
      media("me", "microphone"),
      media("me", "camera"),
    ];
    const tiles = [tile("me", 400)];
    expect(idsOf(wantedBy({ published, tiles }))).toEqual(["b/microphone"]);
    expect(idsOf(wantedBy({ published, tiles, room: BREAKOUT }))).toEqual(["a/microphone"]);
  });

  it("MS2 has every microphone without being asked, as long as few are live", () => {
    const published = manyMicrophones(MAX_MICROPHONES);
    expect(idsOf(wantedBy({ published }))).toEqual(published.map((one) => one.producerId));
  });

  it("MS2 has those who spoke last when many microphones are live, then in order of publication", () => {
    const published = manyMicrophones(20);
    const wanted = idsOf(wantedBy({ published, speakers: ["p19", "p7", "gone"] }));
    expect(wanted).toEqual(
      ["p19", "p7", "p0", "p1", "p2", "p3", "p4", "p5"].map((who) => `${who}/microphone`),
    );
  });

  it("MS16 has the voice for all rooms before all others", () => {
    const published = [...manyMicrophones(20), media("voice", "microphone", { isVoice: true })];
    expect(idsOf(wantedBy({ published, speakers: ["p7"] })).slice(0, 2)).toEqual([
      "voice/microphone",
      "p7/microphone",
    ]);
  });

  it("MS3 has the sound of a share, always", () => {
    expect(idsOf(wantedBy({ published: [media("a", "screen-audio")], mode: "data-saver" }))).toEqual([
      "a/screen-audio",
    ]);
  });

  it("MS4 has a camera only while it is shown, in the layer of its widest tile", () => {
    const published = [media("a", "camera"), media("b", "camera")];
    const tiles = [tile("a", 120), tile("a", 500), tile("gone", 900)];
    expect(wantedBy({ published, tiles })).toEqual([
      { producerId: "a/camera", connectionId: "con_a", source: "camera", layer: 1 },
    ]);
  });

  it.each([
    [1, 0],
    [240, 0],
    [241, 1],
    [560, 1],
    [561, 2],
    [16_384, 2],
  ])("MS4 shows %i pixels with layer %i", (width, layer) => {
    expect(layerFrom(width)).toBe(layer);
  });

  it("MS5 has no cameras while data is saved; the share stays", () => {
    const published = [media("a", "camera"), media("a", "screen"), media("a", "microphone")];
    const tiles = [tile("a", 400), tile("a", 1200, "screen")];
    expect(idsOf(wantedBy({ published, tiles, mode: "data-saver" }))).toEqual(["a/microphone", "a/screen"]);
  });

  it("MS6 has a shared screen while it is shown, without layers", () => {
    const published = [media("a", "screen"), media("b", "screen")];
    expect(wantedBy({ published, tiles: [tile("a", 100, "screen")] })).toEqual([
      { producerId: "a/screen", connectionId: "con_a", source: "screen", layer: null },
    ]);
  });

  it("MS7 has nothing that its publisher has paused", () => {
    const published = [media("a", "microphone", { isLive: false }), media("a", "camera", { isLive: false })];
    expect(wantedBy({ published, tiles: [tile("a", 400)] })).toEqual([]);
  });

  it("MS8 opens sound first, then the share, then cameras, the widest first", () => {
    const published = [
      media("a", "camera"),
      media("b", "camera"),
      media("c", "screen"),
      media("c", "screen-audio"),
      media("d", "microphone"),
    ];
    const tiles = [tile("a", 200), tile("b", 900), tile("c", 900, "screen")];
    expect(idsOf(wantedBy({ published, tiles }))).toEqual([
      "d/microphone",
      "c/screen-audio",
      "c/screen",
      "b/camera",
      "a/camera",
    ]);
  });
});

function held(producerId: string, change: Partial<HeldConsumer> = {}): HeldConsumer {
  return { producerId, isReady: true, isResumed: true, layer: null, idleOrder: null, ...change };
}
function wanted(producerId: string, layer: number | null = null): WantedConsumer {
  return { producerId, connectionId: con("x"), source: "camera", layer };
}
function reachable(producerId: string, isLive = true): PublishedMedia {
  return { ...media("x", "camera"), producerId, isLive };
}
const NOTHING = { close: [], pause: [], resume: [], relayer: [], idle: [], busy: [], open: [] };

describe("the difference to what is there", () => {
  it("MS9 closes at once what is in another room or no more there", () => {
    expect(subscriptionChangeFrom([], [held("p1")], [])).toEqual({ ...NOTHING, close: ["p1"] });
  });

  it("MS10 pauses what is wanted no more and keeps it; wanted again it flows without a new consumer", () => {
    const there = [reachable("p1")];
    expect(subscriptionChangeFrom([], [held("p1")], there)).toEqual({
      ...NOTHING,
      pause: ["p1"],
      idle: ["p1"],
    });
    const idle = held("p1", { isResumed: false, idleOrder: 3 });
    expect(subscriptionChangeFrom([], [idle], there)).toEqual(NOTHING);
    expect(subscriptionChangeFrom([wanted("p1")], [idle], there)).toEqual({
      ...NOTHING,
      resume: ["p1"],
      busy: ["p1"],
    });
  });

  it("MS10 leaves the consumer of a paused producer as it is: nothing flows, and speech begins without delay", () => {
    expect(subscriptionChangeFrom([], [held("p1")], [reachable("p1", false)])).toEqual({
      ...NOTHING,
      idle: ["p1"],
    });
  });

  it("MS10 closes the longest idle when more are kept than the bound", () => {
    const idle = Array.from({ length: MAX_IDLE_CONSUMERS + 2 }, (_, index) =>
      held(`p${index}`, { isResumed: false, idleOrder: 100 - index }),
    );
    const change = subscriptionChangeFrom(
      [],
      idle,
      idle.map((one) => reachable(one.producerId)),
    );
    expect(change).toEqual({ ...NOTHING, close: ["p17", "p16"] });
  });

  it("MS11 lets a consumer flow only once the client has made its side", () => {
    const waiting = held("p1", { isReady: false, isResumed: false });
    const there = [reachable("p1")];
    expect(subscriptionChangeFrom([wanted("p1")], [], there)).toEqual({ ...NOTHING, open: [wanted("p1")] });
    expect(subscriptionChangeFrom([wanted("p1")], [waiting], there)).toEqual(NOTHING);
    expect(subscriptionChangeFrom([wanted("p1")], [{ ...waiting, isReady: true }], there)).toEqual({
      ...NOTHING,
      resume: ["p1"],
    });
  });

  it("MS12 changes the layer when the tile's size asks for another, and only then", () => {
    const there = [reachable("p1")];
    expect(subscriptionChangeFrom([wanted("p1", 2)], [held("p1", { layer: 2 })], there)).toEqual(NOTHING);
    expect(subscriptionChangeFrom([wanted("p1", 2)], [held("p1", { layer: 0 })], there)).toEqual({
      ...NOTHING,
      relayer: [{ producerId: "p1", layer: 2 }],
    });
  });
});

describe("who speaks", () => {
  it("MS13 is told by room, loudest first, without those who are in none", () => {
    const rooms: Readonly<Record<string, RoomId>> = { con_a: MAIN_ROOM, con_b: BREAKOUT, con_c: MAIN_ROOM };
    const spoken = speakersByRoomFrom([con("c"), con("b"), con("gone"), con("a")], (id) => rooms[id] ?? null);
    expect([...spoken]).toEqual([
      [MAIN_ROOM, ["con_c", "con_a"]],
      [BREAKOUT, ["con_b"]],
    ]);
  });

  it("MS13 remembers who spoke before", () => {
    expect(recentSpeakersFrom([con("b")], [con("a"), con("b"), con("c")])).toEqual([
      con("b"),
      con("a"),
      con("c"),
    ]);
  });
});
