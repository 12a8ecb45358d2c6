import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash, textHash } from "../content-hash.mjs";
import { NPM_CI, npmEnvironment, npmProgram } from "../npm-program.mjs";
import { replaceFolder, withPartFolder } from "../part-folder.mjs";
import { runCommand } from "../run-command.mjs";
import { withLock } from "../with-lock.mjs";

const STAMP = "node_modules/.balai-packages.json";
const SOURCES = ["package.json", "package-lock.json"];

/**
 * @typedef {{lock: string, platform: string, hasDev: boolean}} PackagesStamp what was installed; `lock`: a hash
 */

/**
 * Whether what a stamp says was installed is what is wanted now.
 * @param {PackagesStamp | null} stamp
 * @param {PackagesStamp} wanted
 */
export function isInstalled(stamp, wanted) {
  if (stamp === null || stamp.lock !== wanted.lock || stamp.platform !== wanted.platform) return false;
  return stamp.hasDev || !wanted.hasDev;
}

/**
 * @typedef {Record<string, {version?: string, integrity?: string, dev?: boolean, optional?: boolean,
 *   devOptional?: boolean}>} LockPackages the `packages` of a lock file; the key "" is the project
 */

/**
 * Whether npm itself recorded an installation of exactly the lock's packages (its hidden lock file, written last), as
 * after a developer's `npm install`.
 * @param {LockPackages} lock
 * @param {LockPackages} hidden
 * @param {boolean} hasDev whether what only development needs must be there
 */
export function isSameInstallation(lock, hidden, hasDev) {
  const hasAll = Object.entries(lock).every(
    ([path, entry]) =>
      path === "" || path in hidden || entry.optional || entry.devOptional || (entry.dev && !hasDev),
  );
  return (
    hasAll &&
    Object.entries(hidden).every(
      ([path, entry]) => lock[path]?.version === entry.version && lock[path]?.integrity === entry.integrity,
    )
  );
}

/**
 * Installs the lock file's packages if they are not: in a folder of their own, which then takes the place of the old
 * one, so that an interruption at any moment leaves the old installation or none.
 * @param {{node: string, hasDev: boolean, projectDir: string, cacheDir: string,
 *   progress: import("../progress.mjs").Progress}} options `hasDev`: whether what only development needs is wanted
 */
export async function ensurePackages({ node, hasDev, projectDir, cacheDir, progress }) {
  /** @type {PackagesStamp} */
  const wanted = {
    lock: contentHash(projectDir, SOURCES),
    platform: `${process.platform}-${process.arch}`,
    hasDev,
  };
  if (isInstalled(stampOf(projectDir), wanted)) return;
  const lock = join(cacheDir, "locks", `packages-${textHash(projectDir)}`);
  await withLock(
    lock,
    { onWait: (pid) => progress.note(`waiting for process ${pid}, which installs packages`) },
    async () => {
      if (isInstalled(stampOf(projectDir), wanted)) return;
      for (const hasAlsoDev of hasDev ? [true] : [true, false]) {
        if (isInstalledByHand(projectDir, hasAlsoDev))
          return writeStamp(projectDir, { ...wanted, hasDev: hasAlsoDev });
      }
      progress.begin("npm packages");
      await install({ node, hasDev, wanted, projectDir, cacheDir });
      progress.end();
    },
  );
}

/** @param {{node: string, hasDev: boolean, wanted: PackagesStamp, projectDir: string, cacheDir: string}} options */
async function install({ node, hasDev, wanted, projectDir, cacheDir }) {
  await withPartFolder(join(projectDir, "dist"), "packages", async (folder) => {
    for (const name of SOURCES) copyFileSync(join(projectDir, name), join(folder, name));
    mkdirSync(join(folder, "node_modules"));
    await runCommand(node, [npmProgram(), ...NPM_CI, hasDev ? "--include=dev" : "--omit=dev"], {
      cwd: folder,
      env: npmEnvironment(process.env),
      log: join(cacheDir, "logs", "packages.log"),
      failing: "The npm packages could not be installed",
    });
    writeStamp(folder, wanted);
    replaceFolder(join(folder, "node_modules"), join(projectDir, "node_modules"), folder);
  });
}

/**
 * @param {string} projectDir
 * @param {boolean} hasDev
 */
function isInstalledByHand(projectDir, hasDev) {
  const hidden = join(projectDir, "node_modules/.package-lock.json");
  if (!existsSync(hidden)) return false;
  return isSameInstallation(packagesOf(join(projectDir, "package-lock.json")), packagesOf(hidden), hasDev);
}

/**
 * @param {string} path
 * @returns {LockPackages}
 */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

/**
 * @param {string} projectDir
 * @returns {PackagesStamp | null}
 */
function stampOf(projectDir) {
  try {
    return JSON.parse(readFileSync(join(projectDir, STAMP), "utf8"));
  } catch {
    return null;
  }
}

/**
 * @param {string} folder
 * @param {PackagesStamp} stamp
 */
function writeStamp(folder, stamp) {
  writeFileSync(join(folder, STAMP), JSON.stringify(stamp));
}
