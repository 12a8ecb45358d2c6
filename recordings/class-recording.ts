import { mkdir, readFile } from "node:fs/promises";
import type { ClassRecording, Clock, Log, RecordingOrder, WantedTrack } from "../server/ports.ts";
import { mediaKindOf } from "../server/protocol/media.ts";
import { type ManifestLine, RECORDING_FORMAT, type RecordingEnd } from "../server/protocol/recordings.ts";
import { type CapturedTrack, captureTrack } from "./captured-track.ts";
import type { Programs } from "./find-programs.ts";
import { manifestFrom, manifestPath, openManifest } from "./manifest-file.ts";
import { type PreparedCapture, prepareCapture } from "./prepare-capture.ts";
import type { SenderReports } from "./sender-reports.ts";
import { trackFilesIn, trackIdFrom } from "./track-files.ts";

/** A track that failed at once is tried again after so long, the first time without waiting. */
const RETRY_MS = 1_000;
/** Faults of one producer within a minute, after which the recorder itself is at fault. */
const FAULTS_ALLOWED = 20;
const FAULTS_WITHIN_MS = 60_000;

export interface ClassRecordingParts {
  readonly folder: string;
  readonly order: RecordingOrder;
  readonly programs: Programs;
  readonly reports: SenderReports;
  readonly clock: Clock;
  readonly log: Log;
  /** Looks now whether there is room left. */
  isDiskFull(): Promise<boolean>;
  onClosed(): void;
}

type Kind = "audio" | "video";

/** What is captured now: by producer and room, for a move begins another track. */
function keyOf({ producerId, room }: WantedTrack): string {
  return `${producerId} ${room}`;
}

/** Captures one class: a track for each producer that is wanted, and the manifest. */
export function createClassRecording(parts: ClassRecordingParts): ClassRecording {
  const { folder, order, clock, log } = parts;
  const manifest = openManifest(folder, order.epoch);
  const running = new Map<string, Promise<CapturedTrack>>();
  const spares = new Map<Kind, Promise<PreparedCapture>>();
  const faults = new Map<string, number[]>();
  const retries = new Set<() => void>();
  let wanted = new Map<string, WantedTrack>();
  let trackCount = 0;
  let isClosed = false;
  let hasFault = false;

  function fault(reason: RecordingEnd): void {
    if (hasFault || isClosed) return;
    hasFault = true;
    order.onFault(reason);
  }

  async function write(line: ManifestLine): Promise<void> {
    try {
      await manifest.append(line);
    } catch (err) {
      log.error({ err }, "a recording's manifest could not be written");
      fault((await parts.isDiskFull()) ? "disk-full" : "recorder-failed");
    }
  }

  async function prepare(): Promise<void> {
    await mkdir(folder, { recursive: true });
    const text = await readFile(manifestPath(folder), "utf8").catch(() => "");
    const lines = manifestFrom(text);
    trackCount = Math.max(0, ...lines.map((line) => (line.type === "track" ? Number(line.trackId) : 0)));
    if (lines.length > 0) return;
    const { recordingId, sessionId, rooms, hasChat } = order;
    const head = { format: RECORDING_FORMAT, recordingId, sessionId, rooms, hasChat } as const;
    await write({ type: "recording", at: clock.now(), ...head });
  }

  const prepared = prepare().catch((err: unknown) => {
    log.error({ err }, "a recording's folder could not be made");
    fault("recorder-failed");
  });

  async function newCapture(kind: Kind): Promise<PreparedCapture> {
    for (;;) {
      trackCount += 1;
      const trackId = trackIdFrom(trackCount);
      const files = trackFilesIn(folder, trackId);
      // Taken by another node that has gone on with the recording.
      if (!(await files.make())) continue;
      return prepareCapture({ trackId, kind, files, programs: parts.programs });
    }
  }

  /** One that listens already, and the next one is started: who unmutes loses no word to a starting program. */
  async function takeCapture(kind: Kind): Promise<PreparedCapture> {
    const spare = spares.get(kind) ?? newCapture(kind);
    const next = newCapture(kind);
    next.catch(() => undefined);
    spares.set(kind, next);
    const taken = await spare;
    if (!taken.hasEnded() && !(await taken.ffmpeg.isHalted())) return taken;
    await taken.discard();
    return newCapture(kind);
  }

  async function start(key: string, track: WantedTrack): Promise<CapturedTrack> {
    await prepared;
    const capture = await takeCapture(mediaKindOf(track.source));
    const { programs, reports } = parts;
    const { media } = order;
    const captured = captureTrack({
      prepared: capture,
      wanted: track,
      media,
      reports,
      programs,
      clock,
      log,
      write,
    });
    void captured.over.then((hasFailed) => onOver(key, hasFailed), onBroken);
    return captured;
  }

  function onBroken(err: unknown): void {
    log.error({ err }, "a track could not be finished");
    fault("recorder-failed");
  }

  async function onOver(key: string, hasFailed: boolean): Promise<void> {
    running.delete(key);
    if (isClosed || hasFault || !wanted.has(key)) return;
    if (!hasFailed) return follow();
    const now = clock.now();
    const recent = [...(faults.get(key) ?? []), now].filter((at) => at > now - FAULTS_WITHIN_MS);
    faults.set(key, recent);
    log.warn({ producer: key, faults: recent.length }, "a track's capture ended by a fault");
    if (await parts.isDiskFull()) return fault("disk-full");
    if (recent.length > FAULTS_ALLOWED) return fault("recorder-failed");
    if (recent.length === 1) return follow();
    const cancel = clock.after(RETRY_MS, () => {
      retries.delete(cancel);
      follow();
    });
    retries.add(cancel);
  }

  /** Makes what runs be what is wanted. */
  function follow(): void {
    if (isClosed || hasFault) return;
    for (const [key, track] of running) {
      if (!wanted.has(key)) track.then((one) => one.end("ended")).catch(() => undefined);
    }
    for (const [key, track] of wanted) {
      if (running.has(key)) continue;
      const started = start(key, track);
      running.set(key, started);
      started.catch(onBroken);
    }
  }

  async function finish(why: "ended" | "server-stopped", last: ManifestLine | null): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    for (const cancel of retries) cancel();
    const tracks = [...running.values()];
    await prepared;
    await Promise.all(tracks.map((track) => track.then((one) => one.end(why)).catch(() => undefined)));
    const left = [...spares.values()];
    await Promise.all(left.map((spare) => spare.then((one) => one.discard()).catch(() => undefined)));
    if (last) await write(last);
    await manifest.close();
    parts.onClosed();
  }

  return {
    capture(tracks) {
      wanted = new Map(tracks.filter((track) => track.isLive).map((track) => [keyOf(track), track]));
      follow();
    },
    note(line) {
      if (!isClosed) void prepared.then(() => write(line));
    },
    end: (reason) => finish("ended", { type: "ended", at: clock.now(), reason }),
    close: () => finish("server-stopped", null),
  };
}
