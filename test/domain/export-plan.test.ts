import { describe, expect, it } from "vitest";
import { busyShareOf, decideHold, processorTimesFrom } from "../../recordings/export/decide-hold.ts";
import { exportPlanFrom, FRAME_MS } from "../../recordings/export/export-plan.ts";
import { factsText } from "../../recordings/export/join-arguments.ts";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import type { ConnectionId, PersonId } from "../../server/protocol/ids.ts";
import type { PlaybackChapter } from "../../server/protocol/playback.ts";
import type { ManifestLine } from "../../server/protocol/recordings.ts";
import { exportFileName } from "../../server/transport/export-file-name.ts";
import { recordedLine as line } from "../support/recorded-story.ts";

const INA = "stf_ina" as PersonId;
const ANI = "enr_ani" as PersonId;
const con = (personId: PersonId) => `con_${personId.slice(4)}` as ConnectionId;
type Source = "camera" | "screen" | "microphone";

/** A track in segments of at most 10 s. */
function track(trackId: string, personId: PersonId, source: Source, from: number, to: number, room = "main") {
  const parts = Array.from({ length: Math.ceil((to - from) / 10_000) }, (_, index) =>
    line.segment(trackId, index, [from + 10_000 * index, Math.min(to, from + 10_000 * (index + 1))]),
  );
  const whose = { trackId, personId, connectionId: con(personId), source, room: room as "main" };
  return [line.track(from, whose), ...parts];
}

function planOf(lines: readonly ManifestLine[], chapters: readonly PlaybackChapter[] = []) {
  const timeline = timelineFrom([line.head({ rooms: "all" }), line.state(0, {}), ...lines]);
  if (!timeline) throw new Error("no timeline");
  return exportPlanFrom(timeline, [INA], chapters);
}

const deck = { deckId: "dck_1", title: "Materi", pageCount: 9 };
const shown = (atMs: number) => line.event(atMs, "deck.shown", { deck, room: "main" });
const turned = (atMs: number, page: number) => line.event(atMs, "page.turned", { page, room: "main" });

/** What is seen, in a word each: `stage` or `stage+corner`, and for how many frames. */
function sights(lines: readonly ManifestLine[]) {
  return planOf(lines).shots.map(({ frames, stage, corner }) => {
    const seen =
      stage.kind === "track"
        ? stage.trackId
        : stage.kind === "slide"
          ? `page ${stage.page}`
          : stage.kind === "card"
            ? stage.card
            : stage.personId;
    const beside = corner ? `+${corner.trackId ?? corner.personId}` : "";
    return [`${seen}${beside}`, frames];
  });
}

