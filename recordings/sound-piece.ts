import type { SoundQuality } from "../server/protocol/playback.ts";
import { oggPacketsIn } from "./ogg-packets.ts";
import { type TimedPacket, webmFromOpus } from "./opus-webm.ts";
import { SOUND_RATE, type SoundMixOrder, soundMixFrom } from "./sound-mix.ts";

/** One packet's. */
const FRAME_MS = 20;
/** Encoded before the piece and thrown away: at its beginning the encoder is as if it had never stopped. */
const PREROLL_FRAMES = 10;
/** libopus is late by so many samples. */
const LOOKAHEAD = 312;
/** Two packets of an Ogg stream tell what it is. */
const OGG_HEADERS = 2;
const BITRATES = { full: "32k", thin: "16k" } as const;

/**
 * Arguments of ffmpeg that encode a stretch of a class's sound, a whole number of frames, onto standard output;
 * `soundPieceFrom` makes the file of it.
 */
export function soundPieceArguments(order: SoundMixOrder, quality: SoundQuality): readonly string[] {
  const lateMs = (LOOKAHEAD * 1000) / SOUND_RATE;
  const fromMs = order.fromMs - PREROLL_FRAMES * FRAME_MS + lateMs;
  const { inputs, filter } = soundMixFrom({ ...order, fromMs, toMs: order.toMs + lateMs });
  const codec = ["-c:a", "libopus", "-b:a", BITRATES[quality], "-frame_duration", String(FRAME_MS)];
  return [...inputs, "-filter_complex", filter, "-map", "[mix]", ...codec, "-f", "ogg", "pipe:1"];
}

/** The WebM file of what ffmpeg encoded: frame by frame from 0, so that pieces join without a seam. */
export function soundPieceFrom(ogg: Buffer, lengthMs: number): Buffer {
  const frames = oggPacketsIn(ogg).slice(OGG_HEADERS + PREROLL_FRAMES);
  const wanted = lengthMs / FRAME_MS;
  if (frames.length < wanted) throw new Error(`there are ${frames.length} frames of ${wanted}`);
  const packets: TimedPacket[] = frames
    .slice(0, wanted)
    .map((data, index) => ({ atMs: index * FRAME_MS, data }));
  return webmFromOpus(packets, 1);
}
