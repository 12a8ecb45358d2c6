import type { NodeEntry } from "../../server/cluster/node-entry.ts";

/** What a node of this name would say of itself, with nothing to do. */
export function nodeEntryOf(name: string, said: Partial<NodeEntry> = {}): NodeEntry {
  return {
    name,
    id: `${name}/1`,
    url: `https://${name}.kelas.example`,
    linkUrl: "http://127.0.0.1:3000",
    classes: 0,
    people: 0,
    carried: 0,
    isDraining: false,
    clockAheadMs: 0,
    version: "1",
    signingKeyId: "",
    secretMark: "",
    startedAt: 0,
    seenAt: 0,
    ...said,
  };
}
