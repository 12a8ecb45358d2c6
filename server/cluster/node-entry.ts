import { z } from "zod";

/** What a node says of itself in the directory, every two seconds. */
export const nodeEntrySchema = z.strictObject({
  name: z.string().min(1).max(63),
  /** The name and a mark of this start: another process under the same name is another node. */
  id: z.string().min(1).max(100),
  /** Where people's browsers reach it. */
  url: z.string(),
  /** Where other nodes reach it. */
  linkUrl: z.string(),
  /** Classes that it runs. */
  classes: z.int().min(0),
  /** People present in them. */
  people: z.int().min(0),
  /** People of other nodes' classes whose media it carries. */
  carried: z.int().min(0),
  /** It takes no more classes, and has handed over those it had. */
  isDraining: z.boolean(),
  /** By how much this machine's clock is ahead of the database's (ms, negative where behind). */
  clockAheadMs: z.number(),
  /** The newest migration that it knows. */
  version: z.string(),
  /** The key that evidence is signed with, which lies in DATA_DIR. */
  signingKeyId: z.string(),
  /** Equal where cookies and tickets are signed with the same secret. */
  secretMark: z.string(),
  startedAt: z.int(),
  /** By the installation's clock (epoch ms). */
  seenAt: z.int(),
});
export type NodeEntry = z.infer<typeof nodeEntrySchema>;

/** What it says of how much it does. */
export type NodeLoad = "classes" | "people" | "carried" | "isDraining";

/** What of it does not change while it runs. */
export type NodeFacts = Omit<NodeEntry, NodeLoad | "seenAt">;

/** A class weighs as much as so many people, so that classes which nobody has joined yet are spread too. */
const CLASS_WEIGHT = 10;

/** The node for a new class: the least loaded, of equal ones the first by name. One that drains only where all do. */
export function leastLoaded(nodes: readonly NodeEntry[]): NodeEntry | null {
  const open = nodes.filter((node) => !node.isDraining);
  const [first] = (open.length > 0 ? open : [...nodes]).toSorted(
    (a, b) => loadOf(a) - loadOf(b) || (a.name < b.name ? -1 : 1),
  );
  return first ?? null;
}

function loadOf({ classes, people, carried }: NodeEntry): number {
  return people + carried + CLASS_WEIGHT * classes;
}
