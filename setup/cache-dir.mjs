import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where the set-up keeps what all checkouts of one user share: Node, the media worker, logs and locks.
 * Follows the XDG base directory specification.
 * @param {Record<string, string | undefined>} [env]
 * @returns {string} `~/.cache/balai`
 */
export function cacheDir(env = process.env) {
  const base = env.XDG_CACHE_HOME;
  return base && isAbsolute(base) ? join(base, "balai") : join(env.HOME || homedir(), ".cache", "balai");
}
