import { SOUND_BITS_PER_S } from "./join-arguments.ts";
import { VIDEO_BITS_PER_S } from "./shot-arguments.ts";

/** Slides and faces take half of what is allowed at most. */
const USUAL_SHARE = 0.5;
/** Mixed sound without loss, until it is joined. */
const PIECES_BITS_PER_S = 500_000;

/** What an export of this length takes on the disk at most times: its pieces, and beside them the whole. */
export function exportBytesFor(durationMs: number): number {
  const whole = VIDEO_BITS_PER_S * USUAL_SHARE + SOUND_BITS_PER_S;
  return Math.round(((2 * whole + PIECES_BITS_PER_S) / 8) * (durationMs / 1000));
}
