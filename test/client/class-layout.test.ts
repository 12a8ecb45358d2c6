import { describe, expect, it } from "vitest";
import { shortcutFrom } from "../../client/class/bar/shortcut-from.ts";
import { roomsFrom } from "../../client/class/breakouts/rooms-from.ts";
import { currentSlotFrom } from "../../client/class/header/current-slot.ts";
import { stageSheetFrom } from "../../client/class/sheet/sheet-room.ts";
import { stageKindFrom } from "../../client/class/stage/stage-kind.ts";
import { gridFrom, pageFrom, pageSizeFor } from "../../client/class/tiles/grid-from.ts";
import { initialsFrom, shortNameFrom } from "../../client/class/tiles/initials.ts";
import { breakoutRoomIdSchema, enrolmentIdSchema, staffIdSchema } from "../../server/protocol/ids.ts";
import type { Person } from "../../server/protocol/people.ts";
import { breakoutsOf } from "../support/breakouts-story.ts";

describe("tiles", () => {
  it.each([
    [1920, 25],
    [1600, 25],
    [1366, 9],
    [768, 9],
    [390, 4],
  ])("UI4 at %i px a page holds %i", (width, size) => expect(pageSizeFor(width)).toBe(size));

  it.each([
    [1, { width: 1600, height: 900 }, { columns: 1, tileWidth: 1600 }],
    [4, { width: 1608, height: 908 }, { columns: 2, tileWidth: 800 }],
    [2, { width: 400, height: 700 }, { columns: 1, tileWidth: 400 }],
    [25, { width: 1632, height: 932 }, { columns: 5, tileWidth: 320 }],
  ])("UI5 %i tiles are as large as 16:9 allows in %o", (count, box, grid) =>
    expect(gridFrom(count, box, 8)).toEqual(grid),
  );

  it("UI5 never overflow their box", () => {
    for (let count = 1; count <= 25; count++) {
      const { columns, tileWidth } = gridFrom(count, { width: 1366, height: 600 }, 8);
      const rows = Math.ceil(count / columns);
      expect(columns * tileWidth + (columns - 1) * 8).toBeLessThanOrEqual(1366);
      expect((rows * tileWidth * 9) / 16 + (rows - 1) * 8).toBeLessThanOrEqual(600);
    }
    expect(gridFrom(3, { width: 0, height: 0 }, 8).tileWidth).toBe(0);
  });

  it("UI4 pages end where the people do", () => {
    const people = Array.from({ length: 40 }, (_, index) => index);
    expect(pageFrom(people, 1, 25)).toMatchObject({ page: 1, pageCount: 2 });
    expect(pageFrom(people, 1, 25).items).toHaveLength(15);
    expect(pageFrom(people.slice(0, 5), 3, 4)).toMatchObject({ page: 1, items: [4] });
    expect(pageFrom([], 0, 9)).toEqual({ items: [], page: 0, pageCount: 1 });
  });

  it.each([
    ["Agus Setiawan, S.Kom.", "AS", "Agus Setiawan"],
    ["Prof. Dr. Ir. Hj. Siti Rahmawati Dewi, M.Kom.", "SD", "Siti Rahmawati Dewi"],
    ["Suharto", "S", "Suharto"],
    ["A. Yani", "AY", "A. Yani"],
    ["Dr.", "D", "Dr."],
  ])("UI6 %s has the initials %s and the short name %s", (name, initials, short) => {
    expect(initialsFrom(name)).toBe(initials);
    expect(shortNameFrom(name)).toBe(short);
  });
});

describe("the stage", () => {
  it("UI7 belongs to a shared screen before slides, and to slides before people", () => {
    expect(stageKindFrom({ hasSheet: true, isShared: true, hasSlides: true, mode: "gallery" })).toBe("sheet");
    expect(stageKindFrom({ hasSheet: false, isShared: true, hasSlides: true, mode: "gallery" })).toBe(
      "share",
    );
    expect(stageKindFrom({ hasSheet: false, isShared: false, hasSlides: true, mode: "speaker" })).toBe(
      "slides",
    );
    expect(stageKindFrom({ hasSheet: false, isShared: false, hasSlides: false, mode: "speaker" })).toBe(
      "speaker",
    );
    expect(stageKindFrom({ hasSheet: false, isShared: false, hasSlides: false, mode: "gallery" })).toBe(
      "gallery",
    );
  });
});

