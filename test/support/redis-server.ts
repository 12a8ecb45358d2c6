import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";

const READY_WITHIN_MS = 10_000;

export interface RedisServer {
  readonly url: string;
  /** A connection for tests to look with; ended with the server. */
  readonly client: Redis;
  /** As if its machine were gone; `start` brings it back, empty. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Answers nobody, with its connections open (SIGSTOP), and goes on with what it knew (SIGCONT). */
  pause(): void;
  goOn(): void;
  close(): Promise<void>;
}

/** Debian's Redis on a free loopback port; it keeps nothing on disk. */
export async function startRedis({ password = "" } = {}): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), "balai-redis-"));
  const settings = { port: `${port}`, bind: "127.0.0.1", save: "", appendonly: "no", dir: folder };
  const args = Object.entries({ ...settings, ...(password ? { requirepass: password } : {}) });
  const url = `redis://${password ? `:${password}@` : ""}127.0.0.1:${port}`;
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawn(
      "redis-server",
      args.flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: "ignore" },
    );
    const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 });
    client.on("error", () => {});
    const late = setTimeout(READY_WITHIN_MS, "late", { ref: false });
    const isLate = (await Promise.race([client.ping(), late])) === "late";
    client.disconnect();
    if (isLate) throw new Error("Redis did not start");
  }

  async function stop(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  await start();
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on("error", () => {});
  return {
    url,
    client,
    stop,
    start,
    pause: () => void child.kill("SIGSTOP"),
    goOn: () => void child.kill("SIGCONT"),
    async close() {
      client.disconnect();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
