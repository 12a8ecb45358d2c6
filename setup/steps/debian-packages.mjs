import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runCommand } from "../run-command.mjs";
import { SetupError } from "../setup-error.mjs";

const APT = "/usr/bin/apt-get";
const POSTGRES_FOLDERS = "/usr/lib/postgresql";

/**
 * Programs that tests start, each with the Debian package that brings it.
 * @type {readonly {program: string, debianPackage: string}[]}
 */
export const TEST_PROGRAMS = [
  { program: "chromium", debianPackage: "chromium" },
  { program: "ffmpeg", debianPackage: "ffmpeg" },
  { program: "redis-server", debianPackage: "redis-server" },
  { program: "postgres", debianPackage: "postgresql" },
];

/**
 * @typedef {{hasApt: boolean, isRoot: boolean}} Machine
 */

/** @returns {Machine} */
export function thisMachine() {
  return { hasApt: existsSync(APT) && existsSync("/etc/debian_version"), isRoot: process.getuid?.() === 0 };
}

/**
 * What a person has to do where the set-up may not install Debian packages itself; null where it may.
 * @param {readonly string[]} packages
 * @param {Machine} machine
 * @param {string} command what to start again afterwards
 */
export function askToInstall(packages, { hasApt, isRoot }, command) {
  if (hasApt && isRoot) return null;
  const list = packages.join(" ");
  if (hasApt)
    return `Missing on this machine: ${list}. Run "sudo apt-get install ${list}", then "${command}" again.`;
  return (
    `Missing on this machine: ${list} (these are their Debian names). ` +
    `Install them with this system's package manager, then run "${command}" again.`
  );
}

/**
 * Brings the programs that tests start.
 * @param {{cacheDir: string, progress: import("../progress.mjs").Progress}} options
 */
export async function ensureTestPrograms({ cacheDir, progress }) {
  const missing = missingPackages(TEST_PROGRAMS, programFolders());
  if (missing.length > 0)
    await installDebianPackages({ packages: missing, command: "npm test", cacheDir, progress });
}

/**
 * Brings what a cluster on this machine needs besides the server.
 * @param {{cacheDir: string, progress: import("../progress.mjs").Progress}} options
 */
export async function ensureClusterPrograms({ cacheDir, progress }) {
  const wanted = TEST_PROGRAMS.filter(({ program }) => program === "redis-server" || program === "postgres");
  const missing = missingPackages(wanted, programFolders());
  if (missing.length > 0)
    await installDebianPackages({ packages: missing, command: "npm run cluster", cacheDir, progress });
}

/**
 * @param {readonly {program: string, debianPackage: string}[]} programs
 * @param {readonly string[]} folders
 */
export function missingPackages(programs, folders) {
  return programs
    .filter(({ program }) => !folders.some((folder) => isExecutable(join(folder, program))))
    .map(({ debianPackage }) => debianPackage);
}

/**
 * @param {{packages: readonly string[], command: string, cacheDir: string,
 *   progress: import("../progress.mjs").Progress}} options
 * @throws {SetupError} with what to install by hand
 */
export async function installDebianPackages({ packages, command, cacheDir, progress }) {
  const message = askToInstall(packages, thisMachine(), command);
  if (message) throw new SetupError(message);
  progress.begin(`Debian packages: ${packages.join(", ")}`);
  /**
   * @param {string} program
   * @param {string[]} args
   */
  const apt = (program, args) =>
    runCommand(program, args, {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      log: join(cacheDir, "logs", "debian-packages.log"),
      failing: `Debian packages could not be installed (${packages.join(" ")})`,
      // dpkg is left to end what it is at: a killed one leaves the system's packages half-configured.
      endWith: "SIGINT",
    });
  const install = () =>
    apt(APT, ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", ...packages]);
  try {
    await install();
  } catch {
    // Lists that are missing or old, or an earlier installation that was interrupted.
    await apt("dpkg", ["--configure", "-a", "--force-confold"]);
    await apt(APT, ["update"]);
    await install();
  }
  progress.end();
}

/** Where programs are looked for: Debian keeps PostgreSQL's server outside the PATH. */
export function programFolders() {
  const versions = existsSync(POSTGRES_FOLDERS) ? readdirSync(POSTGRES_FOLDERS) : [];
  return [
    ...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""),
    ...versions.map((version) => join(POSTGRES_FOLDERS, version, "bin")),
  ];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
