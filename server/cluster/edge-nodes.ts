import type { EdgeNodes } from "../ports.ts";
import type { NodeDirectory } from "./node-directory.ts";
import { leastLoaded } from "./node-entry.ts";
import { type LinkParts, openNodeLink } from "./node-links.ts";

/** Which other nodes carry people of a class that is larger than its home: the least loaded that is not being drained. */
export function createEdgeNodes(directory: Pick<NodeDirectory, "me" | "nodes">, links: LinkParts): EdgeNodes {
  return {
    next(beside) {
      const others = directory
        .nodes()
        .filter((node) => node.id !== directory.me.id && !node.isDraining && !beside.has(node.id));
      const node = leastLoaded(others);
      if (!node) return null;
      return { nodeId: node.id, open: (sessionId) => openNodeLink(links, node, sessionId) };
    },
  };
}
