import { copyFileSync } from "node:fs";
import { cacheDir } from "./cache-dir.mjs";
import { createProgress } from "./progress.mjs";
import { projectDir } from "./project-dir.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureClient } from "./steps/client-build.mjs";
import { ensureMediaWorker } from "./steps/media-worker.mjs";
import { ensureNode } from "./steps/node-runtime.mjs";
import { ensurePackages } from "./steps/packages.mjs";

/** `node setup/prepare.mjs WORKER`: all that `npm start` brings, without serving; the media worker goes to WORKER. */
await runSetUp(async () => {
  const [place] = process.argv.slice(2);
  if (!place) {
    process.stderr.write(
      "Usage: node setup/prepare.mjs WORKER, where WORKER is the file of the media worker\n",
    );
    return 1;
  }
  const places = { projectDir, cacheDir: cacheDir(), progress: createProgress() };
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev: false });
  copyFileSync(await ensureMediaWorker({ ...places, node }), place);
  await ensureClient({ ...places, node });
  return 0;
});
