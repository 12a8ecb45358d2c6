import { randomUUID } from "node:crypto";
import type { Log } from "../ports.ts";
import { type Result, refuse } from "../protocol/errors.ts";
import { expectOwnRedis } from "./admit-node.ts";
import { openBus } from "./cluster-bus.ts";
import { readNodes } from "./node-directory.ts";
import type { NodeEntry } from "./node-entry.ts";
import type { RedisAddress } from "./redis-address.ts";
import { connectRedis } from "./redis-link.ts";

/** A cluster for whoever looks at it and is no node of it. */
export interface ClusterView {
  /** The nodes that live now, by name. Rejects while Redis is gone. */
  nodes(): Promise<readonly NodeEntry[]>;
  /** Refuses `unavailable` also where the node needs longer than an answer may take. */
  ask(nodeId: string, request: "drain" | "resume"): Promise<Result<boolean | null>>;
  close(): Promise<void>;
}

/** Opens it without joining: nothing is written. @throws a sentence that says what is wrong */
export async function openClusterView(parts: {
  readonly address: RedisAddress;
  /** That of the database; null where it has none yet. */
  readonly installationId: string | null;
  /** By how much this machine's clock is ahead of the database's. */
  readonly clockAheadMs: number;
  readonly log: Log;
}): Promise<ClusterView> {
  const { address, installationId, clockAheadMs, log } = parts;
  const redis = await connectRedis(address, log);
  try {
    await expectOwnRedis(redis, installationId, address);
    const bus = await openBus({
      redis,
      nodeId: `looking-on/${randomUUID()}`,
      clock: { now: () => Date.now() - clockAheadMs },
      log,
      // It is in no directory: nobody asks it anything.
      onRequest: async () => refuse("unavailable"),
      onNotice: () => undefined,
    });
    return {
      nodes: () => readNodes(redis, log),
      ask: (nodeId, kind) => bus.ask(nodeId, { kind }),
      async close() {
        await bus.close();
        redis.close();
      },
    };
  } catch (fault) {
    redis.close();
    throw fault;
  }
}
