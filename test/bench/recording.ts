import { execFile, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createRecorder } from "../../recordings/create-recorder.ts";
import { createClock } from "../../server/clock.ts";
import type { ConnectionId, PersonId, RecordingId, SessionId } from "../../server/protocol/ids.ts";
import { createPlainMedia, type PlainProducer } from "../support/plain-class-media.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { type Figure, median, tableFrom } from "./evidence/measured.ts";

/**
 * `npm run bench -- recording`: what recording a class of one camera, one microphone and one share costs, against the
 * same class unrecorded, window by window in one run. Ends with 1 where it is more than 5 % of a core.
 */
const WINDOWS = 4;
const WINDOW_MS = 10_000;
/** Processes are started and ended outside the windows. */
const SETTLE_MS = 2_000;
const TICKS_PER_S = 100;

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "balai-bench-recording-"));
const waitFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Encoded once, so that what sends them costs little while it is measured. */
async function encode(name: string, args: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", ...args, "-t", "20", file]);
  return file;
}

function send(file: string, { port, rtcpPort, producer }: PlainProducer) {
  const { codecs, encodings } = producer.rtpParameters;
  const numbers = ["-payload_type", String(codecs[0]?.payloadType), "-ssrc", String(encodings?.[0]?.ssrc)];
  const to = `rtp://127.0.0.1:${port}?rtcpport=${rtcpPort}`;
  const args = [
    "-v",
    "error",
    "-nostdin",
    "-re",
    "-stream_loop",
    "20",
    "-i",
    file,
    "-c",
    "copy",
    "-f",
    "rtp",
  ];
  return spawn("ffmpeg", [...args, ...numbers, to], { stdio: "ignore" });
}

async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (1000 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0))) / TICKS_PER_S;
}

async function captures(): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "");
      return command.includes(folder) && command.includes("segment_time") ? pid : null;
    }),
  );
  return found.filter((pid) => pid !== null);
}

const encoded = {
  camera: await encode("camera.webm", [
    ...["-i", "testsrc2=s=640x360:r=30", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"],
    ...["-g", "60", "-b:v", "600k"],
  ]),
  screen: await encode("screen.webm", [
    ...["-i", "testsrc2=s=1280x720:r=15", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"],
    ...["-g", "60", "-b:v", "1200k"],
  ]),
  microphone: await encode("microphone.webm", [
    "-i",
    "sine=440",
    "-ac",
    "2",
    "-c:a",
    "libopus",
    "-b:a",
    "32k",
  ]),
};

const media = await createPlainMedia();
const sessionId = "ses_1" as SessionId;
const classMedia = await media.server.openClass(sessionId, { onSpeakers() {}, onProducerClosed() {} });
const connectionId = "con_bench" as ConnectionId;
const sources = [
  send(encoded.camera, await media.publish(connectionId, "camera")),
  send(encoded.microphone, await media.publish(connectionId, "microphone")),
  send(encoded.screen, await media.publish(connectionId, "screen")),
];
const recorder = await createRecorder({
  dir: join(folder, "recordings"),
  programPath: process.env.PATH ?? "",
  clock: createClock(0),
  log: createQuietLog().log,
});

/** CPU time of a window, in milliseconds: the media worker, the captures, and this process, which is the server. */
async function measured() {
  const pids = await captures();
  if (pids.length !== 0 && pids.length !== 5)
    throw new Error(`${pids.length} programs capture, not 3 and 2 spares`);
  const all = async () => {
    const { user, system } = process.cpuUsage();
    const each = await Promise.all(pids.map(cpuMsOf));
    const worker = await cpuMsOf(media.worker().pid);
    return { worker, captures: each.reduce((sum, ms) => sum + ms, 0), server: (user + system) / 1000 };
  };
  const before = await all();
  await waitFor(WINDOW_MS);
  const after = await all();
  return {
    worker: after.worker - before.worker,
    captures: after.captures - before.captures,
    server: after.server - before.server,
  };
}

/** That what was measured was there to be recorded. */
async function bytesIn(recording: string): Promise<number> {
  const names = await readdir(recording, { recursive: true });
  const files = names.filter((name) => name.endsWith(".webm"));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(recording, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const bytes: number[] = [];
const shareOf = (ms: number) => (100 * ms) / WINDOW_MS;
const windows: { plain: number; recorded: Awaited<ReturnType<typeof measured>>; extra: number }[] = [];
try {
  await waitFor(SETTLE_MS);
  for (let window = 0; window < WINDOWS; window += 1) {
    const plain = await measured();
    const recording = recorder.record({
      recordingId: `rec_${window}` as RecordingId,
      sessionId,
      rooms: "main",
      hasChat: true,
      media: classMedia,
      onFault: (reason) => say(`the recording ended: ${reason}`),
    });
    recording.capture(
      classMedia.producers().map((view) => ({ ...view, personId: "enr_1" as PersonId, room: "main" })),
    );
    await waitFor(SETTLE_MS);
    const recorded = await measured();
    await recording.end("staff");
    bytes.push(await bytesIn(join(folder, "recordings", `rec_${window}`)));
    const sum = (one: typeof plain) => one.worker + one.captures + one.server;
    windows.push({ plain: sum(plain), recorded, extra: sum(recorded) - sum(plain) });
    say(`window ${window + 1} of ${WINDOWS}: ${shareOf(sum(recorded) - sum(plain)).toFixed(1)} % of a core`);
  }
} finally {
  for (const source of sources) source.kill("SIGKILL");
  await recorder.close();
  await media.close();
  await rm(folder, { recursive: true, force: true });
}

const told = (what: string, values: readonly number[], atMost: number | null = null): Figure => ({
  what,
  value: median(values.map(shareOf)),
  unit: "% of a core",
  atMost,
});
const figures = [
  told(
    "the class unrecorded: worker and server",
    windows.map((one) => one.plain),
  ),
  told(
    "recording it, beyond that",
    windows.map((one) => one.extra),
    5,
  ),
  told(
    "of which ffmpeg, three processes",
    windows.map((one) => one.recorded.captures),
  ),
  {
    what: "recorded",
    value: (median(bytes) * 8) / (WINDOW_MS + SETTLE_MS),
    unit: "kbit/s",
    atMost: null,
  },
];
process.stdout.write(`${tableFrom(figures)}\n`);
process.exitCode = figures.every((one) => one.atMost === null || one.value <= one.atMost) ? 0 : 1;
