import { execFile, spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";

/** Pictures a second; the first of each second is a keyframe. */
export const PICTURES_PER_S = 5;
/** Milliseconds of sound in a packet. */
export const SOUND_MS = 20;
/** Widths of the picture's layers. */
export const LAYER_SIZES = [64, 128] as const;
/** The picture is so many squares wide and high, one bit each. */
export const SQUARES = 4;

/** Where the beep begins. */
const BEEP_PACKET = 1000 / SOUND_MS;

const run = promisify(execFile);

/** A picture that shows what second it is, and a beep, encoded once; who sends them makes RTP of them. */
export interface ClockSamples {
  /** VP8 frames of each layer, in order. */
  readonly pictures: readonly (readonly Buffer[])[];
  /** An Opus packet of 20 ms, and those of a beep with the silence after it. */
  readonly silence: Buffer;
  readonly beep: readonly Buffer[];
}

/** Encodes so many seconds of the picture. */
export async function encodeClock(seconds: number): Promise<ClockSamples> {
  const pictures: (readonly Buffer[])[] = [];
  for (const size of LAYER_SIZES) pictures.push(await encodePictures(size, seconds));
  const sound = await encodeSound();
  const [silence] = sound.slice(BEEP_PACKET - 1);
  if (!silence) throw new Error("no sound was encoded");
  return { pictures, silence, beep: sound.slice(BEEP_PACKET, BEEP_PACKET + 25) };
}

async function encodePictures(size: number, seconds: number): Promise<readonly Buffer[]> {
  const child = spawn("ffmpeg", [
    ...["-v", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s", `${size}x${size}`],
    ...["-r", String(PICTURES_PER_S), "-i", "pipe:0", "-pix_fmt", "yuv420p", "-c:v", "libvpx"],
    ...["-deadline", "realtime", "-cpu-used", "8", "-lag-in-frames", "0", "-auto-alt-ref", "0"],
    ...["-g", String(PICTURES_PER_S), "-keyint_min", String(PICTURES_PER_S), "-b:v", "150k"],
    ...["-f", "ivf", "pipe:1"],
  ]);
  const encoded = buffer(child.stdout);
  for (let second = 0; second < seconds; second += 1) {
    const picture = pictureOf(second, size);
    const whole = Buffer.concat(Array.from({ length: PICTURES_PER_S }, () => picture));
    if (!child.stdin.write(whole)) await new Promise((resolve) => child.stdin.once("drain", resolve));
  }
  child.stdin.end();
  return ivfFrames(await encoded);
}

/** Sixteen squares: white for a one, the lowest bit first. */
function pictureOf(number: number, size: number): Buffer {
  const side = size / SQUARES;
  const picture = Buffer.alloc(size * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const bit = Math.floor(x / side) + SQUARES * Math.floor(y / side);
      picture[y * size + x] = (number >> bit) & 1 ? 235 : 16;
    }
  }
  return picture;
}

/** The number of a picture that was decoded and scaled down to a pixel a square. */
export function numberShown(squares: Buffer): number {
  return [...squares].reduce((sum, grey, bit) => sum + (grey > 125 ? 2 ** bit : 0), 0);
}

function ivfFrames(ivf: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 32; at + 12 <= ivf.length; ) {
    const length = ivf.readUInt32LE(at);
    frames.push(ivf.subarray(at + 12, at + 12 + length));
    at += 12 + length;
  }
  return frames;
}

/** A second of silence, then a beep of 0.3 s. */
async function encodeSound(): Promise<readonly Buffer[]> {
  const beep = `if(between(t\\,1\\,1.3)\\,0.6*sin(2*PI*1000*t)\\,0)`;
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-v", "error", "-f", "lavfi", "-i", `aevalsrc=${beep}:s=48000:d=2`, "-ac", "2", "-c:a", "libopus"],
      ...["-b:a", "32k", "-vbr", "off", "-frame_duration", String(SOUND_MS), "-f", "ogg", "pipe:1"],
    ],
    { encoding: "buffer" },
  );
  return oggPackets(stdout);
}

/** The packets of an Ogg stream (RFC 3533) after its two heads. */
function oggPackets(ogg: Buffer): readonly Buffer[] {
  const packets: Buffer[] = [];
  let rest: Buffer[] = [];
  for (let at = 0; at + 27 <= ogg.length; ) {
    const count = ogg[at + 26] ?? 0;
    const table = ogg.subarray(at + 27, at + 27 + count);
    let from = at + 27 + count;
    for (const length of table) {
      rest.push(ogg.subarray(from, from + length));
      from += length;
      if (length === 255) continue;
      packets.push(Buffer.concat(rest));
      rest = [];
    }
    at = from;
  }
  return packets.slice(2);
}
