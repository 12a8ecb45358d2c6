import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { contentHash } from "../content-hash.mjs";
import { withPartFolder } from "../part-folder.mjs";
import { runCommand } from "../run-command.mjs";
import { SetupError } from "../setup-error.mjs";
import { withLock } from "../with-lock.mjs";
import { buildWorker } from "../worker-recipe/build-worker.mjs";

const DOWNLOAD_TIMEOUT_MS = 60_000;

/** What the worker exits with when it is started without mediasoup's version: it was loaded and ran. */
const RAN_EXIT_CODE = 41;

/**
 * @typedef {{projectDir: string, cacheDir: string, node: string, progress: import("../progress.mjs").Progress}} Places
 */

/**
 * Finds or brings mediasoup's media worker: the one named by MEDIASOUP_WORKER_BIN, else the cached one, else the
 * prebuilt one that mediasoup offers, else one built from the package's sources with Debian's libraries.
 * @param {Places & {env?: Record<string, string | undefined>}} options
 * @returns {Promise<string>} its path
 */
export async function ensureMediaWorker({ projectDir, cacheDir, node, progress, env = process.env }) {
  const named = env.MEDIASOUP_WORKER_BIN;
  if (named) {
    if (isWorking(named)) return named;
    throw new SetupError(`MEDIASOUP_WORKER_BIN names ${named}, which is no media worker that runs here.`);
  }
  const packageDir = join(projectDir, "node_modules", "mediasoup");
  const place = workerPlace({ projectDir, packageDir, cacheDir });
  if (isWorking(place)) return place;
  const lock = join(cacheDir, "locks", "worker");
  const onWait = (/** @type {string} */ pid) =>
    progress.note(`waiting for process ${pid}, which brings the media worker`);
  await withLock(lock, { onWait }, async () => {
    if (isWorking(place)) return;
    progress.begin("media worker (it forwards sound and video)");
    await withPartFolder(dirname(dirname(place)), "worker", async (folder) => {
      const made = join(folder, "mediasoup-worker");
      if (!(await isPrebuilt({ packageDir, made, cacheDir, node, progress }))) {
        await buildWorker({ packageDir, folder, made, cacheDir, progress });
      }
      if (!isWorking(made))
        throw new SetupError("The media worker was made but does not run on this machine.");
      moveFile(made, place);
    });
    progress.end();
  });
  return place;
}

/**
 * The worker's place in the cache: another mediasoup or another recipe is another worker.
 * @param {{projectDir: string, packageDir: string, cacheDir: string}} options
 */
function workerPlace({ projectDir, packageDir, cacheDir }) {
  const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));
  const recipe = contentHash(join(projectDir, "setup"), ["worker-recipe"]);
  return join(
    cacheDir,
    "worker",
    `${version}-${recipe}-${process.platform}-${process.arch}`,
    "mediasoup-worker",
  );
}

/** @param {string} path */
function isWorking(path) {
  if (!existsSync(path)) return false;
  return spawnSync(path, [], { env: {}, stdio: "ignore", timeout: 10_000 }).status === RAN_EXIT_CODE;
}

/**
 * One attempt at mediasoup's own download, by the script that its package brings. That script would go on to build with
 * tools that it downloads, for which it needs Python: a Python that only fails keeps it from that.
 * @param {{packageDir: string, made: string, cacheDir: string, node: string,
 *   progress: import("../progress.mjs").Progress}} options
 */
async function isPrebuilt({ packageDir, made, cacheDir, node, progress }) {
  const downloaded = join(packageDir, "worker/out/Release/mediasoup-worker");
  if (!isWorking(downloaded)) {
    try {
      await runCommand(node, ["npm-scripts.mjs", "postinstall"], {
        cwd: packageDir,
        env: { ...process.env, MEDIASOUP_WORKER_BIN: undefined, PYTHON: "false" },
        log: join(cacheDir, "logs", "worker-download.log"),
        failing: "No prebuilt media worker",
        timeoutMs: DOWNLOAD_TIMEOUT_MS,
      });
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      progress.note(
        "no prebuilt one can be had here, so it is built from source (about 3 minutes on two idle cores)",
      );
      return false;
    }
  }
  if (!isWorking(downloaded)) return false;
  copyFileSync(downloaded, made);
  chmodSync(made, 0o755);
  return true;
}

/**
 * @param {string} from
 * @param {string} to
 */
function moveFile(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}
