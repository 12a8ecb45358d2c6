import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../run-command.mjs";
import { SetupError } from "../setup-error.mjs";
import { askToInstall, installDebianPackages, thisMachine } from "../steps/debian-packages.mjs";
import { libsrtpWithOpenssl } from "./libsrtp-with-openssl.mjs";
import { dealtOut, withFirst, withOlderMeson, withoutKernelTls, wrapDirectory } from "./patches.mjs";

const OVERLAY = fileURLToPath(new URL("overlay", import.meta.url));

/** What a build needs of Debian: tools, and the libraries that mediasoup would otherwise download as sources. */
const BUILD_PACKAGES = [
  "meson",
  "ninja-build",
  "g++",
  "make",
  "pkg-config",
  "dpkg-dev",
  "libssl-dev",
  "libuv1-dev",
  "libabsl-dev",
  "libflatbuffers-dev",
  "flatbuffers-compiler",
  "libsrtp2-dev",
];

/** Files in one compilation of a unity build: 2.5 minutes on two cores, against 7.5 file by file. */
const UNITY_SIZE = 8;

/** Memory that one compilation of so many files may take, in bytes. */
const COMPILER_BYTES = 1.2 * 2 ** 30;

/**
 * Builds mediasoup's worker from the sources in its npm package against Debian's libraries.
 * @param {{packageDir: string, folder: string, made: string, cacheDir: string,
 *   progress: import("../progress.mjs").Progress}} options `folder`: to work in; `made`: the file to write
 */
export async function buildWorker({ packageDir, folder, made, cacheDir, progress }) {
  await ensureBuildPackages({ cacheDir, progress });
  const libsrtp = await libsrtpWithOpenssl({ folder, cacheDir });
  progress.note(
    libsrtp ? "libsrtp: built with OpenSSL" : "libsrtp: Debian's own (its source could not be had)",
  );
  const sources = join(folder, "sources");
  cpSync(join(packageDir, "worker"), sources, { recursive: true });
  overlay(sources, libsrtp);
  patch(sources);
  const objects = join(folder, "objects");
  const failing = "The media worker could not be built";
  await runCommand(
    "meson",
    [
      "setup",
      "--buildtype",
      "release",
      "-Db_ndebug=true",
      "--unity",
      "on",
      "--unity-size",
      String(UNITY_SIZE),
      objects,
    ],
    { cwd: sources, log: join(cacheDir, "logs", "worker-meson.log"), failing },
  );
  await runCommand("ninja", ["-j", String(jobs()), "-C", objects, "mediasoup-worker"], {
    log: join(cacheDir, "logs", "worker-build.log"),
    failing,
    onLine: (line) => {
      const counted = /^\[(\d+)\/(\d+)\]/.exec(line);
      if (counted) progress.count(Number(counted[1]), Number(counted[2]));
    },
  });
  const log = join(cacheDir, "logs", "worker-strip.log");
  await runCommand("strip", ["-o", made, join(objects, "mediasoup-worker")], { log, failing });
}

/** @param {{cacheDir: string, progress: import("../progress.mjs").Progress}} options */
async function ensureBuildPackages({ cacheDir, progress }) {
  const machine = thisMachine();
  const missing = machine.hasApt ? BUILD_PACKAGES.filter((name) => !isDebianPackage(name)) : BUILD_PACKAGES;
  if (missing.length === 0) return;
  const ask = askToInstall(missing, machine, "npm start");
  if (ask && !machine.hasApt) {
    throw new SetupError(
      "The media worker is missing: its prebuilt binary could not be downloaded, and building it is known to work on " +
        "Debian and Ubuntu alone. Start once with access to the internet, or build mediasoup-worker and name its path " +
        "in MEDIASOUP_WORKER_BIN.",
    );
  }
  await installDebianPackages({ packages: missing, command: "npm start", cacheDir, progress });
}

/** @param {string} name */
function isDebianPackage(name) {
  const { stdout } = spawnSync("dpkg-query", ["-W", "-f", "$" + "{Status}", name], { encoding: "utf8" });
  return stdout === "install ok installed";
}

/**
 * Writes, beside the package's `.wrap` files, the folders that Meson would otherwise download: each hands over the
 * system's library.
 * @param {string} sources
 * @param {string | null} libsrtp a folder with libsrtp 2 built with OpenSSL
 */
function overlay(sources, libsrtp) {
  const subprojects = join(sources, "subprojects");
  for (const name of readdirSync(OVERLAY)) {
    const directory = wrapDirectory(readFileSync(join(subprojects, `${name}.wrap`), "utf8"));
    const target = join(subprojects, directory);
    cpSync(join(OVERLAY, name), target, { recursive: true });
    if (name !== "libsrtp3" || !libsrtp) continue;
    cpSync(join(libsrtp, "libsrtp2.a"), join(target, "libsrtp2.a"));
    cpSync(join(libsrtp, "include/srtp.h"), join(target, "include/srtp2/srtp.h"));
  }
}

/** @param {string} sources */
function patch(sources) {
  /**
   * @param {string} path
   * @param {(text: string) => string} change
   */
  const edit = (path, change) => {
    const file = join(sources, path);
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  edit("src/RTC/DtlsTransport.cpp", withoutKernelTls);
  edit("meson.build", (text) => {
    const apart = withFirst(text, "common_sources", "src/RTC/TransportCongestionControlServer.cpp");
    return withOlderMeson(dealtOut(apart, "common_sources", UNITY_SIZE));
  });
  edit("deps/libwebrtc/meson.build", (text) => dealtOut(text, "libwebrtc_sources", UNITY_SIZE));
}

/** Compilations at once: one per core, as far as memory goes. */
function jobs() {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / COMPILER_BYTES)));
}
