import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";

/** Where segments come to be, beside those that are whole. */
const ASIDE = "aside";

export function trackIdFrom(count: number): string {
  return String(count).padStart(6, "0");
}

export function segmentName(number: number): string {
  return `${String(number).padStart(6, "0")}.webm`;
}

/** The files of one track of a recording. */
export interface TrackFiles {
  readonly asideFolder: string;
  asideFile(number: number): string;
  wholeFile(number: number): string;
  /** As the manifest names it. */
  nameOf(number: number): string;
  make(): Promise<void>;
  /** Moves a finished segment to its place, durably; its size in bytes, or 0 for an empty one, which is removed. */
  finish(number: number): Promise<number>;
  /** The numbers of the segments that are not finished. */
  unfinished(): Promise<readonly number[]>;
  clear(): Promise<void>;
}

export function trackFilesIn(recordingFolder: string, trackId: string): TrackFiles {
  const asideFolder = join(recordingFolder, ASIDE, trackId);
  const wholeFolder = join(recordingFolder, trackId);
  const asideFile = (number: number) => join(asideFolder, segmentName(number));
  const wholeFile = (number: number) => join(wholeFolder, segmentName(number));
  return {
    asideFolder,
    asideFile,
    wholeFile,
    nameOf: (number) => `${trackId}/${segmentName(number)}`,
    async make() {
      await mkdir(asideFolder, { recursive: true });
      await mkdir(wholeFolder, { recursive: true });
    },
    async finish(number) {
      const handle = await open(asideFile(number), "r");
      try {
        const { size } = await handle.stat();
        if (size === 0) return 0;
        await handle.sync();
        await rename(asideFile(number), wholeFile(number));
        return size;
      } finally {
        await handle.close();
      }
    },
    async unfinished() {
      const names = await readdir(asideFolder).catch(() => []);
      return names
        .flatMap((name) => /^(\d{6})\.webm$/.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
    },
    async clear() {
      await rm(asideFolder, { recursive: true, force: true });
      // Goes only where nothing was captured.
      await rmdir(wholeFolder).catch(() => undefined);
    },
  };
}

/** The tracks that were not finished when the server last stopped. */
export async function unfinishedTracks(recordingFolder: string): Promise<readonly string[]> {
  const names = await readdir(join(recordingFolder, ASIDE)).catch(() => []);
  return names.filter((name) => /^\d{6}$/.test(name)).sort();
}
