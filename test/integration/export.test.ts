import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createCanvas } from "@napi-rs/canvas";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createExports, type ExportsOptions } from "../../recordings/export/create-exports.ts";
import { findExportPrograms } from "../../recordings/export/export-programs.ts";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import { createClock } from "../../server/clock.ts";
import { newId } from "../../server/new-id.ts";
import type { ExportSource, Exports, Store } from "../../server/ports.ts";
import type { ConnectionId, DeckId, PersonId, RecordingId } from "../../server/protocol/ids.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { programme, session, sessionId } from "../contract/records.ts";
import { clockAt, TICK_MS, writeClockRecording } from "../support/clock-recording.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { manifestIn, wakingsIn } from "../support/recorded.ts";
import { recordedLineAt } from "../support/recorded-story.ts";

const run = promisify(execFile);
const waitFor = { timeout: 100_000, interval: 50 };
const STARTED_AT = Date.UTC(2026, 0, 12, 2);
const RECORDING = "rec_1" as RecordingId;
const SHORT = "rec_2" as RecordingId;
const SESSION = sessionId("1");
const INA = "stf_ina" as PersonId;
const ANI = "enr_ani" as PersonId;
const DECK = "dck_1" as DeckId;
/** Nothing of it may reach a filter, a list of files or a chapter as anything but letters. */
const HOSTILE = `O'Neil "x": %{pts}\\:drawtext=[v0];\n[CHAPTER]\n=#🎉`;

const connectionOf = (personId: PersonId) => `con_${personId.slice(4)}` as ConnectionId;
const recorded = (trackId: string, personId: PersonId, source: "camera" | "screen" | "microphone") => ({
  trackId,
  personId,
  connectionId: connectionOf(personId),
  source,
});

/**
 * 14 seconds: 0–4 a camera alone, 4–8 a share (whose size changes at 6) with the camera, a pause to 10, then slides
 * while somebody speaks who has no camera.
 */
async function writeStory(dir: string): Promise<void> {
  const line = recordedLineAt(STARTED_AT);
  const deck = { deckId: DECK, title: "Materi", pageCount: 2 };
  await writeClockRecording(
    join(dir, RECORDING),
    STARTED_AT,
    [
      {
        ...recorded("000001", INA, "camera"),
        segments: [
          { fromMs: 0, toMs: 5_000 },
          { fromMs: 5_000, toMs: 8_000, size: [160, 90] },
        ],
      },
      {
        ...recorded("000002", INA, "screen"),
        segments: [
          { fromMs: 4_000, toMs: 6_000, size: [640, 360] },
          { fromMs: 6_000, toMs: 8_000, size: [320, 240] },
        ],
      },
      {
        ...recorded("000003", INA, "microphone"),
        segments: [
          { fromMs: 0, toMs: 4_000 },
          { fromMs: 4_000, toMs: 8_000 },
        ],
      },
      { ...recorded("000004", ANI, "microphone"), segments: [{ fromMs: 10_000, toMs: 14_000 }] },
    ],
    [
      line.head({ recordingId: RECORDING, sessionId: SESSION }),
      line.state(0, {}),
      line.speakers(1_000, [connectionOf(INA)]),
      line.event(8_000, "recording.paused"),
      line.event(10_000, "recording.resumed"),
      line.state(10_000, { stages: [{ room: "main", deck, page: 1 }] }),
      line.speakers(10_040, [connectionOf(ANI)]),
      line.event(12_000, "page.turned", { page: 2, room: "main" }),
      line.ended(14_000),
    ],
  );
}

/** Six seconds, a slide each, so that it has many pieces; the second half of the camera cannot be read. */
async function writeShortStory(dir: string): Promise<void> {
  const line = recordedLineAt(STARTED_AT);
  const deck = { deckId: DECK, title: "Materi", pageCount: 9 };
  const halves = [
    { fromMs: 0, toMs: 3_000 },
    { fromMs: 3_000, toMs: 6_000 },
  ];
  await writeClockRecording(
    join(dir, SHORT),
    STARTED_AT,
    [
      { ...recorded("000001", INA, "camera"), segments: halves },
      { ...recorded("000002", INA, "microphone"), segments: halves },
    ],
    [
      line.head({ recordingId: SHORT, sessionId: SESSION }),
      line.state(0, { stages: [{ room: "main", deck, page: 1 }] }),
      ...[1, 2, 3, 4, 5].map((at) => line.event(1_000 * at, "page.turned", { page: at + 1, room: "main" })),
      line.ended(6_000),
    ],
  );
  await writeFile(join(dir, SHORT, "000001", "000001.webm"), "no video at all");
  await rm(join(dir, SHORT, "000002", "000001.webm"));
}

