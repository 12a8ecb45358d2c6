import { open } from "node:fs/promises";
import { type ManifestLine, manifestLineSchema } from "../server/protocol/recordings.ts";
import { countedLines, newestEpochIn } from "./manifest-file.ts";

/** So many lines are checked before sockets have their turn: some milliseconds. */
const LINES_AT_A_TIME = 300;

/** What was read of a manifest: all whole lines before `offset`. */
export interface ReadManifest {
  /** Of the file: another one begins anew. */
  readonly inode: number;
  readonly offset: number;
  readonly lines: readonly ManifestLine[];
}

/**
 * Reads what was appended to a manifest since it was last read, in pieces between which others have their turn. What a
 * stop cut off at the end is left out. Throws for a broken line before it.
 */
export async function readManifest(path: string, known: ReadManifest | null): Promise<ReadManifest> {
  const file = await open(path, "r");
  try {
    const { ino, size } = await file.stat();
    const before = known?.inode === ino && known.offset <= size ? known : null;
    const offset = before?.offset ?? 0;
    const bytes = Buffer.alloc(size - offset);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
    const whole = bytes.subarray(0, bytes.lastIndexOf("\n", bytesRead) + 1);
    const lines = before?.lines ?? [];
    const added = countedLines(await linesFrom(whole.toString("utf8")), newestEpochIn(lines));
    return { inode: ino, offset: offset + whole.length, lines: [...lines, ...added] };
  } finally {
    await file.close();
  }
}

async function linesFrom(text: string): Promise<readonly ManifestLine[]> {
  const lines: ManifestLine[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    lines.push(manifestLineSchema.parse(JSON.parse(line)));
    if (lines.length % LINES_AT_A_TIME === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return lines;
}