describe("the header's slot", () => {
  const slots = [
    { id: "1", startAt: 0, endAt: 45 * 60_000, jp: 1 },
    { id: "2", startAt: 60 * 60_000, endAt: 105 * 60_000, jp: 1 },
  ];
  it("UI8 is the running one with its minutes left, else the next, else none", () => {
    expect(currentSlotFrom(slots, 22 * 60_000)).toMatchObject({
      kind: "running",
      number: 1,
      minutesLeft: 23,
    });
    expect(currentSlotFrom(slots, 45 * 60_000)).toMatchObject({ kind: "coming", number: 2 });
    expect(currentSlotFrom(slots, 104 * 60_000 + 59_000)).toMatchObject({ kind: "running", minutesLeft: 1 });
    expect(currentSlotFrom(slots, 105 * 60_000)).toEqual({ kind: "over" });
    expect(currentSlotFrom([], 0)).toEqual({ kind: "over" });
  });
});

describe("shortcuts", () => {
  const free = { isTyping: false, isControl: false };
  const key = (code: string, altKey = false) => ({
    code,
    altKey,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
  });

  it.each([
    ["KeyA", "microphone"],
    ["KeyV", "camera"],
    ["KeyS", "share"],
    ["KeyY", "hand"],
    ["KeyH", "chat"],
    ["KeyU", "people"],
  ])("UI9 Alt and %s is for the %s", (code, shortcut) =>
    expect(shortcutFrom(key(code, true), free)).toBe(shortcut),
  );

  it("UI9 none of it while typing; plain keys stay with the control that has the focus", () => {
    expect(shortcutFrom(key("KeyA", true), { isTyping: true, isControl: true })).toBeNull();
    expect(shortcutFrom(key("Space"), { isTyping: true, isControl: true })).toBeNull();
    expect(shortcutFrom(key("Space"), { isTyping: false, isControl: true })).toBeNull();
    expect(shortcutFrom(key("KeyA", true), { isTyping: false, isControl: true })).toBe("microphone");
    expect(shortcutFrom(key("Space"), free)).toBe("talk");
    expect(shortcutFrom(key("PageDown"), free)).toBe("next-page");
    expect(shortcutFrom(key("ArrowLeft"), free)).toBe("previous-page");
    expect(shortcutFrom({ ...key("KeyA", true), ctrlKey: true }, free)).toBeNull();
    expect(shortcutFrom(key("KeyQ", true), free)).toBeNull();
  });
});

describe("the breakout board", () => {
  const roomId = breakoutRoomIdSchema.parse("rom_1");
  const person = (id: string, role: Person["role"] = "participant"): Person => {
    const personId =
      role === "participant" ? enrolmentIdSchema.parse(`enr_${id}`) : staffIdSchema.parse(`stf_${id}`);
    return { personId, name: id, institution: null, role };
  };
  const [ani, budi, citra, ratna] = [
    person("ani"),
    person("budi"),
    person("citra"),
    person("ratna", "instructor"),
  ];
  const present = (of: Person, room: "main" | typeof roomId) => ({
    person: of,
    isYou: false,
    room,
    connectionIds: [],
    isMicrophoneLive: false,
    cameraFrom: null,
    screenFrom: null,
    handPlace: null,
    isCalled: false,
  });

  it("UI10 shows those assigned, present or not, those without a room, and staff where they are", () => {
    const people = new Map([ani, budi, citra, ratna].map((one) => [one.personId, one]));
    const breakouts = breakoutsOf([{ roomId, title: "Ruang 1" }], {
      [ani.personId]: roomId,
      [citra.personId]: roomId,
    });
    const boxes = roomsFrom(breakouts, people, [
      present(ani, roomId),
      present(budi, "main"),
      present(ratna, roomId),
    ]);
    const told = boxes.map(({ title, members }) => [
      title,
      members.map(({ person: { name }, at }) => `${name} ${at}`),
    ]);
    expect(told).toEqual([
      [null, ["budi main"]],
      ["Ruang 1", ["ani rom_1", "citra null", "ratna rom_1"]],
    ]);
  });
});

describe("a case on the stage", () => {
  const roomId = breakoutRoomIdSchema.parse("rom_1");
  const work = { caseId: "cas_1", title: "Perizinan", roles: [] };
  const breakouts = { ...breakoutsOf([{ roomId, title: "Ruang 1" }]), case: work };
  const you = (room: typeof roomId | "main") => ({ room }) as never;

  it("UI15 a room with a case shows its work or its people, the main room the sheet that is presented", () => {
    expect(stageSheetFrom({ breakouts, you: you(roomId) }, "work")).toBe(roomId);
    expect(stageSheetFrom({ breakouts, you: you(roomId) }, "people")).toBeNull();
    expect(stageSheetFrom({ breakouts, you: you("main") }, "work")).toBeNull();
    expect(
      stageSheetFrom({ breakouts: { ...breakouts, presentedRoom: roomId }, you: you("main") }, "people"),
    ).toBe(roomId);
    expect(stageSheetFrom({ breakouts: { ...breakouts, case: null }, you: you(roomId) }, "work")).toBeNull();
  });
});
