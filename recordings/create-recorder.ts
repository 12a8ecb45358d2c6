import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Log, Recorder, RecordingOrder } from "../server/ports.ts";
import { type RecordingId, recordingIdSchema } from "../server/protocol/ids.ts";
import type { RecordingEnd } from "../server/protocol/recordings.ts";
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
  /** Whether nobody else is at a recording now; where several nodes share `dir`. */
  mayTidy?(recordingId: RecordingId): Promise<boolean>;
  /** The bytes that a folder's disk has free. */
  freeBytes?(folder: string): Promise<number>;
  /** What all recordings may take, and what they take; null: as much as the disk has. */
  readonly budget?: { bytes(): Promise<number | null>; used(): Promise<number> };
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
  const { mayTidy = async () => true } = options;
  await mkdir(dir, { recursive: true });
  const programs = await findPrograms(options.programPath);
  if (!programs) log.warn({}, "ffmpeg is missing: classes are not recorded");
  const reports = await listenToSenderReports();
  const running = new Map<RecordingId, { stop(): Promise<void>; fault(reason: RecordingEnd): void }>();
  const tidy = (name: string, epoch?: number) =>
    tidyRecording(join(dir, name), programs, clock, epoch).catch((err: unknown) => {
      log.error({ err, recording: name }, "a recording could not be tidied");
    });
  for (const name of await readdir(dir)) {
    const recordingId = recordingIdSchema.safeParse(name);
    if (recordingId.success && !(await mayTidy(recordingId.data))) continue;
    await tidy(name);
  }

  const isDiskFull = () =>
    freeBytes(dir).then(
      (bytes) => bytes < floorBytes,
      (err: unknown) => {
        log.error({ err }, "nobody knows how full the recordings' disk is");
        return true;
      },
    );

  /** RO10: looked at only where there is a budget; one that cannot be read stops nothing. */
  async function isBudgetFull(): Promise<boolean> {
    try {
      const bytes = (await options.budget?.bytes()) ?? null;
      return bytes !== null && options.budget !== undefined && (await options.budget.used()) >= bytes;
    } catch (err) {
      log.error({ err }, "nobody knows what the recordings take of their budget");
      return false;
    }
  }

  async function shortage(): Promise<"disk-full" | "budget-full" | null> {
    if (await isDiskFull()) return "disk-full";
    return (await isBudgetFull()) ? "budget-full" : null;
  }

  let cancelLook = clock.after(LOOK_EVERY_MS, look);
  function look(): void {
    cancelLook = clock.after(LOOK_EVERY_MS, look);
    if (running.size === 0) return;
    void shortage().then((reason) => {
      if (reason) for (const one of running.values()) one.fault(reason);
    });
  }

  return {
    isRecording: (recordingId) => running.has(recordingId),
    async problem() {
      if (!programs) return "recorder-missing";
      return shortage();
    },
    trackLimit: () => Math.max(LEAST_TRACKS, Math.floor(maxTracks / Math.max(1, running.size))),
    mend: tidy,
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
      running.set(recordingId, { stop: recording.close, fault: onFault });
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
