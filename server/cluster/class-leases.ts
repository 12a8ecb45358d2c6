import type { ClassHome, ClassHomes, ClassStore, Clock, Log } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { SessionId } from "../protocol/ids.ts";
import { LEASE_MS, RENEW_EVERY_MS, STEADY_MS } from "./cluster-times.ts";
import type { NodeDirectory } from "./node-directory.ts";
import { classKey } from "./redis-keys.ts";
import type { RedisLink } from "./redis-link.ts";

/** Renews what is ours or nobody's, and tells which is somebody else's. */
const RENEW = `
  local lost = {}
  for index, key in ipairs(KEYS) do
    local owner = redis.call('get', key)
    if owner == false or owner == ARGV[1] then
      redis.call('set', key, ARGV[1], 'PX', ARGV[2])
    else
      lost[#lost + 1] = index
    end
  end
  return lost
`;
const DELETE_OWN = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;

export interface ClassLeases extends ClassHomes {
  /** The id of the node that runs a class. Null for none; throws while Redis is gone. */
  ownerOf(sessionId: SessionId): Promise<string | null>;
  /** Of these, the ones that no node runs. Throws while Redis is gone. */
  ownerless(sessionIds: readonly SessionId[]): Promise<readonly SessionId[]>;
  /** The epoch in which this node has a class. */
  epochOf(sessionId: SessionId): number | undefined;
  /** How many classes this node has, those among them that are just beginning. */
  count(): number;
  /** Whether Redis has been there for long enough that a missing lease means a dead node. */
  isSteady(): boolean;
  close(): Promise<void>;
}

export interface LeaseParts {
  readonly redis: RedisLink;
  readonly directory: NodeDirectory;
  readonly classes: ClassStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Somebody else has the class now. */
  onLost(sessionId: SessionId): void;
}

/**
 * Class leases: in Redis, who runs a class now; in the database, in which epoch, which every write of the class is
 * checked against. So the lease decides who tries, and the epoch who may write, whatever becomes of Redis.
 */
export function createClassLeases(parts: LeaseParts): ClassLeases {
  const { redis, directory, classes, clock, log } = parts;
  const { commands } = redis;
  const { id } = directory.me;
  const held = new Map<SessionId, number>();
  const leaving = new Map<SessionId, Promise<void>>();
  let isClosed = false;

  const isSteady = () => redis.steadyMs() >= STEADY_MS;

  async function take(sessionId: SessionId): Promise<Result<ClassHome>> {
    await leaving.get(sessionId);
    if (isClosed) return refuse("unavailable");
    const before = await classes.homeNode(sessionId);
    const isOthers = before !== null && before !== "" && before !== id;
    // Whoever lives and has not given it back is about to renew its lease.
    if (isOthers && (!isSteady() || directory.byId(before))) {
      return refuse(directory.byId(before) ? "class-elsewhere" : "unavailable", "its node may still live");
    }
    try {
      const isTaken = await commands.set(classKey(sessionId), id, "PX", LEASE_MS, "NX");
      if (!isTaken && (await commands.get(classKey(sessionId))) !== id) return refuse("class-elsewhere");
    } catch {
      return refuse("unavailable", "Redis is gone, and with it the knowledge of who runs which class");
    }
    const epoch = await classes.takeHome(sessionId, id).catch(async (fault: unknown) => {
      await deleteLease(sessionId);
      throw fault;
    });
    held.set(sessionId, epoch);
    void directory.announce();
    return accept({
      epoch,
      isInterrupted: before !== null,
      leave: (isCutOff = false) => leave(sessionId, epoch, isCutOff),
    });
  }

  function leave(sessionId: SessionId, epoch: number, isCutOff: boolean): Promise<void> {
    if (held.get(sessionId) !== epoch) return leaving.get(sessionId) ?? Promise.resolve();
    held.delete(sessionId);
    const left = release(sessionId, epoch, isCutOff).finally(() => {
      if (leaving.get(sessionId) === left) leaving.delete(sessionId);
    });
    leaving.set(sessionId, left);
    return left;
  }

  async function release(sessionId: SessionId, epoch: number, isCutOff: boolean): Promise<void> {
    await classes.leaveHome(sessionId, epoch, isCutOff);
    await deleteLease(sessionId);
  }

  /** Without Redis it runs out by itself. */
  async function deleteLease(sessionId: SessionId): Promise<void> {
    await commands.eval(DELETE_OWN, 1, classKey(sessionId), id).catch(() => {});
  }

  async function renew(): Promise<void> {
    const ours = [...held.keys()];
    if (ours.length === 0) return;
    const lost = await commands.eval(RENEW, ours.length, ...ours.map(classKey), id, LEASE_MS);
    for (const index of lost as readonly number[]) {
      const sessionId = ours[index - 1];
      if (sessionId !== undefined && held.has(sessionId)) parts.onLost(sessionId);
    }
  }

  let cancel = clock.after(RENEW_EVERY_MS, turn);
  function turn(): void {
    cancel = clock.after(RENEW_EVERY_MS, turn);
    renew().catch((err: unknown) => log.debug({ err }, "the classes' leases could not be renewed"));
  }

  const renewAgain = () => void renew().catch(() => {});
  commands.on("ready", renewAgain);

  return {
    take,
    ownerOf: (sessionId) => commands.get(classKey(sessionId)),
    async ownerless(sessionIds) {
      if (sessionIds.length === 0) return [];
      const owners = await commands.mget(sessionIds.map(classKey));
      return sessionIds.filter((_, index) => owners[index] === null);
    },
    epochOf: (sessionId) => held.get(sessionId),
    count: () => held.size,
    isSteady,
    async close() {
      isClosed = true;
      cancel();
      commands.off("ready", renewAgain);
      await Promise.allSettled([...held].map(([sessionId, epoch]) => leave(sessionId, epoch, true)));
      await Promise.allSettled(leaving.values());
    },
  };
}
