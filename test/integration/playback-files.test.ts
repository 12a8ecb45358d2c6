import { execFile } from "node:child_process";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDerivedFiles } from "../../recordings/derived-files.ts";
import { soundMixFrom } from "../../recordings/sound-mix.ts";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import { newId } from "../../server/new-id.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import type { PlaybackLeave, PlaybackTimeline } from "../../server/protocol/playback.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { manifestIn } from "../support/recorded.ts";
import { timeShown } from "../support/synthetic-clock.ts";
import { makeRecording } from "../support/synthetic-recording.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const run = promisify(execFile);
const TONE = 443;
const RATE = 48_000;
const LASTS_S = 35;
/** What Node's fetch says otherwise would make the server send everything again. */
const UNCACHED = { "cache-control": "max-age=0" };
let server: ApiServer;
let centre: TrainingCentre;
let folder: string;
const recordingId = newId("rec");
const deckId = newId("dck");
const PATH = `/api/v1/recordings/${recordingId}`;

beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  const { session, instructor } = centre;
  const order = { recordingId, sessionId: session.id, rooms: "main", hasChat: true } as const;
  await server.store.recordings.begin({ ...order, startedAt: 1, startedBy: instructor.id });
  const deck = { deckId, title: "Materi", pageCount: 2 };
  const ready = { sessionId: session.id, status: "ready", failure: null, createdAt: 1 } as const;
  await server.store.decks.create({ id: deckId, title: "Materi", pageCount: 2, ...ready });
  folder = join(server.dataDir, "recordings", recordingId);
  const of = { personId: instructor.id, connectionId: "con_1" as ConnectionId };
  await makeRecording(folder, {
    startAt: server.clock.now(),
    head: { recordingId, sessionId: session.id },
    tone: TONE,
    lines: (line) => [line.state(0, { stages: [{ room: "main", deck, page: 1 }] })],
    tracks: [
      { trackId: "000001", ...of, source: "screen", fromS: 0, toS: 20 },
      { trackId: "000002", ...of, source: "microphone", fromS: 0, toS: LASTS_S },
    ],
    endedS: 60,
  });
});
afterAll(() => server.close());

async function leaveFor(call: Call = centre.credentials.participant): Promise<string> {
  return ((await server.call("get", `${PATH}/playback`, call)).json as PlaybackTimeline).leave.path;
}

/** Without the checks of JSON answers: what comes back are bytes. */
async function fetched(path: string, { cookie, headers }: Call = centre.credentials.participant) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    headers: { ...(cookie ? { cookie } : {}), ...headers },
  });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

const statusOf = async (path: string, call?: Call) => (await fetched(path, call)).response.status;

/** What ffmpeg hears in a file, or in several that follow each other. */
async function samplesIn(args: readonly string[]): Promise<Float32Array> {
  const all = ["-v", "error", "-nostdin", ...args, "-f", "f32le", "-ac", "1", "-ar", String(RATE), "pipe:1"];
  const { stdout } = await run("ffmpeg", all, { encoding: "buffer", maxBuffer: 2 ** 28 });
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
}

/** How far a tone is from being one tone, at its worst sample: a click, a gap or a jump is far. */
function worstBreak(samples: Float32Array, fromS: number, toS: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * TONE) / RATE);
  let [worst, loudest] = [0, 0];
  for (let index = fromS * RATE + 1; index < toS * RATE - 1; index += 1) {
    const [before = 0, now = 0, after = 0] = samples.subarray(index - 1, index + 2);
    worst = Math.max(worst, Math.abs(after - turn * now + before));
    loudest = Math.max(loudest, Math.abs(now));
  }
  expect(loudest).toBeGreaterThan(0.1);
  return worst / loudest;
}

