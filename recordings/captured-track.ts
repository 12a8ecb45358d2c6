import type { ClassMedia, Clock, Log, MediaTap, WantedTrack } from "../server/ports.ts";
import { mediaKindOf } from "../server/protocol/media.ts";
import type { ManifestLine } from "../server/protocol/recordings.ts";
import { type FfmpegProcess, SEGMENT_MS } from "./ffmpeg-process.ts";
import type { Programs } from "./find-programs.ts";
import type { PreparedCapture } from "./prepare-capture.ts";
import { createRtpTimes } from "./rtp-times.ts";
import { salvageSegment } from "./salvage-segment.ts";
import { delayOf, type SenderReports } from "./sender-reports.ts";

/** A keyframe that comes a moment too early would cut nothing. */
const KEY_FRAME_SLACK_MS = 200;
/** One that does not come is asked for again. */
const KEY_FRAME_AGAIN_MS = 1_000;
/** On a bad line each keyframe makes it worse. */
const MEND_EVERY_MS = 2_000;
/** How often it is looked whether ffmpeg stands still. */
const LOOK_EVERY_MS = 500;

type TrackEnd = Extract<ManifestLine, { type: "track-ended" }>["reason"];

export interface TrackParts {
  readonly prepared: PreparedCapture;
  readonly wanted: WantedTrack;
  readonly media: Pick<ClassMedia, "tap">;
  readonly reports: SenderReports;
  readonly programs: Programs;
  readonly clock: Clock;
  readonly log: Log;
  /** Throws nothing: what cannot be written ends the recording. */
  write(line: ManifestLine): Promise<void>;
}

/** One producer being captured, from its first packet to its end. */
export interface CapturedTrack {
  readonly pid: number;
  /** Finishes the segment under way. */
  end(reason: TrackEnd): Promise<void>;
  /** Resolves when all of it is on the disk; true where a fault ended it. */
  readonly over: Promise<boolean>;
}

