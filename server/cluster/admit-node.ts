import { setTimeout } from "node:timers/promises";
import type { Log } from "../ports.ts";
import { refusalOf } from "./admission.ts";
import { NODE_LIVES_MS } from "./cluster-times.ts";
import { readNodes } from "./node-directory.ts";
import type { NodeEntry, NodeFacts } from "./node-entry.ts";
import { type RedisAddress, redisName } from "./redis-address.ts";
import { INSTALLATION_KEY } from "./redis-keys.ts";
import { connectRedis, type RedisLink } from "./redis-link.ts";

const LOOK_EVERY_MS = 250;

/**
 * Connects to Redis and looks whether this node may join; nothing is written. `installationId` is the database's, null
 * for a new one.
 * @throws a sentence that says what is wrong
 */
export async function admitNode(parts: {
  readonly address: RedisAddress;
  readonly me: NodeFacts;
  readonly installationId: string | null;
  readonly log: Log;
}): Promise<RedisLink> {
  const { address, me, installationId, log } = parts;
  const redis = await connectRedis(address, log);
  try {
    await expectOwnRedis(redis, installationId, address);
    const refusal = refusalOf(me, await nodesThatLive(redis, me, log));
    if (refusal) throw new Error(refusal);
    return redis;
  } catch (fault) {
    redis.close();
    throw fault;
  }
}

/** Writes nothing. @throws a sentence where Redis has another installation's keys */
export async function expectOwnRedis(
  redis: RedisLink,
  installationId: string | null,
  address: RedisAddress,
): Promise<void> {
  const owner = await redis.commands.get(INSTALLATION_KEY);
  if (owner !== null && owner !== installationId) throw new Error(othersThere(address));
}

/** @throws a sentence where Redis has become another installation's */
export async function claimRedis(
  redis: RedisLink,
  installationId: string,
  address: RedisAddress,
): Promise<void> {
  await redis.commands.set(INSTALLATION_KEY, installationId, "NX");
  if ((await redis.commands.get(INSTALLATION_KEY)) !== installationId) throw new Error(othersThere(address));
}

const othersThere = (address: RedisAddress) =>
  `REDIS_URL: ${redisName(address)} belongs to another installation; give each a Redis, or a database number, of its own`;

/** A node of our name may be this one before a crash: then it says nothing more, and is forgotten in a moment. */
async function nodesThatLive(redis: RedisLink, me: NodeFacts, log: Log): Promise<readonly NodeEntry[]> {
  const first = await readNodes(redis, log);
  const isOurs = (node: NodeEntry) => node.name === me.name || node.url === me.url;
  const ghosts = new Map(first.filter(isOurs).map((node) => [node.id, node.seenAt]));
  if (ghosts.size > 0) log.info({ node: me.name }, "a node of this name was here; looking whether it lives");
  for (const until = performance.now() + NODE_LIVES_MS + 1_000; performance.now() < until; ) {
    const nodes = await readNodes(redis, log);
    const isAlive = ({ id, seenAt }: NodeEntry) => seenAt > (ghosts.get(id) ?? seenAt);
    if (!nodes.some(isOurs) || nodes.some((node) => isOurs(node) && isAlive(node))) return nodes;
    await setTimeout(LOOK_EVERY_MS);
  }
  return readNodes(redis, log);
}
