import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cacheDir } from "./cache-dir.mjs";
import { createProgress } from "./progress.mjs";
import { projectDir } from "./project-dir.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { startClusterPrograms } from "./start-cluster-programs.mjs";
import { ensureClient } from "./steps/client-build.mjs";
import { ensureClusterPrograms } from "./steps/debian-packages.mjs";
import { ensureMediaWorker } from "./steps/media-worker.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

/** Two nodes on this machine, with a Redis and a PostgreSQL of their own: for looking at a cluster, and for tests. */
await runSetUp(async () => {
  const places = { projectDir, cacheDir: cacheDir(), progress: createProgress() };
  await ensureClusterPrograms(places);
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: process.env.NODE_ENV !== "production" });
  const worker = await ensureMediaWorker({ ...places, node });
  await ensureClient({ ...places, node });
  return startClusterPrograms({ node, worker, projectDir, folder: dataFolder(), env: process.env });
});

/** PostgreSQL does not run as root, and Debian's user of it cannot look into root's folders. */
function dataFolder() {
  const isRoot = process.getuid?.() === 0;
  const own = isRoot ? join(tmpdir(), "balai-cluster") : join(projectDir, "data", "cluster");
  const folder = resolve(process.env.DATA_DIR || own);
  mkdirSync(folder, { recursive: true });
  return folder;
}
