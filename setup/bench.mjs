import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "./cache-dir.mjs";
import { createProgress } from "./progress.mjs";
import { projectDir } from "./project-dir.mjs";
import { runNode } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureBenchPrograms, ensureWhatCanBe } from "./steps/bench-programs.mjs";
import { ensureClient } from "./steps/client-build.mjs";
import { ensureMediaWorker } from "./steps/media-worker.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

const FOLDER = "test/bench";

/** `npm run bench -- NAME [OPTIONS]` runs one bench; without a name all that make up the page of results. */
await runSetUp(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const names = benchNames();
  const isOne = first !== undefined && !first.startsWith("-");
  if (isOne && !names.includes(first)) {
    process.stderr.write(`There is no bench "${first}"; there are: ${names.join(", ")}\n`);
    return 1;
  }
  const places = { projectDir, cacheDir: cacheDir(), progress: createProgress() };
  if (isOne) await ensureBenchPrograms([first], places);
  else await ensureWhatCanBe(names, places);
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: true });
  const worker = await ensureMediaWorker({ ...places, node });
  await ensureClient({ ...places, node });
  const bench = isOne
    ? [`${FOLDER}/${first}.ts`, ...rest]
    : [`${FOLDER}/page/run-all.ts`, ...process.argv.slice(2)];
  return runNode(node, bench, { cwd: projectDir, env: { MEDIASOUP_WORKER_BIN: worker } });
});

function benchNames() {
  const folder = join(projectDir, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length));
}
