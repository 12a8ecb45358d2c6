import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * A hash over the names and contents of files and of everything below folders; what does not exist counts as absent.
 * @param {string} root
 * @param {readonly string[]} paths relative to `root`
 * @returns {string} 16 hex digits of a SHA-256
 */
export function contentHash(root, paths) {
  const hash = createHash("sha256");
  for (const path of paths) addTo(hash, root, path);
  return hash.digest("hex").slice(0, 16);
}

/**
 * @param {string} text
 * @returns {string} 16 hex digits of its SHA-256
 */
export function textHash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} root
 * @param {string} path
 */
function addTo(hash, root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, root, `${path}/${name}`);
    return;
  }
  const content = readFileSync(full);
  hash.update(`${path}\0${content.length}\0`).update(content);
}
