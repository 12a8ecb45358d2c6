import { copyFileSync } from "node:fs";
import { setUpPlaces } from "./places.mjs";
import { runSetUp } from "./run-set-up.mjs";
import { ensureServerParts } from "./steps/server-parts.mjs";

/** `node setup/prepare.mjs WORKER`: all that `npm start` brings, without serving; the media worker goes to WORKER. */
await runSetUp(async () => {
  const [place] = process.argv.slice(2);
  if (!place) {
    process.stderr.write(
      "Usage: node setup/prepare.mjs WORKER, where WORKER is the file of the media worker\n",
    );
    return 1;
  }
  const places = setUpPlaces();
  const { worker } = await ensureServerParts(places, { hasDev: false });
  copyFileSync(worker, place);
  return 0;
});
