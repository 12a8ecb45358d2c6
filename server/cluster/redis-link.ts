import { Redis, type RedisOptions } from "ioredis";
import type { Log } from "../ports.ts";
import { ASK_EVERY_MS, COMMAND_TIMEOUT_MS, RECONNECT_AT_MOST_MS, SILENT_MS } from "./cluster-times.ts";
import { type RedisAddress, redisName } from "./redis-address.ts";

const CONNECT_TIMEOUT_MS = 3_000;

/** The connections of a node to Redis. Both come back by themselves after a break. */
export interface RedisLink {
  /** Fails at once while Redis is gone. */
  readonly commands: Redis;
  /** For what is published; it subscribes anew by itself. */
  readonly subscriber: Redis;
  /** For how long Redis has been there without a break, in milliseconds; 0 while it is gone. */
  steadyMs(): number;
  close(): void;
}

/** @throws a sentence, without the password, when Redis cannot be reached or refuses */
export async function connectRedis(address: RedisAddress, log: Log): Promise<RedisLink> {
  const commands = new Redis({ ...optionsFrom(address), enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  const subscriber = new Redis({ ...optionsFrom(address), maxRetriesPerRequest: null });
  let readyAt: number | null = null;
  let isWarned = false;
  commands.on("ready", () => {
    readyAt = performance.now();
    if (isWarned) log.info({}, "Redis is there again");
    isWarned = false;
  });
  commands.on("close", () => {
    readyAt = null;
  });
  let isThere = false;
  let fault: Error | null = null;
  commands.on("error", (heard: Error) => {
    fault ??= heard;
    if (isThere && !isWarned) {
      log.warn({ reason: heard.message }, "Redis is gone: running classes go on, new ones cannot begin");
    }
    isWarned = isThere;
  });
  // Said once, by the other connection.
  subscriber.on("error", (heard: Error) => {
    fault ??= heard;
  });
  // A Redis, or a network, that stands still closes no connection, and who only listens would never know.
  const asking = setInterval(() => {
    for (const connection of [commands, subscriber]) {
      if (connection.status === "ready") connection.ping().catch(() => {});
    }
  }, ASK_EVERY_MS);
  const close = () => {
    clearInterval(asking);
    commands.disconnect();
    subscriber.disconnect();
  };
  try {
    await Promise.all([commands.connect(), subscriber.connect()]);
    // A number that is not there would quietly be 0.
    await commands.select(address.database);
    isThere = true;
  } catch (thrown) {
    close();
    // What Redis said stands in the event alone; what is thrown says that the connection is closed.
    const cause = fault ?? thrown;
    throw new Error(sentenceOf(cause, address), { cause });
  }
  return {
    commands,
    subscriber,
    steadyMs: () => (readyAt === null ? 0 : performance.now() - readyAt),
    close,
  };
}

function optionsFrom(address: RedisAddress): RedisOptions {
  const { host, port, user, password, database, isEncrypted } = address;
  return {
    host,
    port,
    ...(user === null ? {} : { username: user }),
    ...(password === null ? {} : { password }),
    db: database,
    ...(isEncrypted ? { tls: {} } : {}),
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENT_MS,
    retryStrategy: (times) => Math.min(100 * times, RECONNECT_AT_MOST_MS),
  };
}

function sentenceOf(fault: unknown, address: RedisAddress): string {
  const text = fault instanceof Error ? fault.message : "";
  if (/WRONGPASS|NOAUTH|invalid password/i.test(text)) {
    return `REDIS_URL: ${redisName(address)} refuses the user or the password`;
  }
  if (/DB index/i.test(text)) return `REDIS_URL: there is no such database at ${redisName(address)}`;
  return `REDIS_URL: ${redisName(address)} cannot be reached`;
}
