import { join } from "node:path";
import type { RoomId } from "../server/protocol/ids.ts";
import type { PlaybackSegment, PlaybackTrack } from "../server/protocol/playback.ts";
import { segmentName } from "./track-files.ts";

export const SOUND_RATE = 48_000;
/** A decoder that begins in the middle sounds right after so long (RFC 7845 asks for 80 ms). */
const DECODER_MS = 100;
/** A gap in a track that is longer is silence; a shorter one is how its packets came. */
const GAP_S = 0.02;

/** What a class heard in a stretch of time: the microphones and shared sound of a room. */
export interface SoundMixOrder {
  /** The recording's. */
  readonly folder: string;
  readonly tracks: readonly PlaybackTrack[];
  readonly room: RoomId;
  /** Milliseconds of the recording; may lie before its beginning or after its end, which is silence. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Arguments of ffmpeg. */
export interface SoundMix {
  /** Inputs, from the first one on: others go behind them. */
  readonly inputs: readonly string[];
  /** Part of a filter graph that ends in `[mix]`: mono, 48 kHz, float. */
  readonly filter: string;
}

/** What of a track sounds in a stretch of time; null where nothing does. */
interface Heard {
  readonly track: PlaybackTrack;
  readonly segments: readonly PlaybackSegment[];
}

export function heardIn({ tracks, room, fromMs, toMs }: Omit<SoundMixOrder, "folder">): readonly Heard[] {
  return tracks.flatMap((track) => {
    if (track.codec !== "opus" || track.room !== room) return [];
    const segments = track.segments.filter((one) => one.endMs > fromMs - DECODER_MS && one.startMs < toMs);
    return segments.some((one) => one.endMs > fromMs) ? [{ track, segments }] : [];
  });
}

/**
 * Mixes all sound of a stretch of time, exactly as long as it is. Stretches that follow each other join sample by sample,
 * and each begins where the manifest says, so that nothing drifts. Silence where nothing was captured. For stretches
 * of some minutes: each segment's name goes through the command line.
 */
export function soundMixFrom(order: SoundMixOrder): SoundMix {
  const heard = heardIn(order);
  const samples = Math.round(((order.toMs - order.fromMs) / 1000) * SOUND_RATE);
  const silence = `anullsrc=r=${SOUND_RATE}:cl=mono,aformat=sample_fmts=fltp,atrim=end_sample=${samples}`;
  if (heard.length === 0) return { inputs: [], filter: `${silence}[mix]` };
  const tracks = heard.map(({ segments }, index) => trackFilter(index, offsetS(order.fromMs, segments)));
  const names = heard.map((_, index) => `[heard${index}]`).join("");
  const mixed = `[silence]${names}amix=inputs=${heard.length + 1}:duration=first:normalize=0`;
  return {
    inputs: heard.flatMap((one) => inputFor(order.folder, one)),
    // Several voices at once may be louder than full; the limiter leaves what is not as it is.
    filter: `${silence}[silence];${tracks.join("")}${mixed},alimiter=limit=0.97:level=0:latency=1[mix]`,
  };
}

function offsetS(fromMs: number, [first]: readonly PlaybackSegment[]): string {
  return (((first?.startMs ?? fromMs) - fromMs) / 1000).toFixed(6);
}

function trackFilter(index: number, offset: string): string {
  const placed = `asetpts=PTS+(${offset})/TB`;
  const filled = `aresample=${SOUND_RATE}:async=1:min_hard_comp=${GAP_S}:first_pts=0`;
  const format = "aformat=sample_fmts=fltp:channel_layouts=mono";
  return `[${index}:a]${placed},${filled},${format}[heard${index}];`;
}

/** One input a track: its decoder hears the segments one after another, as the class did. */
function inputFor(folder: string, { track, segments }: Heard): readonly string[] {
  const lines = segments.map(({ number, startMs, endMs }, index) => {
    const file = `file:${join(folder, track.trackId, segmentName(number))}`;
    const next = segments[index + 1];
    const lasts = ((next?.startMs ?? endMs) - startMs) / 1000;
    const counts = (endMs - startMs) / 1000;
    const times = `inpoint 0\noutpoint ${counts.toFixed(6)}\nduration ${lasts.toFixed(6)}`;
    return `file ${quoted(file)}\n${times}\n`;
  });
  const script = Buffer.from(`ffconcat version 1.0\n${lines.join("")}`).toString("base64");
  const source = ["-protocol_whitelist", "data,file", "-f", "concat", "-safe", "0"];
  return [...source, "-i", `data:text/plain;base64,${script}`];
}

/** As ffmpeg's lists quote (ffmpeg-utils, "Quoting and escaping"). */
function quoted(name: string): string {
  return `'${name.replaceAll("'", "'\\''")}'`;
}
