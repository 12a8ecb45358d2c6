import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { manifestFrom } from "../../recordings/manifest-file.ts";
import type { ManifestLine } from "../../server/protocol/recordings.ts";

const run = promisify(execFile);

export async function manifestIn(folder: string): Promise<readonly ManifestLine[]> {
  return manifestFrom(await readFile(join(folder, "manifest.jsonl"), "utf8").catch(() => ""));
}

export function linesOf<Type extends ManifestLine["type"]>(
  lines: readonly ManifestLine[],
  type: Type,
): readonly Extract<ManifestLine, { type: Type }>[] {
  return lines.filter((line): line is Extract<ManifestLine, { type: Type }> => line.type === type);
}

/** How many frames of a file decode without an error. */
export async function decodedFrames(file: string): Promise<number> {
  const { stdout } = await run("ffprobe", [
    ...["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames"],
    ...["-of", "csv=p=0", file],
  ]);
  return Number.parseInt(stdout, 10);
}

/** Whether the file's first frame can be decoded by itself. */
export async function beginsWithKeyFrame(file: string): Promise<boolean> {
  const { stdout } = await run("ffprobe", [
    ...["-v", "error", "-read_intervals", "%+#1", "-show_entries", "packet=flags", "-of", "csv=p=0", file],
  ]);
  return stdout.startsWith("K");
}

/** When, in seconds of the file, darkness or silence ends. */
export async function wakingsIn(file: string, kind: "audio" | "video"): Promise<readonly number[]> {
  const filter = kind === "video" ? "blackdetect=d=0.2:pix_th=0.3" : "silencedetect=n=-30dB:d=0.2";
  const { stderr } = await run("ffmpeg", [
    ...["-hide_banner", "-nostdin", "-i", file, kind === "video" ? "-vf" : "-af", filter, "-f", "null", "-"],
  ]);
  const pattern = kind === "video" ? /black_end:([\d.]+)/g : /silence_end: ([\d.]+)/g;
  return [...stderr.matchAll(pattern)].map((match) => Number(match[1]));
}
