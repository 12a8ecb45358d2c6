import { execFile } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ManifestLine } from "../../server/protocol/recordings.ts";
import { type RecordedTrack, recordedLineAt, writeManifest } from "./recorded-story.ts";

const run = promisify(execFile);

/** A clock's picture is so many bars wide, black or white: a number in binary, the lowest bit at the left. */
const BARS = 12;
/** The number rises with each tick: often enough to see an error of one frame. */
export const TICK_MS = 40;

/** A track whose picture shows the recording's time, or whose sound beeps at each of its full seconds. */
export interface ClockTrack extends RecordedTrack {
  readonly segments: readonly {
    readonly fromMs: number;
    readonly toMs: number;
    /** Pixels; a clock's own where not said. */
    readonly size?: readonly [number, number];
  }[];
}

/** Makes a recording of clocks: its segments, and its manifest of their lines and the others. Times in milliseconds. */
export async function writeClockRecording(
  folder: string,
  beginsAt: number,
  tracks: readonly ClockTrack[],
  others: readonly ManifestLine[],
): Promise<void> {
  const line = recordedLineAt(beginsAt);
  const lines: ManifestLine[] = [];
  for (const { segments, ...track } of tracks) {
    const { trackId } = track;
    await mkdir(join(folder, trackId), { recursive: true });
    const made = await Promise.all(
      segments.map(async ({ fromMs, toMs, size = [320, 180] }, number) => {
        const file = join(folder, trackId, `${String(number).padStart(6, "0")}.webm`);
        const isSound = track.source === "microphone" || track.source === "screen-audio";
        const input = isSound ? beepArguments(fromMs) : clockArguments(fromMs, size);
        const length = ["-t", String((toMs - fromMs) / 1000)];
        await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", ...input, ...length, file]);
        return line.segment(trackId, number, [fromMs, toMs], { bytes: (await stat(file)).size });
      }),
    );
    lines.push(line.track(segments[0]?.fromMs ?? 0, track), ...made);
  }
  const [head, ...rest] = others;
  const inOrder = [...lines, ...rest].sort((a, b) => a.at - b.at);
  await writeManifest(folder, head ? [head, ...inOrder] : inOrder);
}

function clockArguments(fromMs: number, [width, height]: readonly [number, number]): string[] {
  const number = `(N+${Math.round(fromMs / TICK_MS)})`;
  const bar = `mod(floor(${number}/pow(2,floor(X/8))),2)`;
  const bars = `color=s=${BARS * 8}x8:r=${1000 / TICK_MS},geq=lum='16+219*${bar}':cb=128:cr=128`;
  return [
    ...["-i", `${bars},scale=${width}:${height}:flags=neighbor`, "-pix_fmt", "yuv420p"],
    ...["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M", "-g", "1000"],
  ];
}

function beepArguments(fromMs: number): string[] {
  const second = `mod(t+${fromMs / 1000},1)`;
  const beep = `aevalsrc='if(lt(${second},0.1),0.5*sin(2*PI*1000*t),0)':s=48000:c=stereo`;
  return ["-i", beep, "-c:a", "libopus", "-b:a", "48k", "-application", "lowdelay"];
}

/**
 * The time that a clock shows in a frame of a video, in milliseconds of the recording.
 * @param place where the clock's picture is in the frame, in pixels
 */
export async function clockAt(
  file: string,
  seconds: number,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<number> {
  const crop = `crop=${place.width}:${place.height}:${place.x}:${place.y}`;
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-v", "error", "-ss", String(seconds), "-i", file, "-frames:v", "1"],
      ...["-vf", `${crop},scale=${BARS}:1:flags=area,format=gray`, "-f", "rawvideo", "-"],
    ],
    { encoding: "buffer" },
  );
  const bits = [...stdout.subarray(0, BARS)].map((grey) => (grey > 128 ? 1 : 0));
  return TICK_MS * bits.reduce((sum: number, bit, index) => sum + bit * 2 ** index, 0);
}
