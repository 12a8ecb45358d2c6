import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { onInterrupt } from "./interrupt.mjs";

const POLL_MS = 300;

/**
 * Does one thing at a time over all processes of this machine: the lock is a file that names its owner, and is taken
 * over when that process is gone.
 * @template T
 * @param {string} path
 * @param {{onWait?: (owner: string) => void}} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, { onWait }, work) {
  mkdirSync(dirname(path), { recursive: true });
  const me = ownerFrom(process.pid);
  let hasSaid = false;
  for (let owner = taken(path, me); owner !== null; owner = taken(path, me)) {
    if (!hasSaid) onWait?.(owner.split(" ", 1)[0] ?? owner);
    hasSaid = true;
    await wait(POLL_MS);
  }
  const release = () => rmSync(path, { force: true });
  const forget = onInterrupt(release);
  try {
    return await work();
  } finally {
    release();
    forget();
  }
}

/**
 * Takes the lock, and answers null; or answers who holds it.
 * @param {string} path
 * @param {string} me
 * @returns {string | null}
 */
function taken(path, me) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, me);
  try {
    // A hard link appears with its content and fails if the name is taken: no moment in which the lock is empty.
    linkSync(mine, path);
    return null;
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  const owner = contentOf(path);
  if (owner === null || isAlive(owner)) return owner ?? "another process";
  removeStale(path, owner);
  return taken(path, me);
}

/**
 * Of several processes that see a dead owner, the slower ones must not remove the lock that the fastest has taken since.
 * @param {string} path
 * @param {string} owner
 */
function removeStale(path, owner) {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, "ENOENT")) return;
    throw error;
  }
  if (contentOf(aside) !== owner) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    }
  }
  rmSync(aside, { force: true });
}

/**
 * A process's number and, where the system tells, its start, since numbers are used again.
 * @param {number} pid
 */
function ownerFrom(pid) {
  const stat = contentOf(`/proc/${pid}/stat`);
  const startedAt = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  return `${pid} ${startedAt}`;
}

/** @param {string} owner */
export function isAlive(owner) {
  const pid = Number.parseInt(owner, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!isCode(error, "EPERM")) return false;
  }
  return !owner.includes(" ") || ownerFrom(pid) === owner;
}

/** @param {string} path */
function contentOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && "code" in error && error.code === code;
}
