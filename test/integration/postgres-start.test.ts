import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseAddressFrom } from "../../server/store/database-address.ts";
import { lockPostgres } from "../../server/store/postgres-locks.ts";
import { createPostgresStore } from "../../server/store/postgres-store.ts";
import { quietLog } from "../contract/records.ts";
import { freePort } from "../support/free-port.ts";
import { type PostgresServer, startPostgres } from "../support/postgres-server.ts";

let server: PostgresServer;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "balai-start-"));
  server = await startPostgres();
});
afterAll(async () => {
  await server?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** What `npm start` says and how it ends, where it cannot start. */
async function startWith(url: string) {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: "0",
    DATABASE_URL: url,
    LOG_LEVEL: "debug",
    DEMO: "0",
  };
  const child = spawn(process.execPath, ["server/main.ts"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const [said, logged, [status]] = await Promise.all([
    text(child.stderr),
    text(child.stdout),
    once(child, "close"),
  ]);
  return { status, said, everything: said + logged };
}

const tablesIn = async (name: string) =>
  (await server.query(name, "select table_name from information_schema.tables where table_schema = 'public'"))
    .rows;

describe("a start with PostgreSQL", () => {
  it("PS6 says what is wrong, prints no password and touches nothing", async () => {
    await server.createDatabase("theirs");
    await server.query("theirs", "create table faktur (id int)");
    await server.createDatabase("other_program");
    await server.query(
      "other_program",
      "create table kysely_migration (name text, timestamp text); insert into kysely_migration values ('2020_toko', '')",
    );
    await server.query("postgres", "create user tamu password 'sandi-uji'");
    await server.createDatabase("guarded");
    const closed = await freePort();
    const wrong: [string, RegExp][] = [
      [server.urlOf("theirs").replace("sandi-uji", "sandi-salah"), /refuses the user balai, or the password/],
      [server.urlOf("nowhere"), /there is no database nowhere/],
      [server.urlOf("theirs"), /belongs to another program \(it has a table "faktur"\)/],
      [server.urlOf("other_program"), /belongs to another program \(its tables were made by "2020_toko"\)/],
      [server.urlOf("guarded").replace("balai:", "tamu:"), /may not make tables/],
      [
        `postgres://balai:sandi-uji@127.0.0.1:${closed}/x`,
        /the database x at 127.0.0.1:\d+ cannot be reached/,
      ],
      ["postgres:///x?host=/nowhere", /the database x at \/nowhere .* cannot be reached/],
    ];
    for (const [url, sentence] of wrong) {
      const address = databaseAddressFrom(url);
      if (!address) throw new Error(`${url} is none`);
      const opening = createPostgresStore({ address, log: quietLog });
      await expect(opening).rejects.toThrow(sentence);
      await expect(opening).rejects.not.toThrow(/sandi-/);
    }
    for (const [url, sentence] of wrong.slice(0, 3)) {
      const { status, said, everything } = await startWith(url);
      expect(said).toMatch(sentence);
      expect(status).toBe(1);
      expect(everything).not.toMatch(/sandi-(uji|salah)/);
    }
    expect(await tablesIn("theirs")).toEqual([{ table_name: "faktur" }]);
    expect(await tablesIn("other_program")).toEqual([{ table_name: "kysely_migration" }]);
    expect(await tablesIn("guarded")).toEqual([]);
  });

  it("PS6 a database of a newer version stays as it was, and so does the folder", async () => {
    await server.createDatabase("newer");
    const address = server.addressOf("newer");
    await (await createPostgresStore({ address, log: quietLog })).close();
    await server.query("newer", "insert into kysely_migration values ('999-far-future', '2999-01-01')");
    const { status, said } = await startWith(server.urlOf("newer"));
    expect(status).toBe(1);
    expect(said).toMatch(
      /version 999-far-future, made by a newer Balai; this one knows versions up to \d{3}-/,
    );
    // Only who is at it, for as long as it looks.
    expect((await readdir(dataDir)).filter((name) => !name.startsWith("server.lock"))).toEqual([]);
    expect((await server.query("newer", "select count(*)::int as people from accounts")).rows).toEqual([
      { people: 0 },
    ]);
  });

  it("PS7 two servers do not run one installation: the second is told who does", async () => {
    await server.createDatabase("held");
    const lock = await lockPostgres(server.addressOf("held"), quietLog, () => {});
    const { status, said } = await startWith(server.urlOf("held"));
    expect(status).toBe(1);
    expect(said).toMatch(
      new RegExp(`another Balai server is using the database held .*process ${process.pid} on `),
    );
    expect(await tablesIn("held")).toEqual([]);
    // The command line works beside it.
    await (await createPostgresStore({ address: server.addressOf("held"), log: quietLog })).close();
    await lock.close();
    await lock.close();
    await (await lockPostgres(server.addressOf("held"), quietLog, () => {})).close();
  });

  it("PS7 a lock whose connection broke is taken again, unless another server was faster", async () => {
    await server.createDatabase("contested");
    const lost = Promise.withResolvers<string>();
    const lock = await lockPostgres(server.addressOf("contested"), quietLog, lost.resolve);
    const holder = `select pid from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = 'contested')`;
    const pidOf = async () => (await server.query("contested", holder)).rows[0]?.pid;
    const first = await pidOf();
    await server.query("contested", `select pg_terminate_backend(${first})`);
    await expect.poll(async () => (await pidOf()) ?? first, { timeout: 10_000 }).not.toBe(first);

    // Somebody who waits for the lock has it in the moment it is free.
    const rival = new pg.Client({
      connectionString: server.urlOf("contested"),
      application_name: "balai 7 node-b",
    });
    await rival.connect();
    const { rows } = await server.query(
      "contested",
      "select classid, objid from pg_locks where locktype = 'advisory' and granted",
    );
    const taking = rival.query(`select pg_advisory_lock(${rows[0].classid}, ${rows[0].objid})`);
    const waiting = "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted";
    await expect.poll(async () => (await server.query("contested", waiting)).rows[0].n).toBe(1);
    await server.query("contested", `select pg_terminate_backend(pid) from (${holder}) as held`);
    await taking;
    expect(await lost.promise).toMatch(/process 7 on node-b/);
    await lock.close();
    await rival.end();
  });
});