/** A PATH without what lowers priorities: at the lowest, other tests would make these wait. */
async function plainPrograms(): Promise<string> {
  const folder = await mkdtemp(join(dir, "programs-"));
  for (const name of ["ffmpeg", "setpriv"]) {
    const { stdout } = await run("which", [name]);
    await symlink(stdout.trim(), join(folder, name));
  }
  return folder;
}

/**
 * A PATH with an ffmpeg that notes what it is started with before it is the real one, at a usual priority. From the
 * fourth piece on it waits until it is let go: nothing is done before a test has seen it.
 */
async function watchedPrograms() {
  const folder = await plainPrograms();
  const { stdout } = await run("which", ["ffmpeg"]);
  await rm(join(folder, "ffmpeg"));
  const many = `[ "$(/usr/bin/wc -l < ${folder}/started)" -gt 4 ]`;
  const wait = `if ${many}; then while [ ! -e ${folder}/go ]; do /bin/sleep 0.05; done; fi\n`;
  const script = `#!/bin/sh\necho "$@" >> ${folder}/started\n${wait}exec ${stdout.trim()} "$@"\n`;
  await writeFile(join(folder, "ffmpeg"), script, { mode: 0o755 });
  const started = async () => {
    const text = await readFile(join(folder, "started"), "utf8").catch(() => "");
    return text.split("\n").flatMap((one) => /(\d{6}\.(?:mkv|flac))\.part$/.exec(one)?.[1] ?? []);
  };
  return { path: folder, started, letGo: () => writeFile(join(folder, "go"), "") };
}

let dir: string;
let store: Store;
let slideFile: string;
let programs: string;
const open: Exports[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "balai-export-"));
  programs = await plainPrograms();
  await writeStory(dir);
  await writeShortStory(dir);
  const canvas = createCanvas(1920, 1080);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, 1920, 1080);
  slideFile = join(dir, "slide.webp");
  await writeFile(slideFile, canvas.toBuffer("image/webp"));
}, 120_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

async function newStore(file = ":memory:"): Promise<Store> {
  store = await createSqliteStore({ file, log: createQuietLog().log });
  const one = programme("A1");
  await store.programmes.create(one);
  await store.sessions.create(session(one, "1"));
  return store;
}

async function sourceOf(recordingId: RecordingId): Promise<ExportSource> {
  const timeline = timelineFrom(await manifestIn(join(dir, recordingId)));
  if (!timeline) throw new Error("no recording");
  return {
    ...timeline,
    isUnderWay: false,
    session: { title: HOSTILE, unit: "Etika", programme: "Dasar AI", timeZone: "Asia/Jakarta" },
    people: [
      { personId: INA, name: HOSTILE, role: "instructor" },
      { personId: ANI, name: "Ani", role: "participant" },
    ],
    decks: [],
    chapters: [
      { kind: "slot", atMs: 0, slotId: "slt_1", number: 1, jp: 1 },
      { kind: "slide", atMs: 10_000, deckId: DECK, page: 1, title: HOSTILE },
      { kind: "slide", atMs: 12_000, deckId: DECK, page: 2, title: null },
    ] as ExportSource["chapters"],
  };
}

async function exporting(change: Partial<ExportsOptions> = {}): Promise<Exports> {
  const exports = await createExports({
    dir,
    programPath: programs,
    store: store.exports,
    slides: { pictureFile: () => slideFile },
    clock: createClock(0),
    newId,
    log: createQuietLog().log,
    sourceOf,
    isClassOpen: () => false,
    roomLeft: async () => 10 ** 12,
    ...change,
  });
  open.push(exports);
  return exports;
}

async function requested(exports: Exports, recordingId = RECORDING) {
  const asked = await exports.request(recordingId, { language: "id", by: "adm_1" });
  if (!asked.ok) throw new Error(asked.code);
  return asked.data.exportId;
}

