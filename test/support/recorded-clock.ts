import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { numberShown, SQUARES } from "./clock-samples.ts";

const run = promisify(execFile);
/** The last square stays black: an export shows who speaks there. */
const QUARTERS = 2 ** 15;

/** The time (epoch ms, near the given one) that a picture of the clock tab shows; squares a pixel each. */
export function timeShown(squares: Buffer, nearAt: number): number {
  const near = Math.floor(nearAt / 250);
  const shown = numberShown(squares) % QUARTERS;
  const turns = Math.round((near - shown) / QUARTERS);
  return 250 * (shown + turns * QUARTERS);
}

/** The squares of the frame that a file shows at a second; null where there is none. */
export async function squaresAt(file: string, second: number): Promise<Buffer | null> {
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-v", "error", "-nostdin", "-ss", second.toFixed(3), "-i", file, "-frames:v", "1"],
      ...["-vf", `scale=${SQUARES}:${SQUARES}:flags=area,format=gray`, "-f", "rawvideo", "pipe:1"],
    ],
    { encoding: "buffer" },
  );
  return stdout.length === SQUARES * SQUARES ? stdout : null;
}
