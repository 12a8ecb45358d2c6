import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setUpPlaces } from "./places.mjs";
import { projectDir } from "./project-dir.mjs";
import { runNode } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureTestPrograms } from "./steps/debian-packages.mjs";
import { ensureServerParts } from "./steps/server-parts.mjs";
import { countLine, isGood, reportFrom, sumOf, testCountFrom } from "./test-count.mjs";

/** One after another: those with browsers and media need the whole machine. */
const PROJECTS = ["unit", "integration", "e2e"];

/** @param {string} line */
const sayLast = (line) => process.stdout.write(`${line}\n`);

await runSetUp(
  async () => {
    const places = setUpPlaces();
    await ensureTestPrograms(places);
    const { node, worker } = await ensureServerParts(places, { hasDev: true });
    const count = await tested({ node, worker, args: process.argv.slice(2) });
    sayLast(countLine(count));
    return isGood(count) ? 0 : 1;
  },
  { onFailure: () => sayLast(countLine({ passed: 0, failed: 1, skipped: 0 })) },
);

/** @param {{node: string, worker: string, args: readonly string[]}} options */
async function tested({ node, worker, args }) {
  const reports = mkdtempSync(join(tmpdir(), "balai-test-"));
  const counts = [];
  try {
    for (const project of PROJECTS) {
      const report = join(reports, `${project}.json`);
      const vitest = [
        "node_modules/vitest/vitest.mjs",
        "run",
        `--project=${project}`,
        "--passWithNoTests",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ];
      const exitCode = await runNode(node, [...vitest, ...args], {
        cwd: projectDir,
        env: { MEDIASOUP_WORKER_BIN: worker, NODE_ENV: "test" },
      });
      counts.push(testCountFrom(reportFrom(report), exitCode));
      if (exitCode > 128) break;
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  return sumOf(counts);
}
