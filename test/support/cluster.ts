import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DemoLinks } from "../../server/demo/demo.ts";
import { freePort } from "./free-port.ts";
import { type PostgresServer, startPostgres } from "./postgres-server.ts";
import { type RedisServer, startRedis } from "./redis-server.ts";

/** One node as a process of its own. */
export interface NodeProcess {
  readonly name: string;
  readonly url: string;
  readonly links: DemoLinks;
  readonly pid: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Stands still (SIGSTOP), and goes on (SIGCONT). */
  pause(): void;
  goOn(): void;
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
}

export interface TestCluster {
  readonly postgres: PostgresServer;
  readonly redis: RedisServer;
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** Starts a node and waits until it is ready. */
  startNode(name: string, env?: Readonly<Record<string, string>>): Promise<NodeProcess>;
  /** All that were started, the first one first. */
  nodes(): readonly NodeProcess[];
  close(): Promise<void>;
}

const DATABASE = "cluster";

/** PostgreSQL, Redis and a shared folder; nodes are started one by one. */
export async function startCluster(): Promise<TestCluster> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const databaseUrl = await postgres.createDatabase(DATABASE);
  const dataDir = await mkdtemp(join(tmpdir(), "balai-cluster-"));
  const nodes: NodeProcess[] = [];
  return {
    postgres,
    redis,
    databaseUrl,
    dataDir,
    async startNode(name, env = {}) {
      const shared = { DATABASE_URL: databaseUrl, REDIS_URL: redis.url, DATA_DIR: dataDir };
      const node = await startNode(name, { ...shared, ...env });
      nodes.push(node);
      return node;
    },
    nodes: () => nodes,
    async close() {
      await Promise.all(nodes.map((node) => node.kill()));
      await Promise.all([postgres.close(), redis.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startNode(name: string, given: Readonly<Record<string, string>>): Promise<NodeProcess> {
  const env = {
    ...process.env,
    PORT: String(await freePort()),
    RTC_PORT: String(await freePort()),
    WORKERS: "1",
    DEMO: "1",
    LOG_LEVEL: "warn",
    NODE_ENV: "development",
    NODE_NAME: name,
    ...given,
  };
  const child = spawn(process.execPath, ["server/main.ts"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<{ url: string; links: DemoLinks }>((resolve, reject) => {
    // Warnings of the log come on the same stream.
    lines.on("line", (line) => {
      const said = JSON.parse(line);
      if (said.ready) resolve(said);
      else process.stderr.write(`${name}: ${line}\n`);
    });
    child.once("exit", () => reject(new Error(`node ${name} ended before it was ready`)));
  });
  const { url, links } = await ready;
  return {
    name,
    url,
    links,
    pid: child.pid ?? 0,
    kill: async () => void (await end(child, "SIGKILL")),
    pause: () => void child.kill("SIGSTOP"),
    goOn: () => void child.kill("SIGCONT"),
    stop: () => end(child, "SIGTERM"),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
  return child.exitCode;
}
