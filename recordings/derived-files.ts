import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FLOOR_BYTES, freeBytesOf } from "./free-bytes.ts";

/** Beside a recording's manifest: what was made of it, and can be made again. */
export const DERIVED = "derived";

/** More than this in all recordings together, and what was made longest ago goes. */
const MAX_BYTES = 2 * 1024 ** 3;
const KEPT_SHARE = 0.8;
/** Room that is left to recordings under way: where the disk has less, nothing is kept. */
const LEFT_BYTES = 2 * FLOOR_BYTES;
/** Counting reads every folder: after so many bytes were written. */
const COUNT_AFTER_BYTES = 64 * 1024 ** 2;

export interface DerivedFiles {
  /** The file of this name in a recording's `derived` folder, or what `make` gives, which is kept for next time. */
  file(
    recordingFolder: string,
    name: string,
    make: () => Promise<Buffer | null>,
  ): Promise<{ readonly file: string } | { readonly bytes: Buffer } | null>;
}

/** Keeps what was made of recordings under `dir`, each thing once, up to a bound. */
export function createDerivedFiles(
  dir: string,
  maxBytes = MAX_BYTES,
  countAfterBytes = COUNT_AFTER_BYTES,
  freeBytes = freeBytesOf,
): DerivedFiles {
  const making = new Map<string, Promise<{ readonly file: string } | { readonly bytes: Buffer } | null>>();
  // At first nobody knows how much there is.
  let written = countAfterBytes;
  let counting: Promise<void> | null = null;

  async function keep(file: string, bytes: Buffer): Promise<{ readonly file: string }> {
    if ((await freeBytes(dir)) < LEFT_BYTES) throw new Error("the disk is too full to keep it");
    const aside = `${file}.${process.pid}.part`;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(aside, bytes);
    await rename(aside, file);
    written += bytes.length;
    if (written >= countAfterBytes && !counting) {
      written = 0;
      counting = dropOldest(dir, maxBytes).finally(() => {
        counting = null;
      });
    }
    return { file };
  }

  async function madeOrKept(file: string, make: () => Promise<Buffer | null>) {
    const isThere = await stat(file).then(
      () => true,
      () => false,
    );
    if (isThere) return { file };
    const bytes = await make();
    // A full disk keeps nothing, and everything still plays.
    return bytes && (await keep(file, bytes).catch(() => ({ bytes })));
  }

  return {
    file(recordingFolder, name, make) {
      const file = join(recordingFolder, DERIVED, name);
      const known = making.get(file);
      if (known) return known;
      const made = madeOrKept(file, make).finally(() => making.delete(file));
      making.set(file, made);
      return made;
    },
  };
}

async function dropOldest(dir: string, maxBytes: number): Promise<void> {
  const files: { readonly path: string; readonly size: number; readonly at: number }[] = [];
  for (const recording of await readdir(dir).catch(() => [])) {
    const folder = join(dir, recording, DERIVED);
    for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      if (found?.isFile()) files.push({ path, size: found.size, at: found.mtimeMs });
    }
  }
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes <= maxBytes) return;
  for (const { path, size } of files.sort((a, b) => a.at - b.at)) {
    if (bytes <= maxBytes * KEPT_SHARE) return;
    await rm(path, { force: true }).catch(() => undefined);
    bytes -= size;
  }
}
