import { existsSync } from "node:fs";
import { SetupError } from "../setup-error.mjs";
import { installDebianPackages, missingPackages, programFolders } from "./debian-packages.mjs";

/** What compiles the load client, and what encodes the films it publishes. */
const LOAD = ["gcc", "libc6-dev", "libssl-dev", "libsrtp2-dev", "ffmpeg"];

/**
 * The Debian packages that a bench needs; those that are not named need none.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const PACKAGES = {
  forwarding: LOAD,
  "first-frame": [...LOAD, "chromium"],
  nodes: [...LOAD, "postgresql", "redis-server"],
  "class-1100": LOAD,
  floor: LOAD,
  janus: [...LOAD, "janus"],
  "congestion-control": LOAD,
  "join-storm": LOAD,
  recording: ["ffmpeg"],
  migrate: ["postgresql"],
};

/** How to see that a package is there, where it is not by a program of its name. */
/** @type {Readonly<Record<string, {program: string} | {file: string}>>} */
const SIGNS = {
  "libc6-dev": { file: "/usr/include/stdio.h" },
  "libssl-dev": { file: "/usr/include/openssl/ssl.h" },
  "libsrtp2-dev": { file: "/usr/include/srtp2/srtp.h" },
  postgresql: { program: "postgres" },
};

/**
 * Brings what these benches need.
 * @param {readonly string[]} names
 * @param {{cacheDir: string, progress: import("../progress.mjs").Progress}} options
 * @throws {SetupError} with what to install by hand
 */
export async function ensureBenchPrograms(names, { cacheDir, progress }) {
  const packages = missingFor(names, programFolders(), existsSync);
  if (packages.length > 0) {
    const command = `npm run bench -- ${names.join(" ")}`;
    await installDebianPackages({ packages, command, cacheDir, progress });
  }
}

/**
 * The same, one bench after the other: those that lack something are left out and said.
 * @param {readonly string[]} names
 * @param {{cacheDir: string, progress: import("../progress.mjs").Progress}} options
 */
export async function ensureWhatCanBe(names, options) {
  for (const name of names) {
    try {
      await ensureBenchPrograms([name], options);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      options.progress.note(`${name} cannot be measured here. ${error.message}`);
    }
  }
}

/**
 * @param {readonly string[]} names
 * @param {readonly string[]} folders where programs are looked for
 * @param {(path: string) => boolean} exists
 * @returns {readonly string[]} Debian packages, each once
 */
export function missingFor(names, folders, exists) {
  const needed = new Set(names.flatMap((name) => PACKAGES[name] ?? []));
  return [...needed].filter((debianPackage) => {
    const sign = SIGNS[debianPackage] ?? { program: debianPackage };
    if ("file" in sign) return !exists(sign.file);
    return missingPackages([{ program: sign.program, debianPackage }], folders).length > 0;
  });
}
