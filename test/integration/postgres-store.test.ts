import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { surveyAnswerIdSchema } from "../../server/protocol/ids.ts";
import { createPostgresStore } from "../../server/store/postgres-store.ts";
import { firstBadRow, joined, opened, said, sequenced } from "../contract/class-events.ts";
import { person, programme, quietLog, sessionId } from "../contract/records.ts";
import { storeContract } from "../contract/store-contract.ts";
import { twoDecidersContract } from "../contract/two-deciders-contract.ts";
import { startCuttingProxy } from "../support/cutting-proxy.ts";
import { type PostgresServer, startPostgres } from "../support/postgres-server.ts";

const one = sessionId("1");
let server: PostgresServer;
let databases = 0;
beforeAll(async () => {
  server = await startPostgres();
  await server.createDatabase("migrated");
  await (await open("migrated")).close();
});
afterAll(() => server?.close());

const open = (name: string, port = server.port) =>
  createPostgresStore({ address: { ...server.addressOf(name), port }, log: quietLog });

async function freshDatabase(): Promise<string> {
  databases += 1;
  await server.createDatabase(`fresh_${databases}`, "migrated");
  return `fresh_${databases}`;
}

storeContract("PostgreSQL", async () => open(await freshDatabase()));

const nodes: Store[] = [];
afterAll(() => Promise.all(nodes.map((store) => store.close())));
twoDecidersContract("PostgreSQL", async () => {
  const name = await freshDatabase();
  const both = [await open(name), await open(name)] as const;
  nodes.push(...both);
  return both;
});

