import { spawn } from "node:child_process";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Programs } from "./find-programs.ts";
import { withOneCluster } from "./single-cluster.ts";

/**
 * Makes a whole file of one that was cut off, with its index and length; what cannot be read of it is lost. Null where
 * nothing is left. The file at `part` is removed.
 */
export async function salvageSegment(
  { ffmpeg }: Programs,
  part: string,
  file: string,
): Promise<{ readonly seconds: number; readonly bytes: number } | null> {
  const aside = `${part}.whole`;
  const args = [
    "-v",
    "quiet",
    "-nostdin",
    "-progress",
    "pipe:1",
    "-y",
    "-i",
    part,
    "-c",
    "copy",
    "-f",
    "webm",
  ];
  const child = spawn(ffmpeg, [...args, aside], { env: {}, stdio: ["ignore", "pipe", "ignore"] });
  const closed = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  });
  const said = child.stdout ? await text(child.stdout).catch(() => "") : "";
  await closed;
  const seconds = Number([...said.matchAll(/^out_time_us=(\d+)$/gm)].at(-1)?.[1] ?? 0) / 1e6;
  const saved = await readFile(aside).catch(() => Buffer.alloc(0));
  await rm(part, { force: true });
  if (seconds === 0 || saved.length === 0) {
    await rm(aside, { force: true });
    return null;
  }
  const whole = withOneCluster(saved) ?? saved;
  await writeFile(aside, whole);
  await rename(aside, file);
  return { seconds, bytes: whole.length };
}