describe("the plan of an export", () => {
  it("RX2 a share goes before slides, slides before who speaks, and a title where nobody is", () => {
    expect(
      sights([
        ...track("000001", INA, "microphone", 0, 12_000),
        ...track("000002", INA, "screen", 4_000, 6_000),
        ...track("000003", INA, "camera", 8_000, 10_000),
        shown(2_000),
        line.event(7_000, "deck.hidden", { room: "main" }),
        line.ended(12_000),
      ]),
    ).toEqual([
      [INA, 50],
      [`page 1+${INA}`, 50],
      [`000002+${INA}`, 50],
      [`page 1+${INA}`, 25],
      [INA, 25],
      ["000003", 50],
      [INA, 50],
    ]);
    expect(sights([line.ended(1_000)])).toEqual([["title", 25]]);
  });

  it("RX2 in the corner is who speaks, else the instructor; a word in between takes nobody's place", () => {
    const lines = [
      ...track("000001", INA, "camera", 0, 30_000),
      ...track("000002", ANI, "camera", 0, 30_000),
      shown(0),
      line.speakers(2_000, [con(ANI)]),
      line.speakers(6_000, [con(INA), con(ANI)]),
      line.speakers(7_000, [con(ANI)]),
      line.speakers(10_000, []),
      line.ended(30_000),
    ];
    expect(sights(lines)).toEqual([
      ["page 1+000001", 50],
      ["page 1+000002", 450],
      ["page 1+000001", 250],
    ]);
  });

  it("RX2 nobody is shown who was not captured, and nothing of breakout rooms", () => {
    expect(
      sights([
        ...track("000001", INA, "camera", 0, 4_000, "rom_1"),
        line.speakers(0, [con(INA)], "rom_1" as "main"),
        line.ended(4_000),
      ]),
    ).toEqual([["title", 100]]);
  });

  it("RX3 pauses and outages are cut out, chapters stand where what they name is seen", () => {
    const plan = planOf(
      [
        ...track("000001", INA, "microphone", 0, 4_000),
        line.event(4_000, "recording.paused"),
        line.event(9_000, "recording.resumed"),
        line.state(9_000, {}),
        ...track("000002", INA, "microphone", 9_000, 12_000),
        line.ended(12_000),
      ],
      [
        { kind: "slot", atMs: 0, slotId: "slt_1", number: 1, jp: 1 },
        { kind: "slide", atMs: 5_000, deckId: "dck_1", page: 2, title: "Di jeda" },
        { kind: "slot", atMs: 9_000, slotId: "slt_2", number: 2, jp: 1 },
        { kind: "slide", atMs: 11_000, deckId: "dck_1", page: 3, title: null },
      ] as PlaybackChapter[],
    );
    expect(plan.frames * FRAME_MS).toBe(7_000);
    expect(plan.sounds.map(({ startMs, frames, trackIds }) => [startMs, frames, ...trackIds])).toEqual([
      [0, 100, "000001"],
      [9_000, 75, "000002"],
    ]);
    expect(plan.chapters.map(({ atMs, chapter }) => [atMs, chapter.kind])).toEqual([
      [0, "slot"],
      [4_000, "slot"],
      [6_000, "slide"],
    ]);
  });

  it("RX4 pieces are at most a minute, and pictures and sound have the same frames", () => {
    const plan = planOf([
      ...track("000001", INA, "microphone", 0, 150_020),
      ...track("000002", INA, "camera", 90_000, 150_020),
      line.ended(150_020),
    ]);
    expect(plan.shots.map(({ frames }) => frames)).toEqual([1_500, 750, 1_500, 1]);
    expect(plan.sounds.map(({ frames }) => frames)).toEqual([1_500, 1_500, 751]);
    expect(plan.frames).toBe(3_751);
  });

  it("RX4 who leafs through slides is followed to where they stop", () => {
    const leafed = Array.from({ length: 8 }, (_, index) => turned(2_000 + 100 * index, index + 2));
    const lines = [...track("000001", INA, "microphone", 0, 6_000), shown(0), ...leafed, line.ended(6_000)];
    const pages = sights(lines).map(([seen]) => seen);
    expect(pages.at(0)).toBe(`page 1+${INA}`);
    expect(pages.at(-1)).toBe(`page 9+${INA}`);
    expect(pages.length).toBeLessThanOrEqual(3);
  });

  it("RX5 it stands still only while a class is open and the machine is busy with other things", () => {
    const hold = (isClassOpen: boolean, busyShare: number, isHeld: boolean) =>
      decideHold({ isClassOpen, busyShare, isHeld });
    expect(hold(false, 1, false)).toBe(false);
    expect(hold(true, 0.7, false)).toBe(false);
    expect(hold(true, 0.8, false)).toBe(true);
    expect(hold(true, 0.7, true)).toBe(true);
    expect(hold(true, 0.5, true)).toBe(false);
    expect(hold(false, 1, true)).toBe(false);
    const core = { user: 100, nice: 600, sys: 50, idle: 250, irq: 0 };
    const before = processorTimesFrom([{ times: { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 } }]);
    expect(busyShareOf(before, processorTimesFrom([{ times: core }]))).toBeCloseTo(0.15);
    expect(busyShareOf(before, before)).toBe(0);
  });

  it("RX6 what people typed becomes no line and no sign of its own", () => {
    const title = "a=b;c#d\\e\n[CHAPTER]\nSTART=0";
    const facts = {
      title,
      date: "2026-01-12T02:00:00.000Z",
      durationMs: 5_000,
      chapters: [{ atMs: 0, title }],
    };
    const text = factsText(facts);
    expect(text.split("\n").filter((one) => one === "[CHAPTER]")).toHaveLength(1);
    expect(text).toContain("title=a\\=b\\;c\\#d\\\\e [CHAPTER] START\\=0");
    const name = (words: string) =>
      exportFileName({ title: words, timeZone: "Asia/Jakarta" }, Date.UTC(2026, 0, 12, 20));
    expect(name('Étika "AI"; rm -rf /\r\nSet-Cookie: x')).toBe(
      "rekaman-etika-ai-rm-rf-set-cookie-x-2026-01-13.mp4",
    );
    expect(name("学习")).toBe("rekaman-kelas-2026-01-13.mp4");
  });
});
