import { createHash } from "node:crypto";
import type { Registry } from "../live/registry.ts";
import type { ClassStore, Clock, Log } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { ClassLeases } from "./class-leases.ts";
import { LOOK_EVERY_MS, PATIENCE } from "./cluster-times.ts";
import type { NodeDirectory } from "./node-directory.ts";
import type { NodeEntry } from "./node-entry.ts";

/**
 * Takes up the classes of nodes that died: those that are open, or had people in them, by the database, and that no
 * node runs by Redis. Every node looks, and each class is one node's to take, so that they are spread.
 */
export function createTakeover(parts: {
  readonly registry: Registry;
  readonly leases: ClassLeases;
  readonly directory: NodeDirectory;
  readonly classes: Pick<ClassStore, "unfinished">;
  readonly clock: Clock;
  readonly log: Log;
  isDraining(): boolean;
}): { close(): void } {
  const { registry, leases, directory, classes, clock, log } = parts;
  const seen = new Map<SessionId, number>();
  let isBusy = false;
  let isWarned = false;

  async function look(): Promise<void> {
    if (parts.isDraining() || !leases.isSteady()) return;
    const unfinished = (await classes.unfinished()).filter((id) => leases.epochOf(id) === undefined);
    const orphans = await leases.ownerless(unfinished);
    for (const known of seen.keys()) if (!orphans.includes(known)) seen.delete(known);
    // Whoever had them may have been here a moment ago.
    if (orphans.length > 0) await directory.announce();
    await Promise.all(orphans.map(takeIfOurs));
  }

  async function takeIfOurs(sessionId: SessionId): Promise<void> {
    const looks = (seen.get(sessionId) ?? 0) + 1;
    seen.set(sessionId, looks);
    if (looks <= PATIENCE && chosenFor(sessionId, directory.nodes())?.id !== directory.me.id) return;
    const taken = await registry.taken(sessionId);
    if (taken.ok) log.info({ sessionId }, "took up the class of a node that is gone");
    else if (taken.code !== "class-elsewhere")
      log.info({ sessionId, code: taken.code }, "a class waits to be taken");
  }

  let cancel = clock.after(LOOK_EVERY_MS, turn);
  function turn(): void {
    cancel = clock.after(LOOK_EVERY_MS, turn);
    if (isBusy) return;
    isBusy = true;
    look()
      .then(
        () => {
          isWarned = false;
        },
        (err: unknown) => {
          if (!isWarned) log.warn({ err }, "nobody knows which classes have no node; looking on");
          isWarned = true;
        },
      )
      .finally(() => {
        isBusy = false;
      });
  }
  return { close: () => cancel() };
}

/** The same node for all who ask, and another for the next class. */
export function chosenFor(sessionId: SessionId, nodes: readonly NodeEntry[]): NodeEntry | null {
  const weight = ({ id }: NodeEntry) => createHash("sha256").update(`${id} ${sessionId}`).digest("hex");
  const [first] = nodes
    .filter((node) => !node.isDraining)
    .toSorted((a, b) => (weight(a) < weight(b) ? -1 : 1));
  return first ?? null;
}
