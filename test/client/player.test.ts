import { afterEach, describe, expect, it } from "vitest";
import { changeLanguage } from "../../client/i18n/language.ts";
import { captionAt } from "../../client/player/caption-at.ts";
import {
  chapterAt,
  chaptersFrom,
  nextChapterMs,
  previousChapterMs,
} from "../../client/player/chapters-from.ts";
import { keepPosition, keptPosition } from "../../client/player/kept-position.ts";
import { layoutFrom } from "../../client/player/layout-from.ts";
import { marksFrom } from "../../client/player/marks-from.ts";
import { addressOfMoment, momentOfAddress } from "../../client/player/moment-address.ts";
import { momentFrom, roomStoryFrom } from "../../client/player/moment-from.ts";
import { playerKeyFrom } from "../../client/player/player-key.ts";
import { nextSpeed } from "../../client/player/playing-speed.ts";
import { searchFrom } from "../../client/player/search-from.ts";
import { storyFrom } from "../../client/player/story-from.ts";
import { speedWords, spokenMoment, spokenTime } from "../../client/player/time-words.ts";
import { PLAYED } from "../support/played-timeline.ts";

afterEach(() => changeLanguage("id"));

const main = roomStoryFrom(PLAYED, "main");
const momentAt = (ms: number) => momentFrom(PLAYED, main, ms);
const namesAt = (ms: number) => momentAt(ms).people.map(({ personId }) => personId);

describe("a moment of a recording", () => {
  it("PY4 has who was there, with the camera that was captured then", () => {
    expect(namesAt(0)).toEqual(["stf_ina"]);
    expect(namesAt(5_000)).toEqual(["stf_ina", "enr_ani"]);
    expect(namesAt(45_000)).toEqual(["stf_ina", "enr_ani", "enr_budi"]);
    expect(namesAt(61_000)).toEqual(["stf_ina", "enr_budi"]);
    const cameras = (ms: number) => momentAt(ms).people.map(({ camera }) => camera?.trackId ?? null);
    expect(cameras(5_000)).toEqual(["000001", null]);
    expect(cameras(31_000)).toEqual([null, null, "000003"]);
  });

  it("PY4 has who is known by their microphone alone", () => {
    const track = { ...PLAYED.tracks[0], trackId: "000009", personId: "enr_cici", source: "microphone" };
    const timeline = { ...PLAYED, tracks: [...PLAYED.tracks, track] } as typeof PLAYED;
    const there = (ms: number) => momentFrom(timeline, roomStoryFrom(timeline, "main"), ms).people;
    expect(there(10_000).map(({ personId }) => personId)).toContain("enr_cici");
    expect(there(30_000).map(({ personId }) => personId)).not.toContain("enr_cici");
  });

  it("PY4 has who speaks, or spoke last and is still there", () => {
    expect(momentAt(0).mainSpeaker?.personId).toBe("stf_ina");
    expect(momentAt(12_000)).toMatchObject({ mainSpeaker: { personId: "enr_ani", isSpeaking: true } });
    expect(momentAt(20_000)).toMatchObject({ mainSpeaker: { personId: "enr_ani", isSpeaking: false } });
    expect(momentAt(62_000).mainSpeaker?.personId).toBe("stf_ina");
  });

  it("PY4 has hands until they are lowered, slides, shares and gaps", () => {
    const hand = (ms: number) => momentAt(ms).people.find(({ personId }) => personId === "enr_ani")?.hand;
    expect([hand(9_000), hand(10_000), hand(14_000), hand(16_000)]).toEqual([null, "raised", "called", null]);
    expect(momentAt(30_000).slide).toMatchObject({ page: 2 });
    expect(momentAt(41_000)).toMatchObject({ stage: "screen", share: { trackId: "000002" } });
    expect(momentAt(70_000).gap?.kind).toBe("pause");
    expect(momentAt(80_000).gap).toBeNull();
  });

  it("PY5 shows what the class had on its stage, unless the viewer swaps it", () => {
    expect(layoutFrom(momentAt(5_000), "class")).toEqual({ large: "slide", small: null });
    expect(layoutFrom(momentAt(5_000), "speaker")).toEqual({ large: "speaker", small: "slide" });
    expect(layoutFrom(momentAt(41_000), "class")).toEqual({ large: "share", small: null });
    expect(layoutFrom(momentAt(41_000), "gallery")).toEqual({ large: "gallery", small: "share" });
    expect(layoutFrom(momentAt(90_000), "class")).toEqual({ large: "speaker", small: null });
    const nobody = momentFrom(PLAYED, roomStoryFrom(PLAYED, "rom_none" as never), 0);
    expect(layoutFrom(nobody, "speaker")).toEqual({ large: "nothing", small: null });
  });
});

