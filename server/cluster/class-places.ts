import type { Registry } from "../live/registry.ts";
import type { ClassStore } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { ClassLeases } from "./class-leases.ts";
import type { ClusterBus } from "./cluster-bus.ts";
import type { NodeDirectory } from "./node-directory.ts";
import { leastLoaded, type NodeEntry } from "./node-entry.ts";

export interface ClassPlaces {
  /** The node that runs a class; null for none, or where that node is not known. */
  homeOf(sessionId: SessionId): Promise<NodeEntry | null>;
  /** The same, with a node found for it where none runs it. Refuses `not-found` and `unavailable`. */
  place(sessionId: SessionId): Promise<Result<NodeEntry>>;
  runsHere(sessionId: SessionId): boolean;
}

/** Where classes run, and where new ones go. */
export function createClassPlaces(parts: {
  readonly registry: Registry;
  readonly leases: ClassLeases;
  readonly directory: NodeDirectory;
  readonly bus: ClusterBus;
  readonly classes: Pick<ClassStore, "homeNode">;
}): ClassPlaces {
  const { registry, leases, directory, bus, classes } = parts;
  const { me } = directory;
  const placing = new Map<SessionId, Promise<Result<NodeEntry>>>();

  const runsHere = (sessionId: SessionId) => leases.epochOf(sessionId) !== undefined;

  async function homeOf(sessionId: SessionId): Promise<NodeEntry | null> {
    if (runsHere(sessionId)) return directory.byId(me.id);
    const id = await leases.ownerOf(sessionId).catch(() => classes.homeNode(sessionId));
    if (id === null) return null;
    if (!directory.byId(id)) await directory.announce();
    return directory.byId(id);
  }

  async function find(sessionId: SessionId): Promise<Result<NodeEntry>> {
    const home = await homeOf(sessionId);
    if (home) return accept(home);
    // Who has it by the database and lives is asked first: nobody else may take it.
    const last = await classes.homeNode(sessionId);
    // Classes that begin together, as at nine o'clock, must not all see the load of two seconds ago.
    if (last === null) await directory.announce();
    const chosen = (last !== null && directory.byId(last)) || leastLoaded(directory.nodes());
    if (!chosen) return refuse("unavailable");
    const taken =
      chosen.id === me.id
        ? await registry.taken(sessionId)
        : await bus.ask(chosen.id, { kind: "take", sessionId });
    if (taken.ok) return accept(chosen);
    if (taken.code !== "class-elsewhere") return taken;
    const other = await homeOf(sessionId);
    return other ? accept(other) : refuse("unavailable");
  }

  return {
    homeOf,
    runsHere,
    place(sessionId) {
      const under = placing.get(sessionId);
      if (under) return under;
      const started = find(sessionId).finally(() => placing.delete(sessionId));
      placing.set(sessionId, started);
      return started;
    },
  };
}
