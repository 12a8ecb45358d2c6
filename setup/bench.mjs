import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setUpPlaces } from "./places.mjs";
import { projectDir } from "./project-dir.mjs";
import { runNode } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureBenchPrograms, ensureWhatCanBe } from "./steps/bench-programs.mjs";
import { ensureServerParts } from "./steps/server-parts.mjs";

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
  const places = setUpPlaces();
  if (isOne) await ensureBenchPrograms([first], places);
  else await ensureWhatCanBe(names, places);
  const { node, worker } = await ensureServerParts(places, { hasDev: true });
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
