import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Log, Recorder, RecordingOrder } from "../server/ports.ts";
import type { RecordingId } from "../server/protocol/ids.ts";
import { createClassRecording } from "./class-recording.ts";
import { findPrograms } from "./find-programs.ts";
import { FLOOR_BYTES, freeBytesOf } from "./free-bytes.ts";
import { listenToSenderReports } from "./sender-reports.ts";
import { tidyRecording } from "./tidy-recording.ts";

const LOOK_EVERY_MS = 2_000;
/** Even where many classes are recorded at once: a share, an instructor, and somebody who asks. */
const LEAST_TRACKS = 6;
/** As RECORDING_TRACKS has it where it is not set. */
const DEFAULT_TRACKS = 40;

export interface RecorderOptions {
  readonly dir: string;
  /** The PATH on which ffmpeg is looked for. */
  readonly programPath: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly floorBytes?: number;
  /** How many tracks are captured at once by all recordings together: each is a process. */
  readonly maxTracks?: number;
  /** The bytes that a folder's disk has free. */
  freeBytes?(folder: string): Promise<number>;
}

/** Records classes into a folder each under `dir`. What a stop cut off is made whole first. */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  const {
    dir,
    clock,
    log,
    freeBytes = freeBytesOf,
    floorBytes = FLOOR_BYTES,
    maxTracks = DEFAULT_TRACKS,
  } = options;
  await mkdir(dir, { recursive: true });
  const programs = await findPrograms(options.programPath);
  if (!programs) log.warn({}, "ffmpeg is missing: classes are not recorded");
  const reports = await listenToSenderReports();
  const running = new Map<RecordingId, { stop(): Promise<void>; fault(): void }>();
  for (const name of await readdir(dir)) {
    await tidyRecording(join(dir, name), programs, clock).catch((err: unknown) => {
      log.error({ err, recording: name }, "a recording could not be tidied");
    });
  }

  const isDiskFull = () =>
    freeBytes(dir).then(
      (bytes) => bytes < floorBytes,
      (err: unknown) => {
        log.error({ err }, "nobody knows how full the recordings' disk is");
        return true;
      },
    );

  let cancelLook = clock.after(LOOK_EVERY_MS, look);
  function look(): void {
    cancelLook = clock.after(LOOK_EVERY_MS, look);
    if (running.size === 0) return;
    void isDiskFull().then((isFull) => {
      if (isFull) for (const one of running.values()) one.fault();
    });
  }

  return {
    async problem() {
      if (!programs) return "recorder-missing";
      return (await isDiskFull()) ? "disk-full" : null;
    },
    trackLimit: () => Math.max(LEAST_TRACKS, Math.floor(maxTracks / Math.max(1, running.size))),
    record(order: RecordingOrder) {
      if (!programs) throw new Error("nothing can be recorded without ffmpeg");
      const { recordingId } = order;
      let hasTold = false;
      const onFault: RecordingOrder["onFault"] = (reason) => {
        if (!hasTold) order.onFault(reason);
        hasTold = true;
      };
      const recording = createClassRecording({
        folder: join(dir, recordingId),
        order: { ...order, onFault },
        programs,
        reports,
        clock,
        log: log.child({ recordingId }),
        isDiskFull,
        onClosed: () => running.delete(recordingId),
      });
      running.set(recordingId, { stop: recording.close, fault: () => onFault("disk-full") });
      return recording;
    },
    activeCount: () => running.size,
    async close() {
      cancelLook();
      await Promise.all([...running.values()].map((one) => one.stop()));
      reports.close();
    },
  };
}
