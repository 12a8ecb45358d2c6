import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "./cache-dir.mjs";
import { createProgress } from "./progress.mjs";
import { projectDir } from "./project-dir.mjs";
import { runNode } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureClient } from "./steps/client-build.mjs";
import { ensureMediaWorker } from "./steps/media-worker.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

const FOLDER = "test/bench";

await runSetUp(async () => {
  const [name, ...args] = process.argv.slice(2);
  const names = benchNames();
  if (!name || !names.includes(name)) {
    process.stderr.write(
      `Usage: npm run bench -- NAME, where NAME is one of: ${names.join(", ") || "(none yet)"}\n`,
    );
    return name ? 1 : 0;
  }
  const places = { projectDir, cacheDir: cacheDir(), progress: createProgress() };
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: true });
  const worker = await ensureMediaWorker({ ...places, node });
  await ensureClient({ ...places, node });
  const bench = [`${FOLDER}/${name}.ts`, ...args];
  return runNode(node, bench, { cwd: projectDir, env: { MEDIASOUP_WORKER_BIN: worker } });
});

function benchNames() {
  const folder = join(projectDir, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length));
}