describe("a recording's files", () => {
  it("PB8 go out in ranges, with an ETag, privately", async () => {
    const path = `${await leaveFor()}tracks/000001/1`;
    const { response, bytes } = await fetched(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("video/webm");
    expect(response.headers.get("cache-control")).toBe("private, max-age=300");
    expect(bytes).toEqual(await readFile(join(folder, "000001/000001.webm")));
    const part = await fetched(path, { ...centre.credentials.participant, headers: { range: "bytes=4-9" } });
    expect(part.response.status).toBe(206);
    expect(part.bytes).toEqual(bytes.subarray(4, 10));
    const etag = response.headers.get("etag") ?? "";
    const known = { ...centre.credentials.participant, headers: { "if-none-match": etag, ...UNCACHED } };
    expect(await statusOf(path, known)).toBe(304);
  });

  it("PB8 are refused to another browser, for another recording, and when the address has run out", async () => {
    const leave = await leaveFor();
    const path = `${leave}tracks/000001/0`;
    expect(await statusOf(path)).toBe(200);
    expect(await statusOf(path, {})).toBe(401);
    // An administrator may watch it too, by an address of their own.
    expect(await statusOf(path, centre.credentials.admin)).toBe(403);
    const otherLink = await centre.linkFor(centre.ayu);
    expect(await statusOf(path, { cookie: otherLink.cookie })).toBe(403);
    // Not the last letter, of which base64 ignores two bits.
    const forged = path.replace(
      /(.)(.)\/tracks/,
      (_, one, last) => `${one === "A" ? "B" : "A"}${last}/tracks`,
    );
    expect(await statusOf(forged)).toBe(403);
    const later = path.replace(/media\/\d+/, `media/${server.clock.now() + 3_600_000}`);
    expect(await statusOf(later)).toBe(403);
    const another = newId("rec");
    const of = { recordingId: another, sessionId: centre.session.id, rooms: "main", hasChat: true } as const;
    await server.store.recordings.begin({ ...of, startedAt: 1, startedBy: "server" });
    expect(await statusOf(path.replace(recordingId, another))).toBe(403);
    server.clock.advance(5 * 60_000);
    expect(await statusOf(path)).toBe(403);
    const renewed = await server.call("post", `${PATH}/playback/renewal`, {
      ...centre.credentials.participant,
      json: {},
    });
    expect(await statusOf(`${(renewed.json as PlaybackLeave).path}tracks/000001/0`)).toBe(200);
  });

  it("PB8 are those alone that the recording names", async () => {
    const leave = await leaveFor();
    await writeFile(join(folder, "000001", "000009.webm"), "x");
    const unknown = [
      "tracks/000001/9",
      "tracks/000009/0",
      "tracks/..%2f..%2fmanifest/0",
      "tracks/000001/0.webm",
      "sound/full/rom_none/0",
      "sound/full/main/6",
      "sound/full/..%2f/0",
      "stills/000002/0/999999",
      "stills/000001/0/3",
      `decks/${newId("dck")}/pages`,
      `decks/${deckId}/pages/3/960`,
      `decks/${deckId}/pages/1/961`,
    ];
    for (const path of unknown) expect(await statusOf(leave + path), path).toBe(404);
    expect(await statusOf(`${leave}decks/${deckId}/pages`)).toBe(200);
    expect(await statusOf(`${leave}decks/${deckId}/pages/1/960`)).toBe(200);
  });

  it("PB9 sound comes in pieces that join without a seam, and is silence where nothing was said", async () => {
    const leave = await leaveFor();
    const list = ["ffconcat version 1.0"];
    for (const number of [0, 1, 2, 3, 4]) {
      const { response, bytes } = await fetched(`${leave}sound/full/main/${number}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "audio/webm"]);
      await writeFile(join(server.dataDir, `${number}.webm`), bytes);
      list.push(`file ${number}.webm`, "duration 10");
    }
    const file = join(server.dataDir, "list.txt");
    await writeFile(file, list.join("\n"));
    const samples = await samplesIn(["-f", "concat", "-i", file]);
    expect(samples).toHaveLength(50 * RATE);
    // Over the seams of pieces and of segments; what Opus itself does to a tone is a tenth of this.
    expect(worstBreak(samples, 1, LASTS_S - 1)).toBeLessThan(0.01);
    expect(samples.slice((LASTS_S + 1) * RATE).every((one) => Math.abs(one) < 1e-3)).toBe(true);
  });

  it("PB9 stretches of mixed sound join sample by sample, wherever they are cut", async () => {
    const timeline = timelineFrom(await manifestIn(folder));
    const tracks = timeline?.tracks ?? [];
    const parts = [];
    for (const [fromMs, toMs] of [
      [0, 7_300],
      [7_300, 19_990],
      [19_990, 30_000],
    ] as const) {
      const { inputs, filter } = soundMixFrom({ folder, tracks, room: "main", fromMs, toMs });
      parts.push(await samplesIn([...inputs, "-filter_complex", filter, "-map", "[mix]"]));
    }
    const all = new Float32Array(parts.flatMap((part) => [...part]));
    expect(all).toHaveLength(30 * RATE);
    expect(worstBreak(all, 1, 29)).toBeLessThan(0.005);
  });

  it("PB10 stills show what a segment shows then, also after its last picture, and are made once", async () => {
    const leave = await leaveFor();
    for (const [number, second, shown] of [
      [0, 5, 5_000],
      [1, 0, 10_000],
      [1, 15, 19_900],
    ]) {
      const { response, bytes } = await fetched(`${leave}stills/000001/${number}/${second}`);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/webp"]);
      const file = join(server.dataDir, "still.webp");
      await writeFile(file, bytes);
      const { stdout } = await run(
        "ffmpeg",
        ["-v", "error", "-i", file, "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"],
        { encoding: "buffer" },
      );
      expect(timeShown((x, y) => stdout[y * 320 + x] ?? 0)).toBe(shown);
    }
    const made = join(folder, "derived/stills/000001/0-5.webp");
    const { mtimeMs } = await stat(made);
    await fetched(`${leave}stills/000001/0/5`);
    expect((await stat(made)).mtimeMs).toBe(mtimeMs);
  });

  it("PB10 what was made of recordings is bounded; what was made longest ago goes first", async () => {
    const dir = join(server.dataDir, "bounded");
    let free = 2 ** 40;
    const files = createDerivedFiles(dir, 1_000, 500, async () => free);
    await mkdir(dir);
    const make = (name: string, bytes: number) =>
      files.file(join(dir, "rec_1"), name, async () => Buffer.alloc(bytes));
    await make("a", 600);
    await make("b", 300);
    await make("c", 400);
    const isThere = (name: string) =>
      stat(join(dir, "rec_1/derived", name)).then(
        () => true,
        () => false,
      );
    await expect.poll(() => isThere("a")).toBe(false);
    expect([await isThere("b"), await isThere("c")]).toEqual([true, true]);
    // What recordings under way need is left to them; it still plays.
    free = 600 * 1024 ** 2;
    expect(await make("d", 10)).toEqual({ bytes: Buffer.alloc(10) });
    await rm(dir, { recursive: true });
  });
});
