import { cacheDir } from "./cache-dir.mjs";
import { createProgress } from "./progress.mjs";
import { projectDir } from "./project-dir.mjs";
import { runNode } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { SERVER_NODE_OPTIONS } from "./server-node-options.mjs";
import { ensureClient } from "./steps/client-build.mjs";
import { ensureMediaWorker } from "./steps/media-worker.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

await runSetUp(async () => {
  const places = { projectDir, cacheDir: cacheDir(), progress: createProgress() };
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: process.env.NODE_ENV !== "production" });
  const worker = await ensureMediaWorker({ ...places, node });
  await ensureClient({ ...places, node });
  const args = [...SERVER_NODE_OPTIONS, "server/main.ts", ...process.argv.slice(2)];
  return runNode(node, args, { cwd: projectDir, env: { MEDIASOUP_WORKER_BIN: worker } });
});
