import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { type ManifestLine, manifestLineSchema } from "../server/protocol/recordings.ts";

export interface ManifestFile {
  /** Appends lines that come in one turn together; resolves when they are on the disk. Rejects when they are not. */
  append(line: ManifestLine): Promise<void>;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export function manifestPath(folder: string): string {
  return join(folder, "manifest.jsonl");
}

/**
 * Appends to a recording's manifest: each write is followed by fsync. In a cluster each line carries the epoch in which
 * this node took the class.
 */
export function openManifest(folder: string, epoch?: number): ManifestFile {
  let waiting: string[] = [];
  let file: Promise<FileHandle> | null = null;
  let writing: Promise<void> | null = null;
  let tail: Promise<unknown> = Promise.resolve();

  async function write(): Promise<void> {
    await tail.catch(() => undefined);
    const text = waiting.join("");
    waiting = [];
    writing = null;
    file ??= open(manifestPath(folder), "a");
    const handle = await file;
    await handle.appendFile(text);
    await handle.sync();
  }

  return {
    append(line) {
      waiting.push(`${JSON.stringify(epoch === undefined ? line : { ...line, epoch })}\n`);
      if (!writing) {
        writing = write();
        tail = writing;
      }
      return writing;
    },
    async close() {
      await tail.catch(() => undefined);
      const handle = await file?.catch(() => null);
      file = null;
      await handle?.close();
    },
  };
}

/** The epoch of whoever took a recording up last; 0 where no cluster did. */
export function newestEpochIn(lines: readonly ManifestLine[]): number {
  return lines.reduce((newest, line) => Math.max(newest, line.epoch ?? 0), 0);
}

/**
 * The lines that count: a node that stood still, and then went on, may write a few more where another has taken the
 * recording up. `newest` is the epoch of the lines before these.
 */
export function countedLines(lines: readonly ManifestLine[], newest = 0): readonly ManifestLine[] {
  let current = newest;
  return lines.filter((line) => {
    current = Math.max(current, line.epoch ?? 0);
    return (line.epoch ?? 0) === current;
  });
}

/**
 * The lines of a manifest that count; what a stop cut off at the end is left out. Throws for a broken line before it.
 */
export function manifestFrom(text: string): readonly ManifestLine[] {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const lines = whole.split("\n").filter((line) => line !== "");
  return countedLines(lines.map((line) => manifestLineSchema.parse(JSON.parse(line))));
}
