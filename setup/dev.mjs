import { spawn } from "node:child_process";
import { setUpPlaces } from "./places.mjs";
import { projectDir } from "./project-dir.mjs";
import { environmentFor, passSignals } from "./run-node.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureMediaWorker } from "./steps/media-worker.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

/** Where Vite serves the client, passing on to the server what is the server's (vite.config.ts). */
const CLIENT_URL = "http://127.0.0.1:5173";

await runSetUp(async () => {
  const places = setUpPlaces();
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: true });
  const worker = await ensureMediaWorker({ ...places, node });
  const env = environmentFor(node, {
    MEDIASOUP_WORKER_BIN: worker,
    PUBLIC_URL: process.env.PUBLIC_URL ?? CLIENT_URL,
  });
  const server = ["--disable-warning=ExperimentalWarning", "--watch", "server/main.ts"];
  const client = ["node_modules/vite/bin/vite.js", "--strictPort"];
  return firstExit(
    [server, client].map((args) => spawn(node, args, { cwd: projectDir, env, stdio: "inherit" })),
  );
});

/**
 * Ends all when the first ends: half of the two is of no use.
 * @param {import("node:child_process").ChildProcess[]} children
 * @returns {Promise<number>}
 */
async function firstExit(children) {
  const stops = children.map(passSignals);
  const exits = children.map(
    (child) =>
      new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => resolve(code ?? 1));
      }),
  );
  try {
    return await Promise.race(exits);
  } finally {
    for (const child of children) child.kill("SIGTERM");
    await Promise.allSettled(exits);
    for (const stop of stops) stop();
  }
}