describe("the time line", () => {
  const chapters = chaptersFrom(PLAYED);

  it("PY6 has chapters by slot and slide, each to the next of its kind", () => {
    expect(chapters.map(({ kind, atMs, endMs }) => [kind, atMs, endMs])).toEqual([
      ["slot", 0, 60_000],
      ["slide", 0, 20_000],
      ["slide", 20_000, 120_000],
      ["slot", 60_000, 120_000],
    ]);
    expect(chapterAt(chapters, "slide", 19_999)).toMatchObject({ page: 1 });
    expect(chapterAt(chapters, "slot", 60_000)).toMatchObject({ number: 2 });
    expect([previousChapterMs(chapters, 21_000), previousChapterMs(chapters, 30_000)]).toEqual([0, 20_000]);
    expect([nextChapterMs(chapters, 20_000), nextChapterMs(chapters, 60_000)]).toEqual([60_000, null]);
  });

  it("PY6 says a moment in words", () => {
    expect(spokenTime(725_000)).toBe("12 menit 5 detik");
    expect(spokenTime(3_600_000)).toBe("1 jam");
    expect(spokenMoment(0, chapters)).toBe("0 detik, slide 1: Konsep dasar");
    expect(spokenMoment(65_000, chapters)).toBe("1 menit 5 detik, slide 2");
    expect(speedWords(1.25)).toBe("1,25×");
    changeLanguage("en");
    expect(spokenTime(3_661_000)).toBe("1 hour 1 minute 1 second");
  });

  it("PY6 marks hands and messages, those that lie close as one", () => {
    expect(marksFrom(PLAYED, 1_000)).toEqual([
      { kind: "hand", atMs: 10_000, count: 1 },
      { kind: "chat", atMs: 7_000, count: 1 },
      { kind: "chat", atMs: 8_000, count: 1 },
    ]);
    expect(marksFrom(PLAYED, 5_000).at(-1)).toEqual({ kind: "chat", atMs: 7_000, count: 2 });
  });

  it("PY6 tells messages and hands of a room in their order", () => {
    const told = (room: "main" | "rom_1") =>
      storyFrom(PLAYED, room as never).map(({ kind, atMs }) => [kind, atMs]);
    expect(told("main")).toEqual([
      ["message", 7_000],
      ["raised", 10_000],
      ["called", 13_000],
    ]);
    expect(told("rom_1")[0]).toEqual(["message", 8_000]);
  });
});

describe("search", () => {
  const look = (words: string) =>
    searchFrom(words, {
      timeline: PLAYED,
      chapters: chaptersFrom(PLAYED),
      captions: [{ startMs: 3_000, endMs: 4_000, text: "Selamat pagi,\nBapak Ibu" }],
      textOf: (_deck, page) => (page === 2 ? "Apa itu   kecerdasan artifisial? Café" : undefined),
    }).map(({ kind, atMs, text, from, to }) => [kind, atMs, text.slice(from, to)]);

  it("PY7 finds words in titles, slides, chat and captions, whatever their letters' size and accents", () => {
    expect(look("KONSEP")).toEqual([["chapter", 0, "Konsep"]]);
    expect(look("itu kecerdasan")).toEqual([["slide", 20_000, "itu kecerdasan"]]);
    expect(look("cafe")).toEqual([["slide", 20_000, "Café"]]);
    expect(look("pagi")).toEqual([
      ["caption", 3_000, "pagi"],
      ["chat", 7_000, "pagi"],
    ]);
    expect([look("  "), look("tidak ada")]).toEqual([[], []]);
  });
});