/** Starts to capture a producer. Never throws: a start that fails is a track that a fault ended. */
export function captureTrack(parts: TrackParts): CapturedTrack {
  const { prepared, wanted, clock, write, programs } = parts;
  const { trackId, files, port, ffmpeg } = prepared;
  const { connectionId, personId, room, source } = wanted;
  const kind = mediaKindOf(source);
  const times = createRtpTimes(kind === "audio" ? 48_000 : 90_000);
  const startedAt = new Map<number, number>();
  const stops: (() => void)[] = [];
  let tap: MediaTap | null = null;
  let endReason: TrackEnd = "fault";
  let hasTrackLine = false;
  let mendedAt = Number.NEGATIVE_INFINITY;
  let isOver = false;
  let cancelCut: () => void = () => undefined;
  let writes: Promise<unknown> = Promise.resolve();

  prepared.hear({
    onMissed: mend,
    onSegmentBegun(number, startSeconds) {
      const startAt = times.timeOf(startSeconds) ?? clock.now();
      startedAt.set(number, startAt);
      askForCut(SEGMENT_MS + KEY_FRAME_SLACK_MS);
      void write({ type: "segment-begun", at: clock.now(), trackId, number, startAt });
    },
    onSegmentEnded(number, startSeconds, endSeconds) {
      const startAt = times.timeOf(startSeconds) ?? startedAt.get(number) ?? clock.now();
      const endAt = startAt + 1000 * (endSeconds - startSeconds);
      writes = writes.then(() => finish(number, startAt, endAt)).catch(onWriteFault);
    },
  });

  const onWriteFault = (err: unknown) => {
    parts.log.error({ err, trackId }, "a segment could not be kept");
    ffmpeg.kill();
  };

  /** A picture is cut at a keyframe: asks for one, until the next segment begins. */
  function askForCut(afterMs: number): void {
    cancelCut();
    if (kind !== "video" || isOver) return;
    cancelCut = clock.after(afterMs, () => {
      tap?.requestKeyFrame();
      askForCut(KEY_FRAME_AGAIN_MS);
    });
  }

  /** Where packets are missing the picture stands until a keyframe comes. */
  function mend(): void {
    if (clock.now() - mendedAt < MEND_EVERY_MS) return;
    mendedAt = clock.now();
    tap?.requestKeyFrame();
  }

  async function finish(number: number, startAt: number, endAt: number): Promise<void> {
    const bytes = await files.finish(number);
    startedAt.delete(number);
    if (bytes > 0) await writeSegment(number, startAt, endAt, bytes, false);
  }

  function writeSegment(number: number, startAt: number, endAt: number, bytes: number, isSalvaged: boolean) {
    const file = files.nameOf(number);
    return write({
      type: "segment",
      at: clock.now(),
      trackId,
      number,
      file,
      startAt,
      endAt,
      bytes,
      isSalvaged,
    });
  }

  async function conclude(): Promise<boolean> {
    await ffmpeg.ended;
    isOver = true;
    cancelCut();
    for (const stop of stops.splice(0)) stop();
    tap?.close();
    await writes;
    for (const number of await files.unfinished()) {
      const startAt = startedAt.get(number);
      if (startAt === undefined) continue;
      const saved = await salvageSegment(programs, files.asideFile(number), files.wholeFile(number));
      if (saved) await writeSegment(number, startAt, startAt + 1000 * saved.seconds, saved.bytes, true);
    }
    await files.clear();
    if (hasTrackLine) await write({ type: "track-ended", at: clock.now(), trackId, reason: endReason });
    return endReason === "fault";
  }

  async function begin(): Promise<boolean> {
    if (!(await ffmpeg.listening)) return false;
    const tapped = await parts.media.tap(wanted.producerId, {
      rtpPort: port,
      rtcpPort: parts.reports.port,
      onFirstPacket: (rtp, monotonicMs) => times.begin(rtp, classTime(clock, monotonicMs)),
      onEnded: () => stop("ended"),
    });
    if (!tapped.ok) return false;
    tap = tapped.data;
    // It was ended while the media server was asked.
    if (isOver || endReason !== "fault") {
      tap.close();
      return false;
    }
    stops.push(
      parts.reports.follow(tap.ssrc, (report) => {
        times.report(report.rtpTimestamp, clock.now() - delayOf(report, Date.now()));
      }),
    );
    const codec = kind === "audio" ? "opus" : "vp8";
    hasTrackLine = true;
    await write({ type: "track", at: clock.now(), trackId, connectionId, personId, room, source, codec });
    if (!(await tap.start()).ok) return false;
    // The first one is asked for by the tap; it may be lost, or come in pieces.
    askForCut(KEY_FRAME_AGAIN_MS);
    stops.push(every(clock, LOOK_EVERY_MS, () => void endHalted(ffmpeg)));
    return true;
  }

  function stop(reason: TrackEnd): void {
    if (endReason === "fault") endReason = reason;
    // The tap goes on until ffmpeg has ended: with a packet it sees that it is to end.
    ffmpeg.stop();
  }

  const over = conclude();
  begin().then(
    (hasBegun) => {
      if (!hasBegun) ffmpeg.stop();
    },
    (err: unknown) => {
      parts.log.error({ err, trackId }, "a track could not be captured");
      ffmpeg.stop();
    },
  );
  return {
    pid: ffmpeg.pid,
    over,
    async end(reason) {
      stop(reason);
      await over;
    },
  };
}

/** A process that stands still hears nothing any more: the next one goes on. */
async function endHalted(ffmpeg: FfmpegProcess): Promise<void> {
  if (await ffmpeg.isHalted()) ffmpeg.kill();
}

/** The class clock's time of a moment on the machine's monotonic clock. */
function classTime(clock: Clock, monotonicMs: number): number {
  return clock.now() - (Number(process.hrtime.bigint()) / 1e6 - monotonicMs);
}

function every(clock: Clock, ms: number, turn: () => void): () => void {
  let cancel = clock.after(ms, next);
  function next(): void {
    cancel = clock.after(ms, next);
    turn();
  }
  return () => cancel();
}
