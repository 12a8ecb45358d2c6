import type { Clock } from "../ports.ts";
import type { NodeDirectory } from "./node-directory.ts";

/** A node that was here within this time may come back, and pages that know it are still open. */
const REMEMBERED_MS = 3_600_000;

/** The addresses of all nodes that live, or did within the last hour, in their order. */
export function createNodeUrls(directory: NodeDirectory, clock: Clock): () => readonly string[] {
  const seen = new Map<string, number>();
  return () => {
    const now = clock.now();
    for (const { url } of directory.nodes()) seen.set(url, now);
    seen.set(directory.me.url, now);
    for (const [url, at] of seen) if (at + REMEMBERED_MS < now) seen.delete(url);
    return [...seen.keys()].sort();
  };
}
