import { setUpPlaces } from "./places.mjs";
import { projectDir } from "./project-dir.mjs";
import { runNode } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

await runSetUp(async () => {
  const places = setUpPlaces();
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: process.env.NODE_ENV !== "production" });
  const [command = "help", ...args] = process.argv.slice(2);
  return runNode(node, ["server/main.ts", command, ...args], { cwd: projectDir });
});
