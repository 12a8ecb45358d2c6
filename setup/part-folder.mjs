import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { onInterrupt } from "./interrupt.mjs";
import { isAlive } from "./with-lock.mjs";

const PART = /^\.part-(\d+)-/;

/**
 * Gives `work` an empty folder beside the final place, on the same file system, to be filled and renamed from. It is
 * removed afterwards whatever happens, and so are those of processes that were killed.
 * @template T
 * @param {string} parent
 * @param {string} name
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withPartFolder(parent, name, work) {
  mkdirSync(parent, { recursive: true });
  for (const entry of readdirSync(parent)) {
    const pid = PART.exec(entry)?.[1];
    if (pid && !isAlive(pid)) removeLeftover(join(parent, entry));
  }
  const folder = join(parent, `.part-${process.pid}-${name}`);
  removeFolder(folder);
  mkdirSync(folder);
  const forget = onInterrupt(() => removeFolder(folder));
  try {
    return await work(folder);
  } finally {
    removeFolder(folder);
    forget();
  }
}

/**
 * Puts a finished folder into its place; what stood there goes into `aside`, a part folder, and away with it.
 * @param {string} from
 * @param {string} to
 * @param {string} aside
 */
export function replaceFolder(from, to, aside) {
  mkdirSync(dirname(to), { recursive: true });
  try {
    renameSync(to, join(aside, "replaced"));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  renameSync(from, to);
}

/** @param {string} folder */
function removeLeftover(folder) {
  try {
    removeFolder(folder);
  } catch {
    // A child of the killed process may still be writing into it; nothing reads it, and a later run removes it.
  }
}

/** @param {string} folder */
function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
