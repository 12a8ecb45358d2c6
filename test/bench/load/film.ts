import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { benchCacheDir } from "./built-tool.ts";

const run = promisify(execFile);
const SECONDS = 12;

/** What is shown: VP8, one keyframe at the beginning, so that further ones come only when they are asked for. */
const FILMS = {
  /** A camera's 360p layer. */
  camera: { size: "640x360", rate: 30, kbps: 500 },
  /** Its 180p layer. */
  thumbnail: { size: "320x180", rate: 30, kbps: 120 },
  /** A screen share at full resolution. */
  screen: { size: "1280x720", rate: 15, kbps: 2300 },
  /** What a share is held to in a class of more than 300. */
  narrowScreen: { size: "1280x720", rate: 5, kbps: 250 },
} as const;

export type FilmName = keyof typeof FILMS;

/** The IVF file of a film, encoded by ffmpeg the first time. */
export async function filmFile(name: FilmName): Promise<string> {
  const { size, rate, kbps } = FILMS[name];
  const file = join(await benchCacheDir(), `${name}-${size}-${rate}-${kbps}.ivf`);
  if (existsSync(file)) return file;
  const aside = `${file}.${process.pid}.ivf`;
  const source = ["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=${rate}`, "-t", String(SECONDS)];
  const rates = ["-b:v", `${kbps}k`, "-maxrate", `${Math.round(kbps * 1.2)}k`, "-bufsize", `${kbps}k`];
  const codec = ["-c:v", "libvpx", ...rates, "-g", "9999", "-deadline", "realtime", "-cpu-used", "8"];
  await run("ffmpeg", ["-v", "error", "-y", ...source, ...codec, aside]);
  await rename(aside, file);
  return file;
}
