import type { Clock, Log } from "../ports.ts";
import { ANNOUNCE_EVERY_MS, NODE_LIVES_MS } from "./cluster-times.ts";
import { type NodeEntry, type NodeFacts, type NodeLoad, nodeEntrySchema } from "./node-entry.ts";
import { NODES_KEY, nodeKey } from "./redis-keys.ts";
import type { RedisLink } from "./redis-link.ts";

export interface NodeDirectory {
  readonly me: NodeFacts;
  /** Those that live, this one among them, as of the last look; while Redis is gone, those that lived before. */
  nodes(): readonly NodeEntry[];
  byId(id: string): NodeEntry | null;
  /** Says at once what has changed here, and looks what has elsewhere. */
  announce(): Promise<void>;
  /** Takes this node out. */
  close(): Promise<void>;
}

export interface DirectoryParts {
  readonly redis: RedisLink;
  readonly me: NodeFacts;
  readonly clock: Clock;
  readonly log: Log;
  load(): Pick<NodeEntry, NodeLoad>;
}

/** Enters this node into the directory and goes on doing so. */
export async function joinDirectory(parts: DirectoryParts): Promise<NodeDirectory> {
  const { redis, me, clock, log } = parts;
  const { commands } = redis;
  let known: readonly NodeEntry[] = [];
  let isClosed = false;
  let cancel = () => {};

  function entry(): NodeEntry {
    return { ...me, ...parts.load(), seenAt: clock.now() };
  }

  async function announce(): Promise<void> {
    if (isClosed) return;
    await commands
      .multi()
      .sadd(NODES_KEY, me.name)
      .set(nodeKey(me.name), JSON.stringify(entry()), "PX", NODE_LIVES_MS)
      .exec();
    known = await readNodes(redis, log);
  }

  function turn(): void {
    if (isClosed) return;
    cancel = clock.after(ANNOUNCE_EVERY_MS, turn);
    // Redis is gone: the link has said so.
    announce().catch(() => {});
  }

  // Of two that start at once under one name, one.
  const isFree = await commands.set(nodeKey(me.name), JSON.stringify(entry()), "PX", NODE_LIVES_MS, "NX");
  if (!isFree) throw new Error(`NODE_NAME: another node has just started under the name ${me.name}`);
  await announce();
  cancel = clock.after(ANNOUNCE_EVERY_MS, turn);
  // A Redis that came back empty knows nobody.
  const sayAgain = () => void announce().catch(() => {});
  commands.on("ready", sayAgain);
  return {
    me,
    nodes: () => (known.length > 0 ? known : [entry()]),
    byId: (id) => (id === me.id ? entry() : (known.find((node) => node.id === id) ?? null)),
    announce: () => announce().catch(() => {}),
    async close() {
      if (isClosed) return;
      isClosed = true;
      cancel();
      commands.off("ready", sayAgain);
      await commands
        .multi()
        .srem(NODES_KEY, me.name)
        .del(nodeKey(me.name))
        .exec()
        .catch(() => {});
    },
  };
}

/** The nodes that live now, by name. What cannot be read is passed over, with a warning. */
export async function readNodes({ commands }: RedisLink, log: Log): Promise<readonly NodeEntry[]> {
  const names = (await commands.smembers(NODES_KEY)).toSorted();
  if (names.length === 0) return [];
  const texts = await commands.mget(names.map(nodeKey));
  return texts.flatMap((text) => {
    if (text === null) return [];
    try {
      return [nodeEntrySchema.parse(JSON.parse(text))];
    } catch (err) {
      log.warn({ err }, "a node says something of itself that cannot be read");
      return [];
    }
  });
}
