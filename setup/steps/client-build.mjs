import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash, textHash } from "../content-hash.mjs";
import { replaceFolder, withPartFolder } from "../part-folder.mjs";
import { runCommand } from "../run-command.mjs";
import { withLock } from "../with-lock.mjs";

/** Everything that the built client is made from. */
const SOURCES = ["client", "server/protocol", "vite.config.ts", "package-lock.json"];
const STAMP = ".sources";

/**
 * Builds the client into dist/client if its sources have changed since it was built.
 * @param {{projectDir: string, cacheDir: string, node: string, progress: import("../progress.mjs").Progress}} options
 */
export async function ensureClient({ projectDir, cacheDir, node, progress }) {
  const place = join(projectDir, "dist", "client");
  const wanted = contentHash(projectDir, SOURCES);
  if (stampOf(place) === wanted) return;
  const lock = join(cacheDir, "locks", `client-${textHash(projectDir)}`);
  await withLock(
    lock,
    { onWait: (pid) => progress.note(`waiting for process ${pid}, which builds the client`) },
    async () => {
      if (stampOf(place) === wanted) return;
      progress.begin("client (what browsers load)");
      await withPartFolder(join(projectDir, "dist"), "client", async (folder) => {
        const built = join(folder, "client");
        const vite = join(projectDir, "node_modules/vite/bin/vite.js");
        await runCommand(node, [vite, "build", "--outDir", built, "--emptyOutDir"], {
          cwd: projectDir,
          env: { ...process.env, NODE_ENV: "production" },
          log: join(cacheDir, "logs", "client.log"),
          failing: "The client could not be built",
        });
        writeFileSync(join(built, STAMP), wanted);
        replaceFolder(built, place, folder);
      });
      progress.end();
    },
  );
}

/** @param {string} place */
function stampOf(place) {
  try {
    return readFileSync(join(place, STAMP), "utf8");
  } catch {
    return null;
  }
}
