import { mkdir, open, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { withOneCluster } from "./single-cluster.ts";

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
  /** Makes its folders; false where the track is somebody else's. */
  make(): Promise<boolean>;
  /** Moves a finished segment to its place, durably; its size in bytes, or 0 for an empty one, which is removed. */
  finish(number: number): Promise<number>;
  /** The numbers of the segments that are not finished. */
  unfinished(): Promise<readonly number[]>;
  /** Takes away what is not finished. */
  dropAside(): Promise<void>;
  /** The same, and the track's folder where nothing was captured: its number may be given anew. */
  clear(): Promise<void>;
}

export function trackFilesIn(recordingFolder: string, trackId: string): TrackFiles {
  const asideFolder = join(recordingFolder, ASIDE, trackId);
  const wholeFolder = join(recordingFolder, trackId);
  const asideFile = (number: number) => join(asideFolder, segmentName(number));
  const wholeFile = (number: number) => join(wholeFolder, segmentName(number));
  const dropAside = () => rm(asideFolder, { recursive: true, force: true });
  return {
    asideFolder,
    asideFile,
    wholeFile,
    nameOf: (number) => `${trackId}/${segmentName(number)}`,
    async make() {
      await mkdir(recordingFolder, { recursive: true });
      try {
        await mkdir(wholeFolder);
      } catch (fault) {
        if ((fault as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw fault;
      }
      await mkdir(asideFolder, { recursive: true });
      return true;
    },
    async finish(number) {
      const written = await readFile(asideFile(number));
      if (written.length === 0) return 0;
      const bytes = withOneCluster(written) ?? written;
      // Beside it: a stop meanwhile leaves what ffmpeg wrote.
      const ready = `${asideFile(number)}.ready`;
      const handle = await open(ready, "w");
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(ready, wholeFile(number));
      await rm(asideFile(number));
      return bytes.length;
    },
    async unfinished() {
      const names = await readdir(asideFolder).catch(() => []);
      return names
        .flatMap((name) => /^(\d{6})\.webm$/.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
    },
    dropAside,
    async clear() {
      await dropAside();
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
