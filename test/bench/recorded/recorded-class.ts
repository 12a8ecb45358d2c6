import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createRecorder } from "../../../recordings/create-recorder.ts";
import { createClock } from "../../../server/clock.ts";
import { chosenTracksFrom } from "../../../server/domain/chosen-tracks.ts";
import type { ConnectionId, PersonId, RecordingId, SessionId } from "../../../server/protocol/ids.ts";
import { createPlainMedia, type PlainProducer } from "../../support/plain-class-media.ts";
import { createQuietLog } from "../../support/quiet-log.ts";
import { median } from "../evidence/measured.ts";
import { cpuMsOf } from "../load/process-use.ts";
import { pause } from "../load/windows.ts";
import { type SentFiles, sendFile } from "./sent-files.ts";

/** Processes are started and ended outside the windows. */
const SETTLE_MS = 3_000;

export interface RecordedClassOrder {
  readonly folder: string;
  readonly files: SentFiles;
  /** Each with a camera and a microphone; one share in all. */
  readonly people: number;
  readonly windows: number;
  readonly windowMs: number;
  say(line: string): void;
}

/** What a class costs, unrecorded and beyond that recorded: shares of a core, medians over the windows. */
export interface RecordedClassCost {
  readonly plain: number;
  readonly extra: number;
  readonly ffmpeg: number;
  readonly processes: number;
  readonly kbps: number;
}

/** Records a class and does not, window by window. */
export async function measureRecordedClass(order: RecordedClassOrder): Promise<RecordedClassCost> {
  const { folder, files, people, windows, windowMs, say } = order;
  const media = await createPlainMedia();
  const sessionId = "ses_1" as SessionId;
  const classMedia = await media.server.openClass(sessionId, { onSpeakers() {}, onProducerClosed() {} });
  const cameras: PlainProducer[] = [];
  const microphones: PlainProducer[] = [];
  for (let index = 0; index < people; index += 1) {
    const connectionId = `con_bench${index}` as ConnectionId;
    cameras.push(await media.publish(connectionId, "camera"));
    microphones.push(await media.publish(connectionId, "microphone"));
  }
  const screen = await media.publish("con_bench0" as ConnectionId, "screen");
  const sources = [
    sendFile(files.camera, cameras),
    sendFile(files.microphone, microphones),
    sendFile(files.screen, [screen]),
  ];
  const dir = join(folder, `recordings-${people}`);
  const recorder = await createRecorder({
    dir,
    programPath: process.env.PATH ?? "",
    clock: createClock(0),
    log: createQuietLog().log,
  });

  /** CPU time of a window: the media worker, the captures, and this process, which is the server. */
  async function measured() {
    const pids = await captures(dir);
    const use = () => ({
      all: cpuMsOf([media.worker().pid, process.pid, ...pids]),
      ffmpeg: cpuMsOf(pids),
    });
    const before = use();
    await pause(windowMs);
    const after = use();
    const share = (ms: number) => (100 * ms) / windowMs;
    return {
      all: share(after.all - before.all),
      ffmpeg: share(after.ffmpeg - before.ffmpeg),
      processes: pids.length,
    };
  }

  async function recorded(window: number) {
    const recordingId = `rec_${window}` as RecordingId;
    const recording = recorder.record({
      recordingId,
      sessionId,
      rooms: "main",
      hasChat: true,
      media: classMedia,
      onFault: (reason) => say(`the recording ended: ${reason}`),
    });
    const tracks = classMedia
      .producers()
      .map((view) => ({ ...view, personId: "enr_1" as PersonId, room: "main" as const }));
    const limit = recorder.trackLimit();
    recording.capture(chosenTracksFrom(tracks, { limit, isStaff: () => false, speakers: [] }).captured);
    await pause(SETTLE_MS);
    const found = await measured();
    await recording.end("staff");
    return { ...found, bytes: await bytesIn(join(dir, recordingId)) };
  }

  const found: { plain: number; extra: number; ffmpeg: number; processes: number; bytes: number }[] = [];
  try {
    await pause(SETTLE_MS);
    for (let window = 0; window < windows; window += 1) {
      const plain = await measured();
      const { all, ffmpeg, processes, bytes } = await recorded(window);
      found.push({ plain: plain.all, extra: all - plain.all, ffmpeg, processes, bytes });
      say(
        `${people} people, window ${window + 1} of ${windows}: ${(all - plain.all).toFixed(1)} % of a core`,
      );
    }
  } finally {
    for (const source of sources) source.kill("SIGKILL");
    await recorder.close();
    await media.close();
  }
  const medianOf = (key: keyof (typeof found)[number]) => median(found.map((one) => one[key]));
  return {
    plain: medianOf("plain"),
    extra: medianOf("extra"),
    ffmpeg: medianOf("ffmpeg"),
    processes: medianOf("processes"),
    kbps: (medianOf("bytes") * 8) / (windowMs + SETTLE_MS),
  };
}

/** The processes that capture into a folder. */
async function captures(dir: string): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "");
      return command.includes(`${dir}/`) && command.includes("segment_time") ? pid : null;
    }),
  );
  return found.filter((pid) => pid !== null);
}

/** That what was measured was there to be recorded. */
async function bytesIn(recording: string): Promise<number> {
  const names = await readdir(recording, { recursive: true });
  const files = names.filter((name) => name.endsWith(".webm"));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(recording, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
