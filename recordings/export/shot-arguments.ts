import { seconds } from "./segment-list.ts";

export const WIDTH = 1280;
export const HEIGHT = 720;
export const CORNER_WIDTH = 240;
export const CORNER_HEIGHT = 136;
export const MARGIN = 16;
/** What the corner takes of the picture's width. */
const FREE_WIDTH = CORNER_WIDTH + 2 * MARGIN;
const FRAMES_PER_S = 25;
/** As the cards have it: what nothing covers. */
const BACKGROUND = "0x0f172a";
/** 720p of slides and faces; also what the size is estimated by. */
export const VIDEO_BITS_PER_S = 1_200_000;

/** A moving picture: a list of segments, or a still one: a file. */
export type Input =
  | { readonly kind: "list"; readonly file: string; readonly offsetMs: number }
  | { readonly kind: "still"; readonly file: string };

export interface ShotInputs {
  readonly frames: number;
  /** Fills the picture as far as its shape allows, or what is left of it beside the corner. */
  readonly stage: Input | null;
  readonly isStageBeside: boolean;
  /** In the corner; a still one has its size already. */
  readonly corner: Input | null;
  /** The corner's, or else the stage's person: a picture with transparency. */
  readonly label: { readonly file: string; readonly isInCorner: boolean } | null;
  readonly out: string;
}

/**
 * ffmpeg's arguments for one shot: a constant rate comes from the background, on which everything else is laid as it
 * is at that moment. Pictures may change their size within a track: only `scale` and `overlay` see them, which follow
 * (`-reinit_filter 0`); a graph that is built anew would lose its place.
 */
export function shotArguments({
  frames,
  stage,
  isStageBeside,
  corner,
  label,
  out,
}: ShotInputs): readonly string[] {
  const inputs: string[] = [];
  const steps = [`color=c=${BACKGROUND}:s=${WIDTH}x${HEIGHT}:r=${FRAMES_PER_S}[v0]`];
  let count = 0;
  const lay = (input: Input, scale: string | null, place: string): void => {
    inputs.push(...inputArguments(input));
    const shift = input.kind === "list" ? `setpts=PTS+(${seconds(input.offsetMs)})/TB` : "null";
    steps.push(`[${count}:v]${shift}${scale ? `,${scale}` : ""}[i${count}]`);
    steps.push(`[v${count}][i${count}]overlay=${place}:eof_action=repeat[v${count + 1}]`);
    count += 1;
  };
  const stageWidth = isStageBeside ? WIDTH - FREE_WIDTH : WIDTH;
  if (stage) lay(stage, fitted(stageWidth, HEIGHT), stagePlace(corner !== null));
  const right = `x=W-${MARGIN}-`;
  const bottom = `y=H-${MARGIN}-`;
  const centre = `${right}${CORNER_WIDTH / 2}-w/2:${bottom}${CORNER_HEIGHT / 2}-h/2`;
  if (corner?.kind === "list") lay(corner, fitted(CORNER_WIDTH, CORNER_HEIGHT), centre);
  else if (corner) lay(corner, null, `${right}w:${bottom}h`);
  if (label) {
    const place = label.isInCorner ? `${right}${CORNER_WIDTH}:${bottom}h` : `x=${MARGIN}:${bottom}h`;
    lay({ kind: "still", file: label.file }, null, place);
  }
  steps.push(`[v${count}]setsar=1,format=yuv420p[out]`);
  return [
    ...inputs,
    ...["-filter_complex", steps.join(";"), "-map", "[out]", "-frames:v", String(frames)],
    ...encoderArguments(),
    ...["-f", "matroska", out],
  ];
}

function inputArguments(input: Input): readonly string[] {
  if (input.kind === "still") return ["-i", input.file];
  return [
    ...["-reinit_filter", "0", "-threads", "1", "-protocol_whitelist", "file"],
    ...["-f", "concat", "-safe", "0", "-i", input.file],
  ];
}

function fitted(width: number, height: number): string {
  return `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic`;
}

/** In the middle; at the left where the corner then covers nothing of it. */
function stagePlace(hasCorner: boolean): string {
  const isInTheWay = `gt(${FREE_WIDTH}\\,(W-w)/2)*gte(W-w\\,${FREE_WIDTH})`;
  return `${hasCorner ? `x='(W-w)/2*(1-${isInTheWay})'` : "x=(W-w)/2"}:y=(H-h)/2`;
}

/** Without B-frames every piece begins and ends at its own frames; each carries its headers, and all are alike. */
function encoderArguments(): readonly string[] {
  const colours = ["-colorspace", "-color_primaries", "-color_trc"].flatMap((name) => [name, "smpte170m"]);
  return [
    ...[
      "-an",
      "-c:v",
      "libx264",
      "-threads",
      "1",
      "-preset",
      "veryfast",
      "-profile:v",
      "high",
      "-level",
      "3.1",
    ],
    ...["-bf", "0", "-g", String(10 * FRAMES_PER_S), "-crf", "25", "-x264-params", "repeat-headers=1"],
    ...["-maxrate", String(VIDEO_BITS_PER_S), "-bufsize", String(2 * VIDEO_BITS_PER_S)],
    ...[...colours, "-color_range", "tv"],
  ];
}
