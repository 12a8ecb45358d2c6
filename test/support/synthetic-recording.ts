import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { oggPacketsIn } from "../../recordings/ogg-packets.ts";
import { webmFromOpus } from "../../recordings/opus-webm.ts";
import { segmentName } from "../../recordings/track-files.ts";
import type { ManifestLine } from "../../server/protocol/recordings.ts";
import { type RecordedTrack, recordedLineAt, writeManifest } from "./recorded-story.ts";
import { CLOCK } from "./synthetic-clock.ts";

const run = promisify(execFile);
const { TICKS_PER_S, BITS, SQUARE } = CLOCK;
const SEGMENT_S = 10;
const FRAME_MS = 20;
const WIDTH = 320;
const HEIGHT = 180;

/** Half a picture each, the same in every run. */
const NOISE = Array.from({ length: 7 }, (_, field) => {
  let state = field + 1;
  const next = () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return 100 + (state % 40);
  };
  return Buffer.from(Array.from({ length: (WIDTH * HEIGHT) / 2 }, next));
});

export interface SyntheticTrack extends RecordedTrack {
  /** Seconds of the recording; whole segments. */
  readonly fromS: number;
  readonly toS: number;
  /** A track from the same moment whose files these are too, so that they are made once. */
  readonly like?: string;
}

export interface SyntheticRecording {
  readonly startAt: number;
  readonly head?: object;
  readonly tracks: readonly SyntheticTrack[];
  readonly lines?: (line: ReturnType<typeof recordedLineAt>) => readonly ManifestLine[];
  /** Of microphones, in hertz. */
  readonly tone?: number;
  /** Pictures are as hard to encode as a real camera's. */
  readonly isNoisy?: boolean;
  /** Where it was stopped properly; a recording that was cut off has no end. */
  readonly endedS?: number;
}

/** Writes a recording whose pictures show the recording's time, and whose microphones hum, without recording anything. */
export async function makeRecording(folder: string, recording: SyntheticRecording): Promise<void> {
  const line = recordedLineAt(recording.startAt);
  const lines: ManifestLine[] = [line.head(recording.head), ...(recording.lines?.(line) ?? [])];
  for (const { fromS, toS, like, ...track } of recording.tracks) {
    lines.push(line.track(1000 * fromS, track));
    await mkdir(join(folder, track.trackId), { recursive: true });
    const isSound = track.source === "microphone" || track.source === "screen-audio";
    if (like !== undefined) await linkAll(join(folder, like), join(folder, track.trackId));
    else if (isSound) await writeSound(folder, track.trackId, toS - fromS, recording.tone ?? 443);
    else await writePictures(folder, track.trackId, { fromS, toS }, recording.isNoisy ?? false);
    for (const [number, name] of (await readdir(join(folder, track.trackId))).sort().entries()) {
      const { size: bytes } = await stat(join(folder, track.trackId, name));
      const beginsS = fromS + number * SEGMENT_S;
      const endsS = Math.min(beginsS + SEGMENT_S, toS);
      lines.push(line.segment(track.trackId, number, [1000 * beginsS, 1000 * endsS], { bytes }));
    }
  }
  if (recording.endedS !== undefined) lines.push(line.ended(1000 * recording.endedS));
  await writeManifest(folder, lines);
}

async function linkAll(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) await link(join(from, name), join(to, name));
}

async function writePictures(
  folder: string,
  trackId: string,
  { fromS, toS }: { readonly fromS: number; readonly toS: number },
  isNoisy: boolean,
): Promise<void> {
  const child = spawn(
    "ffmpeg",
    [
      ...["-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${WIDTH}x${HEIGHT}`],
      ...["-r", String(TICKS_PER_S), "-i", "pipe:0", "-threads", "1"],
      ...["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "400k"],
      ...["-g", "1000", "-force_key_frames", `expr:gte(t,n_forced*${SEGMENT_S})`, "-auto-alt-ref", "0"],
      ...["-f", "segment", "-segment_time", String(SEGMENT_S), "-segment_format", "webm"],
      ...["-reset_timestamps", "1", join(folder, trackId, "%06d.webm")],
    ],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  const closed = once(child, "close");
  for (let tick = fromS * TICKS_PER_S; tick < toS * TICKS_PER_S; tick += 1) {
    if (!child.stdin.write(pictureAt(tick, isNoisy))) await once(child.stdin, "drain");
  }
  child.stdin.end();
  const [status] = await closed;
  if (status !== 0) throw new Error("ffmpeg made no pictures");
}

/** The clock on grey stripes that wander, so that pictures differ by more than the clock. */
function pictureAt(tick: number, isNoisy: boolean): Buffer {
  const picture = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128);
  for (let y = SQUARE; y < HEIGHT; y += 1) {
    picture.fill(40 + ((y + tick * 3) % 120), y * WIDTH, (y + 1) * WIDTH);
  }
  if (isNoisy) NOISE[tick % NOISE.length]?.copy(picture, (HEIGHT / 2) * WIDTH);
  picture.fill(16, 0, SQUARE * WIDTH);
  for (let bit = 0; bit < BITS; bit += 1) {
    if (Math.floor(tick / 2 ** bit) % 2 === 0) continue;
    for (let y = 0; y < SQUARE; y += 1) {
      picture.fill(235, y * WIDTH + bit * SQUARE, y * WIDTH + (bit + 1) * SQUARE);
    }
  }
  return picture;
}

/** One tone from the beginning to the end, whose segments join as captured ones do. */
async function writeSound(folder: string, trackId: string, lastsS: number, tone: number): Promise<void> {
  const file = join(folder, "tone.ogg");
  const source = `sine=frequency=${tone}:sample_rate=48000:duration=${lastsS}`;
  const codec = ["-c:a", "libopus", "-ac", "1", "-b:a", "24k"];
  await run("ffmpeg", ["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", source, ...codec, file]);
  const packets = oggPacketsIn(await readFile(file)).slice(2);
  await rm(file);
  const inSegment = (1000 * SEGMENT_S) / FRAME_MS;
  const frames = (1000 * lastsS) / FRAME_MS;
  for (let first = 0; first < frames; first += inSegment) {
    const own = packets.slice(first, Math.min(first + inSegment, frames));
    const timed = own.map((data, index) => ({ atMs: index * FRAME_MS, data }));
    await writeFile(join(folder, trackId, segmentName(first / inSegment)), webmFromOpus(timed, 1));
  }
}
