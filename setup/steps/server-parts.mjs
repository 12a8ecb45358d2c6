import { ensureClient } from "./client-build.mjs";
import { ensureMediaWorker } from "./media-worker.mjs";
import { ensureNode } from "./node-runtime.mjs";
import { ensurePackages } from "./packages.mjs";

/**
 * All that a server needs before it starts, however it is started: Node, the packages, the media worker and the built
 * client.
 * @param {import("../places.mjs").Places} places
 * @param {{hasDev?: boolean}} [options] whether packages for tests and builds are brought too; by NODE_ENV unless said
 * @returns {Promise<{node: string, worker: string}>} the paths of Node and of the media worker
 */
export async function ensureServerParts(places, { hasDev = process.env.NODE_ENV !== "production" } = {}) {
  const node = await ensureNode(places);
  await ensurePackages({ ...places, node, hasDev });
  const worker = await ensureMediaWorker({ ...places, node });
  await ensureClient({ ...places, node });
  return { node, worker };
}
