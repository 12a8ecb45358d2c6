import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { numberShown, SQUARES } from "./clock-samples.ts";

const run = promisify(execFile);
const QUARTERS = 2 ** 16;

/** The time (epoch ms, near the given one) that a picture of the clock tab shows; squares a pixel each. */
export function timeShown(squares: Buffer, nearAt: number): number {
  const near = Math.floor(nearAt / 250);
  const shown = numberShown(squares);
  const turns = Math.round((near - shown) / QUARTERS);
  return 250 * (shown + turns * QUARTERS);
}

/** The squares of the frame that a file shows at a second; null where there is none. Only `part` of the picture counts. */
export async function squaresAt(file: string, second: number, part = "iw:ih:0:0"): Promise<Buffer | null> {
  const { stdout } = await run(
    "ffmpeg",
    [
      ...["-v", "error", "-nostdin", "-ss", second.toFixed(3), "-i", file, "-frames:v", "1"],
      ...[
        "-vf",
        `crop=${part},scale=${SQUARES}:${SQUARES}:flags=area,format=gray`,
        "-f",
        "rawvideo",
        "pipe:1",
      ],
    ],
    { encoding: "buffer" },
  );
  return stdout.length === SQUARES * SQUARES ? stdout : null;
}
