import type { LiveClass } from "../live/live-class.ts";
import type { Registry } from "../live/registry.ts";
import type { Log } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClusterBus } from "./cluster-bus.ts";
import type { NodeDirectory } from "./node-directory.ts";
import { leastLoaded } from "./node-entry.ts";

export interface Drain {
  /**
   * Refuses `unavailable` where no other node could take the classes; then nothing has changed. Asked again while it
   * goes on, it is the same drain.
   */
  drain(): Promise<Result>;
  /** Takes classes again; those that have not moved yet stay. */
  resume(): void;
}

/** Moves all classes of this node to others, one after the other, each within moments. */
export function createDrain(parts: {
  readonly registry: Pick<Registry, "running" | "handOver">;
  readonly directory: Pick<NodeDirectory, "me" | "nodes" | "announce">;
  readonly bus: Pick<ClusterBus, "ask">;
  readonly log: Log;
  /** Whether Redis is there: a class that is let go without it finds nobody who may take it. */
  isConnected(): boolean;
  setDraining(is: boolean): void;
}): Drain {
  const { registry, directory, bus, log } = parts;
  let under: Promise<Result> | null = null;
  let isOn = false;

  const target = () =>
    leastLoaded(directory.nodes().filter((node) => node.id !== directory.me.id && !node.isDraining));

  async function move(live: LiveClass): Promise<void> {
    const { id: sessionId } = live.session;
    await registry.handOver(live);
    await directory.announce();
    const to = target();
    const taken = to ? await bus.ask(to.id, { kind: "take", sessionId }) : refuse("unavailable");
    if (taken.ok) log.info({ sessionId, to: to?.name }, "a class was moved");
    // Its people, or the next look of any node, find it a place.
    else log.warn({ sessionId, code: taken.code }, "a class was let go, and nobody has taken it yet");
  }

  async function drainAll(): Promise<Result> {
    await directory.announce();
    if (!target()) return refuse("unavailable", "there is no other node");
    setDraining(true);
    await directory.announce();
    for (const live of registry.running()) {
      if (!isOn) return refuse("unavailable", "the node takes classes again");
      if (!parts.isConnected()) return refuse("unavailable", "Redis is gone: what is left stays");
      await move(live);
    }
    return accept();
  }

  function setDraining(is: boolean): void {
    isOn = is;
    parts.setDraining(is);
  }

  return {
    drain() {
      under ??= drainAll().finally(() => {
        under = null;
      });
      return under;
    },
    resume() {
      setDraining(false);
      void directory.announce();
    },
  };
}
