import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { environmentFor } from "./run-node.mjs";
import { SetupError } from "./setup-error.mjs";

const POSTGRES_FOLDERS = "/usr/lib/postgresql";
const READY_WITHIN_MS = 30_000;
const NODES = ["node-1", "node-2"];
const FIRST_PORT = 3001;
const FIRST_RTC_PORT = 40_000;
/** Far enough for a node's media workers. */
const RTC_PORTS_EACH = 100;

/**
 * Starts Redis, PostgreSQL and two nodes on loopback and ends all of them with this process, the nodes first.
 * @param {{node: string, worker: string, projectDir: string, folder: string,
 *   env: Readonly<Record<string, string | undefined>>}} options
 * @returns {Promise<number>} the exit code
 */
export async function startClusterPrograms({ node, worker, projectDir, folder, env }) {
  /** @type {import("node:child_process").ChildProcess[]} */
  const running = [];
  const stopped = stopSignal();
  try {
    const redis = await startRedis(folder, running);
    const database = await startPostgres(folder, running);
    const shared = {
      DATABASE_URL: database,
      REDIS_URL: redis,
      DATA_DIR: join(folder, "shared"),
      MEDIASOUP_WORKER_BIN: worker,
      WORKERS: env.WORKERS ?? "1",
    };
    const ready = [];
    for (const [index, name] of NODES.entries()) {
      const own = {
        NODE_NAME: name,
        PORT: `${Number(env.PORT ?? FIRST_PORT) + index}`,
        RTC_PORT: `${Number(env.RTC_PORT ?? FIRST_RTC_PORT) + index * RTC_PORTS_EACH}`,
      };
      const said = await startNode(node, projectDir, { ...shared, ...own }, running);
      ready.push({ name, ...said });
    }
    say(ready);
    await Promise.race([stopped, ...running.map((child) => once(child, "exit"))]);
    return 0;
  } finally {
    // The nodes first: they hand over, and write what they know.
    for (const child of running.toReversed()) await end(child);
  }
}

/** @returns {Promise<void>} resolves at the first Ctrl-C or SIGTERM */
function stopSignal() {
  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
      process.on(signal, () => resolve());
  });
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(child.spawnfile.endsWith("postgres") ? "SIGINT" : "SIGTERM");
  await gone;
}

/**
 * Programs of their own process group: Ctrl-C in a terminal reaches this process alone, which ends them in order.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @param {import("node:child_process").ChildProcess[]} running
 */
function start(program, args, options, running) {
  const child = spawn(program, args, { stdio: "ignore", ...options, detached: true });
  running.push(child);
  return child;
}

/**
 * @param {string} folder
 * @param {import("node:child_process").ChildProcess[]} running
 */
async function startRedis(folder, running) {
  const port = await freePort();
  const args = [
    "--port",
    `${port}`,
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
    "--dir",
    folder,
  ];
  start("redis-server", args, {}, running);
  return `redis://127.0.0.1:${port}`;
}

/**
 * @param {string} folder
 * @param {import("node:child_process").ChildProcess[]} running
 * @returns {Promise<string>} the database's URL
 */
async function startPostgres(folder, running) {
  const version = existsSync(POSTGRES_FOLDERS)
    ? readdirSync(POSTGRES_FOLDERS)
        .toSorted((a, b) => Number(a) - Number(b))
        .at(-1)
    : undefined;
  if (!version) throw new SetupError("PostgreSQL is missing");
  const bin = join(POSTGRES_FOLDERS, version, "bin");
  const owner = process.getuid?.() === 0 ? postgresUser() : null;
  const place = join(folder, "postgres");
  const data = join(place, "data");
  const passwordFile = join(folder, "postgres-password");
  const options = { ...owner, cwd: folder, env: { LC_ALL: "C.UTF-8", PATH: "/usr/bin:/bin" } };
  mkdirSync(place, { recursive: true });
  if (!existsSync(passwordFile))
    writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  if (owner) for (const path of [place, passwordFile]) chownSync(path, owner.uid, owner.gid);
  if (!existsSync(join(data, "PG_VERSION"))) {
    const auth = ["--auth-local=trust", "--auth-host=scram-sha-256", `--pwfile=${passwordFile}`];
    execFileSync(
      join(bin, "initdb"),
      ["-D", data, "-U", "balai", ...auth, "-E", "UTF8", "--locale=C.UTF-8"],
      {
        ...options,
        stdio: "ignore",
      },
    );
  }
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: place,
    max_connections: 100,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  start(join(bin, "postgres"), ["-D", data, ...args], options, running);
  const to = ["-h", place, "-p", `${port}`, "-U", "balai"];
  await untilGood(() => execFileSync(join(bin, "pg_isready"), to, { ...options, stdio: "ignore" }));
  const psql = (/** @type {string} */ text) =>
    execFileSync(join(bin, "psql"), [...to, "-d", "postgres", "-Atc", text], {
      ...options,
      encoding: "utf8",
    });
  if (psql("select 1 from pg_database where datname = 'balai'").trim() !== "1") {
    psql("create database balai template template0 encoding 'UTF8'");
  }
  return `postgres://balai:${readFileSync(passwordFile, "utf8").trim()}@127.0.0.1:${port}/balai`;
}

/** @param {() => void} attempt */
async function untilGood(attempt) {
  const until = performance.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      return attempt();
    } catch (cause) {
      if (performance.now() > until) throw new SetupError("PostgreSQL did not start", { cause });
      await setTimeout(100);
    }
  }
}

/**
 * @param {string} node
 * @param {string} projectDir
 * @param {Record<string, string>} env
 * @param {import("node:child_process").ChildProcess[]} running
 * @returns {Promise<{url: string, links?: Record<string, unknown>}>} what it says when it is ready
 */
async function startNode(node, projectDir, env, running) {
  const args = ["--disable-warning=ExperimentalWarning", "server/main.ts"];
  const child = start(
    node,
    args,
    { cwd: projectDir, env: environmentFor(node, env), stdio: ["ignore", "pipe", "inherit"] },
    running,
  );
  if (!child.stdout) throw new Error("a node's output is not read");
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.on("line", (line) => {
      const said = JSON.parse(line);
      if (said.ready) resolve({ url: said.url, ...(said.links ? { links: said.links } : {}) });
      else process.stderr.write(`${env.NODE_NAME}: ${line}\n`);
    });
    child.once("exit", () => reject(new SetupError(`${env.NODE_NAME} did not start`)));
  });
}

/** @param {readonly {name: string, url: string, links?: Record<string, unknown>}[]} nodes */
function say(nodes) {
  if (!process.stdout.isTTY) {
    process.stdout.write(`${JSON.stringify({ ready: true, nodes })}\n`);
    return;
  }
  for (const { name, url, links = {} } of nodes) {
    process.stdout.write(`\n${name} is ready: ${url}\n\n`);
    for (const [who, link] of Object.entries(links)) {
      for (const one of [link].flat()) process.stdout.write(`  ${who.padEnd(14)} ${one}\n`);
    }
  }
  process.stdout.write(
    "\nOpen links of both nodes: it is one class. Ctrl+C ends everything; the records stay.\n\n",
  );
}

function postgresUser() {
  const idOf = (/** @type {string} */ flag) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** A TCP port of loopback that nothing used a moment ago. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  server.close();
  await once(server, "close");
  return port;
}
