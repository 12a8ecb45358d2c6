import { spawn } from "node:child_process";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import type { MediaSource } from "../../server/protocol/media.ts";
import { numberShown, SQUARES } from "./clock-samples.ts";
import { linesOf, manifestIn } from "./recorded.ts";

/** So many segments are decoded by one program. */
const BATCH = 60;
const SAMPLES_PER_S = 8_000;
const LOUD = 0.1;
/** Quiet for so long, or it is the same beep. */
const QUIET_S = 0.5;
/** Pictures and beeps that are so near to each other are compared. */
const NEAR_MS = 4_000;

interface Segment {
  readonly file: string;
  readonly startAt: number;
  readonly endAt: number;
}

/** Segments decoded by one program, each so many seconds after the one before: longer than any of them. */
interface Batch {
  readonly segments: readonly Segment[];
  readonly apartS: number;
  /** What ffmpeg reads them from. */
  readonly list: string;
}

function batchesFrom(folder: string, segments: readonly Segment[]): readonly Batch[] {
  const count = Math.ceil(segments.length / BATCH);
  return Array.from({ length: count }, (_, index) => {
    const part = segments.slice(index * BATCH, (index + 1) * BATCH);
    const apartS = 2 + Math.ceil(Math.max(...part.map(({ startAt, endAt }) => endAt - startAt)) / 1000);
    const files = part.map(({ file }) => `file 'file:${join(folder, file)}'\nduration ${apartS}\n`);
    return { segments: part, apartS, list: `ffconcat version 1.0\n${files.join("")}` };
  });
}

/** The class clock's time of a second of a batch. */
function timeIn({ segments, apartS }: Batch, second: number): number {
  const index = Math.floor((second + 0.01) / apartS);
  return (segments[index]?.startAt ?? Number.NaN) + 1000 * (second - index * apartS);
}

async function decode({ list }: Batch, before: readonly string[], after: readonly string[]) {
  const reading = ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe", "-i", "pipe:0"];
  const child = spawn("ffmpeg", ["-hide_banner", ...before, ...reading, ...after]);
  child.stdin.end(list);
  const [out, said] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  return { out, said };
}

interface KeyPicture {
  readonly at: number;
  readonly shows: number;
  readonly width: number;
}

/** Keyframes: when they were, which second they show, and how wide they are. */
async function keyPicturesIn(batch: Batch): Promise<readonly KeyPicture[]> {
  const { out, said } = await decode(
    batch,
    ["-skip_frame", "nokey"],
    [
      ...["-fps_mode", "passthrough", "-vf"],
      `showinfo,scale=${SQUARES}:${SQUARES}:flags=area,format=gray`,
      ...["-f", "rawvideo", "pipe:1"],
    ],
  );
  const size = SQUARES * SQUARES;
  return [...said.matchAll(/pts_time:([\d.]+).* s:(\d+)x/g)].map(([, second, width], index) => ({
    at: timeIn(batch, Number(second)),
    width: Number(width),
    shows: numberShown(out.subarray(index * size, (index + 1) * size)),
  }));
}

/** When silence ends. */
async function beepsIn(batch: Batch): Promise<readonly number[]> {
  const { out } = await decode(
    batch,
    [],
    [
      ...["-af", "aresample=async=1:min_hard_comp=0.01:first_pts=0", "-ac", "1"],
      ...["-ar", String(SAMPLES_PER_S), "-f", "f32le", "pipe:1"],
    ],
  );
  const beeps: number[] = [];
  let loudAt = 0;
  for (let index = 0; index * 4 + 4 <= out.length; index += 1) {
    if (Math.abs(out.readFloatLE(index * 4)) < LOUD) continue;
    const second = index / SAMPLES_PER_S;
    // What begins with its segment may have begun before.
    const isWhole = second % batch.apartS > QUIET_S;
    if (index - loudAt > QUIET_S * SAMPLES_PER_S && isWhole) beeps.push(timeIn(batch, second));
    loudAt = index;
  }
  return beeps;
}

/** How far a moment of a recording is from when it was, in milliseconds of the class clock. */
export interface Offset {
  readonly at: number;
  readonly offMs: number;
}

export interface Offsets {
  readonly pictures: readonly (Offset & { readonly width: number })[];
  readonly beeps: readonly Offset[];
  /** Each beep against the nearest picture. */
  readonly apartMs: readonly number[];
}

/** Measures one person's recording by decoding it: pictures against the time they show, beeps against when they were. */
export async function offsetsIn(
  folder: string,
  connectionId: ConnectionId,
  truth: { readonly zeroAt: number; readonly beepsAt: readonly number[] },
): Promise<Offsets> {
  const lines = await manifestIn(folder);
  const segmentsOf = (source: MediaSource) => {
    const tracks = linesOf(lines, "track").filter(
      (line) => line.connectionId === connectionId && line.source === source,
    );
    const ids = tracks.map(({ trackId }) => trackId);
    return linesOf(lines, "segment").filter(({ trackId }) => ids.includes(trackId));
  };
  const pictures: (Offset & { readonly width: number })[] = [];
  const beeps: Offset[] = [];
  async function measurePictures() {
    for (const batch of batchesFrom(folder, segmentsOf("camera"))) {
      for (const { at, shows, width } of await keyPicturesIn(batch)) {
        const wasAt = truth.zeroAt + 1000 * shows;
        pictures.push({ width, at: wasAt, offMs: at - wasAt });
      }
    }
  }
  async function measureBeeps() {
    for (const batch of batchesFrom(folder, segmentsOf("microphone"))) {
      for (const at of await beepsIn(batch)) {
        const wasAt = nearest(truth.beepsAt, at);
        beeps.push({ at: wasAt, offMs: at - wasAt });
      }
    }
  }
  await Promise.all([measurePictures(), measureBeeps()]);
  const apartMs = beeps.flatMap((beep) => {
    const at = nearest(
      pictures.map((picture) => picture.at),
      beep.at,
    );
    const picture = pictures.find((one) => one.at === at);
    return picture && Math.abs(at - beep.at) < NEAR_MS ? [Math.abs(beep.offMs - picture.offMs)] : [];
  });
  return { pictures, beeps, apartMs };
}

function nearest(values: readonly number[], to: number): number {
  return values.reduce(
    (best, one) => (Math.abs(one - to) < Math.abs(best - to) ? one : best),
    Number.NEGATIVE_INFINITY,
  );
}
