import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { chown, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { type DatabaseAddress, databaseAddressFrom } from "../../server/store/database-address.ts";
import { freePort } from "./free-port.ts";

const READY_WITHIN_MS = 30_000;
const PASSWORD = "sandi-uji";

export interface PostgresServer {
  readonly port: number;
  /** Makes a database, empty or a copy of another, and tells its URL. */
  createDatabase(name: string, template?: string): Promise<string>;
  addressOf(name: string): DatabaseAddress;
  urlOf(name: string): string;
  /** Runs statements in a database, as an administrator with a shell does. */
  query(database: string, statements: string): Promise<pg.QueryResult>;
  /** Stopped in order and started again, or (`crash`) as after the end of all its processes at once. */
  restart(how?: "crash"): Promise<void>;
  close(): Promise<void>;
}

/**
 * Debian's PostgreSQL on a free loopback port with a data folder of its own; as root it runs as Debian's user
 * `postgres`, because PostgreSQL refuses to run as root.
 */
export async function startPostgres({ isDurable = false } = {}): Promise<PostgresServer> {
  const program = globSync("/usr/lib/postgresql/*/bin/postgres").sort().at(-1);
  if (!program) throw new Error("PostgreSQL is missing: npm test installs it");
  const bin = dirname(program);
  const folder = await mkdtemp(join(tmpdir(), "balai-postgres-"));
  const owner = process.getuid?.() === 0 ? postgresUser() : null;
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  await mkdir(join(folder, "socket"));
  await writeFile(passwordFile, PASSWORD);
  for (const path of owner ? [folder, join(folder, "socket"), passwordFile] : []) {
    await chown(path, owner?.uid ?? 0, owner?.gid ?? 0);
  }
  const run = (file: string, ...args: string[]) =>
    promisify(execFile)(join(bin, file), args, {
      ...owner,
      cwd: folder,
      env: { LC_ALL: "C.UTF-8", PATH: "/usr/bin:/bin" },
    });
  // A locale with its own order of letters, where the machine has one, must not change any list.
  const auth = ["--auth-local=trust", "--auth-host=scram-sha-256", `--pwfile=${passwordFile}`];
  await run("initdb", "-D", data, "-U", "balai", ...auth, "-E", "UTF8", "--no-sync", "--locale=C.UTF-8");
  const port = await freePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: join(folder, "socket"),
    fsync: isDurable ? "on" : "off",
    max_connections: 100,
    logging_collector: "off",
    log_min_messages: "fatal",
  };
  const args = [
    "-D",
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  const urlOf = (name: string) => `postgres://balai:${PASSWORD}@127.0.0.1:${port}/${name}`;

  async function start() {
    const child = spawn(program as string, args, {
      ...owner,
      cwd: folder,
      stdio: "ignore",
      env: { LC_ALL: "C.UTF-8" },
    });
    const until = performance.now() + READY_WITHIN_MS;
    for (;;) {
      const client = new pg.Client({ connectionString: urlOf("postgres") });
      try {
        await client.connect();
        await client.end();
        return child;
      } catch (cause) {
        if (child.exitCode !== null || performance.now() > until) {
          throw new Error("PostgreSQL did not start", { cause });
        }
        await setTimeout(50);
      }
    }
  }
  let child = await start();
  /** SIGINT ends connections and writes what it has; SIGQUIT ends all processes at once. */
  async function stop(signal: "SIGINT" | "SIGQUIT" = "SIGINT") {
    if (child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
  async function query(database: string, statements: string) {
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    return client.query(statements).finally(() => client.end());
  }

  return {
    port,
    urlOf,
    query,
    addressOf(name) {
      const address = databaseAddressFrom(urlOf(name));
      if (!address) throw new Error(`${name} makes no URL`);
      return address;
    },
    async createDatabase(name, template) {
      await query("postgres", `create database "${name}" template "${template ?? "template0"}"`);
      return urlOf(name);
    },
    async restart(how) {
      await stop(how === "crash" ? "SIGQUIT" : "SIGINT");
      child = await start();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function postgresUser(): { readonly uid: number; readonly gid: number } {
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}
