import { FRAME_MS } from "./export-plan.ts";
import { seconds } from "./segment-list.ts";

const SAMPLES_PER_MS = 48;
/** Sound that is off its time by more is put there by silence or by a cut, as after packets that never came. */
const MAX_OFF_S = 0.02;
/** Decoding begins so much earlier: a decoder needs some packets until it sounds as if it had always run. */
export const LEAD_MS = 1_000;
/** Pieces are kept at half their loudness, so that many voices at once are not cut; the end takes it back. */
export const HEADROOM = 0.5;

export interface SoundInputs {
  readonly frames: number;
  /** Lists of segments; `offsetMs` from the beginning of the piece. */
  readonly lists: readonly { readonly file: string; readonly offsetMs: number }[];
  readonly out: string;
}

/**
 * ffmpeg's arguments for one piece of mixed sound, exact to the sample and without loss (FLAC), so that pieces follow
 * each other as if they were one. Gaps become silence; each piece begins at its own time, so that no clock's drift adds up.
 */
export function soundArguments({ frames, lists, out }: SoundInputs): readonly string[] {
  const samples = frames * FRAME_MS * SAMPLES_PER_MS;
  const beginMs = Math.min(0, ...lists.map(({ offsetMs }) => offsetMs));
  const from = Math.round(-beginMs * SAMPLES_PER_MS);
  const exact = [
    `apad=whole_len=${from + samples}`,
    `atrim=start_sample=${from}:end_sample=${from + samples}`,
    "asetpts=N/SR/TB",
  ];
  const steps = lists.map(
    ({ offsetMs }, index) =>
      `[${index}:a]asetpts=PTS+${seconds(offsetMs - beginMs)}/TB,` +
      `aresample=48000:async=1:min_hard_comp=${MAX_OFF_S}:first_pts=0,` +
      `aformat=sample_fmts=fltp:channel_layouts=stereo,volume=${HEADROOM}[a${index}]`,
  );
  const all = lists.map((_, index) => `[a${index}]`).join("");
  const mixed =
    lists.length === 0
      ? "anullsrc=r=48000:cl=stereo"
      : `${all}amix=inputs=${lists.length}:duration=longest:normalize=0`;
  return [
    ...lists.flatMap(({ file }) => [
      ...["-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-i", file],
    ]),
    ...["-filter_complex", `${[...steps, `${mixed},${exact.join(",")}`].join(";")}[out]`, "-map", "[out]"],
    ...["-c:a", "flac", "-compression_level", "1", "-sample_fmt", "s16", "-f", "flac", out],
  ];
}
