import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findProgram } from "../find-programs.ts";

const run = promisify(execFile);

/** What renders, with what keeps it behind everything else. */
export interface ExportPrograms {
  readonly ffmpeg: string;
  /** Words before ffmpeg's own: lowest priority for processor and disk, and an end with the server. */
  readonly prefix: readonly string[];
}

export type ExportProblem = "recorder-missing" | "encoder-missing";

/** Looks in these folders (a PATH); says what is missing. */
export async function findExportPrograms(path: string): Promise<ExportPrograms | ExportProblem> {
  const ffmpeg = await findProgram("ffmpeg", path);
  if (ffmpeg === null) return "recorder-missing";
  const listed = await run(ffmpeg, ["-hide_banner", "-encoders"], { env: {} }).catch(() => null);
  if (!listed?.stdout.includes(" libx264 ")) return "encoder-missing";
  const words: string[] = [];
  for (const [name, ...args] of [
    ["nice", "-n", "19"],
    ["ionice", "-c3"],
    ["setpriv", "--pdeathsig", "KILL"],
  ] as const) {
    const file = await findProgram(name, path);
    if (file !== null) words.push(file, ...args);
  }
  return { ffmpeg, prefix: words };
}