describe("PostgreSQL", () => {
  const stores: Store[] = [];
  async function opening(name: string, port?: number): Promise<Store> {
    const store = await open(name, port);
    stores.push(store);
    return store;
  }
  afterAll(() => Promise.all(stores.map((store) => store.close())));

  it("PS1 compares and orders all text by its bytes, whatever the database's locale", async () => {
    const { rows } = await server.query(
      "migrated",
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'`,
    );
    expect(rows).toEqual([]);
  });

  it("PS2 two processes that append to one class make one chain", async () => {
    const name = await freshDatabase();
    const both = [await opening(name), await opening(name)];
    const rows = Array.from({ length: 60 }, () => ({ type: "presence.mark", at: 5_000 }) as const);
    await Promise.all(rows.map((row, index) => both[index % 2]?.classes.appendEvidence(one, [row])));
    const evidence = await both[0]?.classes.evidence(one);
    expect(evidence).toHaveLength(60);
    expect(firstBadRow(one, evidence ?? [])).toBeNull();
  });

  it("PS2 of two processes that record one class event, one is refused", async () => {
    const name = await freshDatabase();
    const both = [await opening(name), await opening(name)];
    const outcomes = await Promise.allSettled(
      both.map(({ classes }) => classes.append(one, sequenced([opened, said("halo")]))),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await both[0]?.classes.replay(one)).toHaveLength(2);
  });

  it("PS3 a commit waits for the disk, whatever the server's setting", async () => {
    const name = await freshDatabase();
    await server.query("postgres", `alter database "${name}" set synchronous_commit = off`);
    const store = await opening(name);
    await server.query(
      name,
      `create table seen (mode text); create function see() returns trigger language plpgsql as $$
       begin insert into seen values (current_setting('synchronous_commit')); return new; end $$;
       create trigger see before insert on ledger for each row execute function see()`,
    );
    await store.classes.append(one, sequenced([opened]));
    expect((await server.query(name, "select mode from seen")).rows).toEqual([{ mode: "on" }]);
  });

  it("LG8 holds every acknowledged row after a kill of the server's process", {
    timeout: 30_000,
  }, async () => {
    const name = await freshDatabase();
    const script = fileURLToPath(new URL("../contract/append-until-killed.ts", import.meta.url));
    const child = spawn(process.execPath, [script, server.urlOf(name)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      if (printed.split("\n").length > 150) child.kill("SIGKILL");
    });
    await once(child, "close");
    const { classes } = await opening(name);
    for (const letter of ["a", "b", "c"]) {
      const acked = Math.max(
        ...Array.from(printed.matchAll(new RegExp(`${letter} (\\d+)\\n`, "g")), (m) => +(m[1] ?? 0)),
      );
      const rows = await classes.evidence(sessionId(letter));
      expect(rows.length).toBeGreaterThanOrEqual(acked);
      expect(rows.length % 3).toBe(0);
      expect(firstBadRow(sessionId(letter), rows)).toBeNull();
    }
  });

  it("LG9 refuses an append that PostgreSQL refuses, and goes on after it", async () => {
    const name = await freshDatabase();
    const { classes } = await opening(name);
    await server.query(
      name,
      `create function break() returns trigger language plpgsql as $$
       begin if new.body like '%boom%' then raise exception 'broken on purpose'; end if; return new; end $$;
       create trigger broken before insert on class_log for each row execute function break()`,
    );
    await classes.append(one, sequenced([opened]));
    await expect(classes.append(one, sequenced([joined("1"), said("boom")], 2, 2_000))).rejects.toMatchObject(
      {
        cause: { message: expect.stringContaining("broken on purpose") },
      },
    );
    await classes.append(one, sequenced([joined("1"), said("ok")], 2, 2_000));
    expect(firstBadRow(one, await classes.evidence(one))).toBeNull();
  });

  it("LG10 refuses every change of the ledger and of the trail", async () => {
    const name = await freshDatabase();
    const { classes } = await opening(name);
    await classes.append(one, sequenced([opened]));
    for (const table of ["ledger", "trail"]) {
      for (const change of [`update ${table} set at = 0`, `delete from ${table}`, `truncate ${table}`]) {
        await expect(server.query(name, change)).rejects.toThrow(`${table} is append-only`);
      }
    }
  });

  it("PS4 knows whether a commit counted whose answer was lost", async () => {
    const name = await freshDatabase();
    const proxy = await startCuttingProxy(server.port);
    const { classes, close } = await open(name, proxy.port);
    await classes.append(one, sequenced([opened]));
    proxy.cutAfter("commit");
    await classes.append(one, sequenced([joined("1")], 2, 2_000));
    proxy.cutAfter("insert into");
    await expect(classes.append(one, sequenced([joined("2")], 3, 3_000))).rejects.toThrow(
      "could not be written",
    );
    await classes.append(one, sequenced([joined("2")], 3, 3_000));
    expect(await classes.replay(one)).toHaveLength(3);
    expect(firstBadRow(one, await classes.evidence(one))).toBeNull();
    await close();
    await proxy.close();
  });

  it("PS4 goes on by itself when PostgreSQL was started again", async () => {
    const { classes, ping } = await opening(await freshDatabase());
    await classes.append(one, sequenced([opened]));
    await server.restart();
    await ping();
    await classes.append(one, sequenced([joined("1")], 2, 2_000));
    expect(await classes.replay(one)).toHaveLength(2);
  });

  it("LG8 holds every acknowledged row after a crash of PostgreSQL", async () => {
    const store = await opening(await freshDatabase());
    let acked = 0;
    let crash: Promise<void> | null = null;
    for (let seq = 1; seq < 1_000; seq++) {
      const appended = store.classes.append(
        one,
        sequenced([seq === 1 ? opened : joined(`${seq}`)], seq, seq),
      );
      if (seq === 50) crash = server.restart("crash");
      const isAcked = await appended.then(
        () => true,
        () => false,
      );
      if (!isAcked) break;
      acked = seq;
    }
    await crash;
    const rows = await store.classes.evidence(one);
    expect(acked).toBeGreaterThanOrEqual(49);
    expect(rows.length).toBeGreaterThanOrEqual(acked);
    expect(firstBadRow(one, rows)).toBeNull();
    const next = rows.length + 1;
    await store.classes.append(one, sequenced([joined(`${next}`)], next, 2_000));
    expect(await store.classes.replay(one)).toHaveLength(next);
  });

  it("PS5 what the database notes of each row joins no survey's answer to who gave it", async () => {
    const name = await freshDatabase();
    const { programmes, enrolments, surveys } = await opening(name);
    const of = programme("A1");
    await programmes.create(of);
    const people = ["1", "2", "3"].map((n) => person(n, `Peserta ${n}`, n));
    await enrolments.put(of.id, people, 1);
    for (const [index, { newId }] of people.entries()) {
      const id = surveyAnswerIdSchema.parse(`ans_${"cab"[index]}`);
      const content = { ratings: [], texts: [] };
      await surveys.answer({ id, programmeId: of.id, survey: "end", enrolmentId: newId, content });
    }
    for (const table of ["survey_returns", "survey_answers"]) {
      const { rows } = await server.query(name, `select xmin, * from ${table} order by ctid`);
      expect(new Set(rows.map((row) => row.xmin)).size, table).toBe(1);
      const keys = rows.map((row) => row.id ?? row.enrolment_id);
      expect(keys).toEqual(keys.toSorted());
      expect(rows).toHaveLength(3);
    }
  });

  it("ST15 refuses a database of a newer version, and leaves it as it was", async () => {
    const name = await freshDatabase();
    await server.query(name, "insert into kysely_migration values ('999-far-future', '2999-01-01')");
    await expect(open(name)).rejects.toThrow(/999-far-future.*versions up to \d{3}-/s);
  });

  it("ST16 makes the tables of a version all or none", async () => {
    await server.createDatabase("half");
    await server.query(
      "half",
      "create function balai_refuse_change() returns int language sql as 'select 1'",
    );
    await expect(open("half")).rejects.toMatchObject({ message: expect.stringContaining("this version") });
    const tables = "select table_name as name from information_schema.tables where table_schema = 'public'";
    const { rows } = await server.query("half", tables);
    expect(rows.filter(({ name }) => !name.startsWith("kysely_"))).toEqual([]);
    await server.query("half", "drop function balai_refuse_change()");
    await (await open("half")).close();
  });
});
