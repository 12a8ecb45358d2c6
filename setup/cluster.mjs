import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setUpPlaces } from "./places.mjs";
import { projectDir } from "./project-dir.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { startClusterPrograms } from "./start-cluster-programs.mjs";
import { ensureClusterPrograms } from "./steps/debian-packages.mjs";
import { ensureServerParts } from "./steps/server-parts.mjs";

/** Two nodes on this machine, with a Redis and a PostgreSQL of their own: for looking at a cluster, and for tests. */
await runSetUp(async () => {
  const places = setUpPlaces();
  await ensureClusterPrograms(places);
  const { node, worker } = await ensureServerParts(places);
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
