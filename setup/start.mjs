import { setUpPlaces } from "./places.mjs";
import { projectDir } from "./project-dir.mjs";
import { runNode } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { SERVER_NODE_OPTIONS } from "./server-node-options.mjs";
import { ensureServerParts } from "./steps/server-parts.mjs";

await runSetUp(async () => {
  const places = setUpPlaces();
  const { node, worker } = await ensureServerParts(places);
  const args = [...SERVER_NODE_OPTIONS, "server/main.ts", ...process.argv.slice(2)];
  return runNode(node, args, { cwd: projectDir, env: { MEDIASOUP_WORKER_BIN: worker } });
});