describe("the program that renders", () => {
  it("RX5 is rendered at the lowest priority for processor and disk, and ends with the server", async () => {
    const found = await findExportPrograms(process.env.PATH ?? "");
    if (typeof found === "string") throw new Error(found);
    const words = found.prefix.map((word) => word.replace(/^.*\//, "")).join(" ");
    expect(words).toBe("nice -n 19 ionice -c3 setpriv --pdeathsig KILL");
  });
});

describe("an exported recording", { timeout: 120_000 }, () => {
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await store.close();
  });

  it("RX1 is an MP4 that shows at each moment what was seen then, and sounds with it", async () => {
    await newStore();
    const exports = await exporting();
    const exportId = await requested(exports);
    await expect.poll(async () => (await exports.find(RECORDING, exportId))?.status, waitFor).toBe("done");
    const file = exports.file(RECORDING, exportId);
    const stored = await exports.find(RECORDING, exportId);
    expect(stored).toMatchObject({ doneMs: 12_000, totalMs: 12_000, bytes: (await stat(file)).size });

    const { stdout } = await run("ffprobe", [
      ...["-v", "error", "-show_streams", "-show_format", "-show_chapters", "-of", "json", file],
    ]);
    const { streams, format, chapters } = JSON.parse(stdout);
    expect(streams[0]).toMatchObject({
      ...{ codec_name: "h264", profile: "High", pix_fmt: "yuv420p", width: 1280, height: 720 },
      ...{ avg_frame_rate: "25/1", nb_frames: "300" },
    });
    expect(streams[1]).toMatchObject({ codec_name: "aac", sample_rate: "48000" });
    expect(Math.abs(Number(format.duration) - 12)).toBeLessThan(0.05);
    expect(Math.abs(Number(streams[1].duration) - 12)).toBeLessThan(0.05);
    expect(format.tags.title).toContain("O'Neil");
    expect(chapters.map((one: { start_time: string }) => Number(one.start_time))).toEqual([0, 8, 10]);
    expect(chapters[1].tags.title).toContain("[CHAPTER]");
    // The index stands before the media.
    const bytes = await readFile(file);
    expect(bytes.indexOf("moov")).toBeLessThan(bytes.indexOf("mdat"));
    expect(bytes.indexOf("moov")).toBeGreaterThan(0);

    // A frame shows what was captured at its time, or the frame before.
    const whole = { x: 0, y: 0, width: 1280, height: 600 };
    const smaller = { x: 0, y: 0, width: 960, height: 600 };
    const corner = { x: 1024, y: 568, width: 240, height: 90 };
    for (const [seconds, place] of [
      ...[0.5, 3.02, 3.9].map((at) => [at, whole] as const),
      ...[4.5, 5.9].map((at) => [at, { ...whole, height: 540 }] as const),
      ...[6.1, 7.9].map((at) => [at, smaller] as const),
      ...[4.7, 6.5].map((at) => [at, corner] as const),
    ]) {
      const shown = await clockAt(file, seconds, place);
      expect(Math.abs(shown - 1000 * seconds), `at ${seconds} s`).toBeLessThanOrEqual(2 * TICK_MS);
    }
    // The pause is cut out: what sounds goes on with 10 s, which is 8 s of the MP4.
    const beeps = await wakingsIn(file, "audio");
    expect(beeps.length).toBeGreaterThanOrEqual(11);
    for (const at of beeps) expect(Math.abs(at - Math.round(at)), `beep at ${at} s`).toBeLessThan(0.04);
    // The picture of a slide, and the pieces are gone.
    const white = await clockAt(file, 11, { x: 0, y: 0, width: 900, height: 500 });
    expect(white).toBe(4_095 * TICK_MS);
    expect((await readdir(join(file, ".."))).sort()).toEqual(["version", "video.mp4"]);
  });

  it("RX10 a segment that is lost or cannot be read costs its picture and its sound, not the export", async () => {
    await newStore();
    const exports = await exporting();
    const exportId = await requested(exports, SHORT);
    await expect.poll(async () => (await exports.find(SHORT, exportId))?.status, waitFor).toBe("done");
    const file = exports.file(SHORT, exportId);
    const { stdout } = await run("ffprobe", [
      ...["-v", "error", "-show_entries", "stream=nb_frames", "-of", "csv=p=0", file],
    ]);
    expect(stdout.startsWith("150\n")).toBe(true);
    const corner = { x: 1024, y: 568, width: 240, height: 90 };
    expect(Math.abs((await clockAt(file, 2.5, corner)) - 2_500)).toBeLessThanOrEqual(2 * TICK_MS);
    expect((await wakingsIn(file, "audio")).filter((at) => at < 5.9)).toHaveLength(2);
    await exports.removeAll(SHORT);
    expect(await exports.find(SHORT, exportId)).toMatchObject({ status: "deleted" });
    expect(await readdir(join(dir, SHORT, "exports"))).toEqual([]);
  });

  it("RX7 goes on after a kill with the piece that was under way, and renders none again", async () => {
    const database = join(await mkdtemp(join(dir, "killed-")), "balai.db");
    await newStore(database);
    await store.close();
    const programs = await watchedPrograms();
    const script = fileURLToPath(new URL("../support/export-until-killed.ts", import.meta.url));
    const child = spawn(process.execPath, [script, dir, database, programs.path, SHORT], { stdio: "ignore" });
    const ended = once(child, "exit");
    await expect.poll(async () => (await programs.started()).length, waitFor).toBeGreaterThanOrEqual(3);
    child.kill("SIGKILL");
    await ended;
    const before = await programs.started();
    const lastly = before.at(-1);
    await programs.letGo();

    await newStore(database);
    const [interrupted] = await store.exports.unfinished();
    if (!interrupted) throw new Error("it was done already");
    const source = async (id: RecordingId) => ({ ...(await sourceOf(id)), people: [], chapters: [] });
    const session = { title: "Etika", unit: "Etika", programme: "AI", timeZone: "Asia/Jakarta" };
    const exports = await exporting({
      programPath: programs.path,
      slides: { pictureFile: () => null },
      sourceOf: async (id) => ({ ...(await source(id)), session }),
    });
    const { exportId } = interrupted;
    await expect.poll(async () => (await exports.find(SHORT, exportId))?.status, waitFor).toBe("done");
    const all = await programs.started();
    const again = all.slice(before.length).filter((piece) => before.includes(piece) && piece !== lastly);
    expect(again).toEqual([]);
    expect(new Set(all.filter((piece) => piece.endsWith(".mkv"))).size).toBe(6);
  });

  it("RX8 cancelling ends the rendering, frees the disk, and the next one begins", async () => {
    await newStore();
    const programs = await watchedPrograms();
    const exports = await exporting({ programPath: programs.path });
    const first = await requested(exports);
    const second = await requested(exports, SHORT);
    expect(await exports.find(SHORT, second)).toMatchObject({ status: "queued" });
    expect(await requested(exports)).toBe(first);
    await expect.poll(async () => (await programs.started()).length, waitFor).toBeGreaterThanOrEqual(2);
    expect(await exports.remove(RECORDING, first)).toMatchObject({ ok: true, data: { status: "cancelled" } });
    expect(await readdir(join(dir, RECORDING, "exports"))).not.toContain(first);
    await programs.letGo();
    await expect.poll(async () => (await exports.find(SHORT, second))?.status, waitFor).not.toBe("queued");
    await exports.removeAll(SHORT);
    expect(await store.exports.unfinished()).toEqual([]);
    expect(await exports.remove(SHORT, first)).toMatchObject({ code: "export-unknown" });
  });

  it("RX9 is refused with the numbers where the disk has no room, and fails where it becomes full", async () => {
    await newStore();
    let free = 1_000;
    const exports = await exporting({ roomLeft: async () => free });
    const order = { language: "id", by: "adm_1" } as const;
    expect(await exports.overview(SHORT)).toMatchObject({ problem: "disk-full", freeBytes: 1_000 });
    expect(await exports.request(SHORT, order)).toMatchObject({
      code: "disk-full",
      details: { freeBytes: 1_000, neededBytes: expect.any(Number) },
    });
    free = 10 ** 12;
    const asked = exports.request(SHORT, order);
    await asked;
    free = 0;
    const latest = async () => (await store.exports.list(SHORT))[0];
    await expect.poll(latest, waitFor).toMatchObject({ status: "failed", failure: "disk-full" });
    expect(await readdir(join(dir, SHORT, "exports"))).toEqual([]);
  });

  it("RX9 says why nothing can be exported: no ffmpeg, one without H.264, a recording under way", async () => {
    await newStore();
    const folder = await mkdtemp(join(dir, "programs-"));
    const none = await exporting({ programPath: folder });
    expect(await none.overview(SHORT)).toMatchObject({ problem: "recorder-missing" });
    await writeFile(join(folder, "ffmpeg"), "#!/bin/sh\necho ' V libvpx '\n", { mode: 0o755 });
    const poor = await exporting({ programPath: folder });
    expect(await poor.request(SHORT, { language: "en", by: "adm_1" })).toMatchObject({
      code: "encoder-missing",
    });
    const live = await exporting({
      sourceOf: async (id) => ({ ...(await sourceOf(id)), isUnderWay: true }),
    });
    expect(await live.request(SHORT, { language: "en", by: "adm_1" })).toMatchObject({
      code: "recording-running",
    });
  });
});
