import { spawn } from "node:child_process";
import { setUpPlaces } from "./places.mjs";
import { projectDir } from "./project-dir.mjs";
import { environmentFor } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

/** What every change must pass before it is committed; side by side, since each leaves a core idle at times. */
const STEPS = [
  { name: "format and lint", args: ["node_modules/@biomejs/biome/bin/biome", "ci", "--max-diagnostics=20"] },
  { name: "types", args: ["node_modules/typescript/bin/tsc", "--noEmit"] },
  { name: "dead code", args: ["node_modules/knip/bin/knip.js", "--no-config-hints"] },
  {
    name: "unit tests",
    args: ["node_modules/vitest/vitest.mjs", "run", "--project=unit", "--reporter=minimal"],
  },
];

await runSetUp(async () => {
  const places = setUpPlaces();
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: true });
  const results = await Promise.all(STEPS.map((step) => checked(node, step)));
  return results.every(Boolean) ? 0 : 1;
});

/**
 * @param {string} node
 * @param {{name: string, args: readonly string[]}} step
 * @returns {Promise<boolean>} whether it passed
 */
function checked(node, { name, args }) {
  const startedAt = Date.now();
  const child = spawn(node, args, {
    cwd: projectDir,
    env: environmentFor(
      node,
      process.stdout.isTTY ? { FORCE_COLOR: "1" } : { FORCE_COLOR: "0", NO_COLOR: "1" },
    ),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`);
      process.stdout.write(
        `${code === 0 ? "ok    " : "FAILED"}  ${name.padEnd(16)} ${seconds.padStart(5)} s\n`,
      );
      resolve(code === 0);
    });
  });
}