describe("keys", () => {
  const free = { isTyping: false, isControl: false };
  const press = (key: string, focus = free, held: object = {}) =>
    playerKeyFrom({ key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...held }, focus);

  it("PY8 are those of YouTube", () => {
    expect([press(" "), press("k"), press("K")]).toEqual(Array(3).fill({ do: "toggle" }));
    expect([press("j"), press("ArrowRight")]).toEqual([
      { do: "step", ms: -10_000 },
      { do: "step", ms: 5_000 },
    ]);
    expect(press("7")).toEqual({ do: "share", of: 0.7 });
    expect(press("<", free, { shiftKey: true })).toEqual({ do: "speed", by: -1 });
    expect(press("N", free, { shiftKey: true })).toEqual({ do: "chapter", by: 1 });
    expect([press("/"), press("?"), press("x")]).toEqual([{ do: "search" }, { do: "help" }, null]);
  });

  it("PY8 leave typing, controls and the browser's own keys alone", () => {
    expect(press("k", { isTyping: true, isControl: true })).toBeNull();
    expect(press(" ", { isTyping: false, isControl: true })).toBeNull();
    expect(press("m", { isTyping: false, isControl: true })).toEqual({ do: "mute" });
    expect(press("f", free, { ctrlKey: true })).toBeNull();
  });

  it("PY8 speeds go from 0.75 to 2", () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(0.75, -1), nextSpeed(2, 1)]).toEqual([
      1.25, 0.75, 0.75, 2,
    ]);
  });
});

describe("coming back", () => {
  const shelf = () => {
    let kept: string | null = null;
    return {
      getItem: () => kept,
      setItem(_key: string, value: string) {
        kept = value;
      },
    };
  };

  it("PY9 a browser remembers where one stopped, but neither the beginning nor the end", () => {
    const one = shelf();
    keepPosition("rec_1", 65_000, 1, one);
    keepPosition("rec_2", 3_000, 2, one);
    keepPosition("rec_3", 118_000, 3, one);
    const kept = (id: string) => keptPosition(id, 120_000, one);
    expect([kept("rec_1"), kept("rec_2"), kept("rec_3"), kept("rec_4")]).toEqual([65_000, null, null, null]);
  });

  it("PY9 what a storage holds that is not ours, or none, is no position", () => {
    expect(keptPosition("rec_1", 120_000, { ...shelf(), getItem: () => '{"rec_1":5}' })).toBeNull();
    expect(keptPosition("rec_1", 120_000, { ...shelf(), getItem: () => "{" })).toBeNull();
  });

  it("PY9 an address can ask for a moment", () => {
    expect(addressOfMoment("https://a.go.id/recording/rec_1?t=3#x", 725_900)).toBe(
      "https://a.go.id/recording/rec_1?t=725#x",
    );
    expect([momentOfAddress("?t=725"), momentOfAddress("?t=1e9"), momentOfAddress("")]).toEqual([
      725_000,
      null,
      null,
    ]);
  });

  it("PY1 captions are shown while they last, one under the other", () => {
    const cues = [
      { startMs: 0, endMs: 2_000, text: "Satu" },
      { startMs: 1_000, endMs: 3_000, text: "Dua" },
    ];
    expect([500, 1_500, 2_500, 3_000].map((ms) => captionAt(cues, ms))).toEqual([
      "Satu",
      "Satu\nDua",
      "Dua",
      "",
    ]);
  });
});
