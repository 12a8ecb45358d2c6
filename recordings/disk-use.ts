import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a folder of segments held when it was last looked at. */
interface Known {
  readonly mtimeMs: number;
  readonly bytes: number;
  readonly files: number;
  readonly last: string;
  /** It was not changed just then: times of folders go by the kernel's ticks, and two changes can share one. */
  readonly isSettled: boolean;
}

export interface DiskUse {
  /** Bytes of a folder with everything in it; 0 where there is none. */
  bytesOf(folder: string): Promise<number>;
  /** Bytes of all recordings. */
  total(): Promise<number>;
}

const SEGMENTS = /^\d{6}$/;
const SETTLED_MS = 2_000;

/**
 * Measures recordings on the disk. A recording of two hours has thousands of segments, and they never change: of
 * their folders it is remembered what is known, and only new files are looked at.
 */
export function createDiskUse(dir: string): DiskUse {
  const known = new Map<string, Known>();

  async function segmentsIn(folder: string): Promise<number> {
    const { mtimeMs } = await stat(folder);
    const before = known.get(folder);
    if (before?.isSettled && before.mtimeMs === mtimeMs) return before.bytes;
    const isSettled = Date.now() - mtimeMs > SETTLED_MS;
    const names = (await readdir(folder)).sort();
    const added = before ? names.filter((name) => name > before.last) : names;
    const isGrown = before !== undefined && before.files + added.length === names.length;
    let bytes = isGrown ? before.bytes : 0;
    for (const name of isGrown ? added : names) bytes += (await stat(join(folder, name))).size;
    known.set(folder, { mtimeMs, bytes, files: names.length, last: names.at(-1) ?? "", isSettled });
    return bytes;
  }

  async function bytesIn(folder: string, isRecording: boolean): Promise<number> {
    let bytes = 0;
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      // What is renamed or removed meanwhile does not count.
      bytes += await sizeOf(entry.isDirectory(), path, isRecording && SEGMENTS.test(entry.name));
    }
    return bytes;
  }

  async function sizeOf(isFolder: boolean, path: string, isSegments: boolean): Promise<number> {
    try {
      if (!isFolder) return (await stat(path)).size;
      return isSegments ? await segmentsIn(path) : await bytesIn(path, false);
    } catch (err) {
      if (isMissing(err)) {
        known.delete(path);
        return 0;
      }
      throw err;
    }
  }

  async function bytesOf(folder: string): Promise<number> {
    return bytesIn(folder, true).catch((err: unknown) => {
      if (isMissing(err)) return 0;
      throw err;
    });
  }

  return {
    bytesOf,
    async total() {
      const names = await readdir(dir).catch(() => []);
      let bytes = 0;
      for (const name of names) bytes += await bytesOf(join(dir, name));
      return bytes;
    },
  };
}

function isMissing(err: unknown): boolean {
  return err instanceof Error && "code" in err && (err.code === "ENOENT" || err.code === "ENOTDIR");
}
