import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { breakoutRoomIdSchema, resultIdSchema } from "../../server/protocol/ids.ts";
import { createPostgresStore } from "../../server/store/postgres-store.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { addProgramme, addSession, morningOf } from "../bench/evidence/filled-store.ts";
import { firstBadRow } from "../contract/class-events.ts";
import { quietLog } from "../contract/records.ts";
import { type PostgresServer, startPostgres } from "../support/postgres-server.ts";
import { sampleCase } from "../support/sample-case.ts";

const roomId = breakoutRoomIdSchema.parse("rom_1");
let server: PostgresServer;
let dataDir: string;
let databases = 0;
let target: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.close());
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "balai-move-"));
  databases += 1;
  target = `target_${databases}`;
  await server.createDatabase(target);
});
afterEach(() => rm(dataDir, { recursive: true }));

const sqlite = () => createSqliteStore({ file: join(dataDir, "balai.db"), log: quietLog });
const postgres = () => createPostgresStore({ address: server.addressOf(target), log: quietLog });

/** Two programmes' worth of everything that a move must carry: text, bytes, numbers, ledger and trail. */
async function fill(): Promise<void> {
  const store = await sqlite();
  const { programme, enrolmentIds } = await addProgramme(store, 120);
  const [enrolmentId] = enrolmentIds;
  if (!enrolmentId) throw new Error("nobody is enrolled");
  for (const index of [0, 1, 2]) {
    const session = await addSession(store, programme, index);
    await store.classes.appendEvidence(session.id, morningOf(session, enrolmentIds));
    await store.sheets.create([
      {
        sessionId: session.id,
        roomId,
        case: { ...sampleCase, title: "Kasus “satu”\n\u2028é💻" },
        createdAt: 1,
      },
    ]);
    await store.sheets.append({
      sessionId: session.id,
      roomId,
      update: new Uint8Array([0, 1, 255, index]),
      authors: [[2 ** 31 + index, enrolmentId]],
      at: 1,
    });
    await store.trail.append({
      at: 1_000 + index,
      actor: { kind: "command-line", id: null },
      action: "roster.read",
      programmeId: null,
      sessionId: null,
      subject: { kind: "programme", id: programme.id },
      people: [],
      detail: {},
    });
  }
  await store.results.put(
    programme.id,
    [
      {
        newId: resultIdSchema.parse("res_1"),
        enrolmentId,
        requirement: "post-test",
        score: 81.1,
        status: null,
        takenAt: 1_767_000_000_001,
        source: "kuis",
      },
    ],
    5,
  );
  await store.close();
}

function start(...argv: string[]): ChildProcess {
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: "silent", DATABASE_URL: "" };
  return spawn(process.execPath, ["server/main.ts", ...argv], { env, stdio: ["ignore", "pipe", "pipe"] });
}
async function finished(child: ChildProcess) {
  const [said, told, [status]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, "close"),
  ]);
  return { status, said, told };
}
const move = () => finished(start("migrate", "--to", server.urlOf(target)));

async function evidenceOf(store: Store) {
  const programme = await store.programmes.find("UKUR");
  if (!programme) throw new Error("the programme is gone");
  const sessions = await store.sessions.all(programme.id);
  return Promise.all(sessions.map(({ id }) => store.classes.evidence(id)));
}

async function rowCounts() {
  const counts = await server.query(
    target,
    `select (select count(*)::int from ledger) as ledger, (select count(*)::int from enrolments) as enrolments`,
  );
  return counts.rows[0];
}

describe("moving an installation into PostgreSQL", () => {
  it("PS8 copies and verifies everything, and the server goes on with it", async () => {
    await fill();
    const before = await readFile(join(dataDir, "balai.db"));
    const moved = await move();
    expect(moved).toMatchObject({ status: 0 });
    expect(moved.said).toMatch(
      /GOOD {2}\d+ rows in \d+ tables.*\nGOOD {2}3 classes with \d{4} rows.*\nGOOD {2}3 rows/,
    );
    expect(moved.said + moved.told).not.toContain("sandi-uji");

    const [source, copy] = [await sqlite(), await postgres()];
    const [originals, copies] = [await evidenceOf(source), await evidenceOf(copy)];
    expect(copies).toEqual(originals);
    const programme = await copy.programmes.find("UKUR");
    const [session] = programme ? await copy.sessions.all(programme.id) : [];
    if (!programme || !session) throw new Error("the programme is gone");
    await copy.classes.appendEvidence(session.id, [{ type: "presence.mark", at: 4_000_000_000_000 }]);
    expect(firstBadRow(session.id, await copy.classes.evidence(session.id))).toBeNull();
    // `position` goes on where it stood.
    await addSession(copy, programme, 9);
    await source.close();
    await copy.close();
    expect((await stat(join(dataDir, "balai.db"))).size).toBeGreaterThanOrEqual(before.length);

    const again = await move();
    expect(again).toMatchObject({ status: 0, said: expect.stringContaining("moved there already") });
    const stale = await finished(start("account", "list"));
    expect(stale.status).not.toBe(0);
    expect(stale.told).toMatch(/moved to PostgreSQL: set DATABASE_URL/);
  });

  it("PS9 goes on where it was killed", async () => {
    await fill();
    // Somebody holds the trail's table, so that the move stands in the middle until it is killed.
    const child = start("migrate", "--to", server.urlOf(target));
    const holder = new pg.Client({ connectionString: server.urlOf(target) });
    await holder.connect();
    await holder.query(`begin; do $$ begin loop
      begin lock table sheet_updates in access exclusive mode; exit;
      exception when undefined_table then perform pg_sleep(0.001); end;
    end loop; end $$`);
    await expect
      .poll(
        async () =>
          (await server.query(target, "select count(*)::int as n from pg_locks where not granted")).rows[0].n,
        {
          timeout: 30_000,
        },
      )
      .toBeGreaterThan(0);
    child.kill("SIGKILL");
    await finished(child);
    await holder.query("rollback");
    await holder.end();

    await expect(postgres()).rejects.toThrow(/records are still being moved/);
    const half = await rowCounts();
    expect(half.enrolments).toBe(120);
    const first = await server.query(target, "select min(xmin::text::bigint)::int as first from enrolments");
    const moved = await move();
    expect(moved).toMatchObject({ status: 0, told: expect.stringContaining("Going on with the move") });
    const after = await server.query(target, "select min(xmin::text::bigint)::int as first from enrolments");
    expect(after.rows).toEqual(first.rows);
    await (await postgres()).close();
  });

  it("PS9 starts anew when the records have changed since", async () => {
    await fill();
    await server.query(target, `create table unfinished_move (name text primary key, value text)`);
    const store = await sqlite();
    const installation = await store.settings.putIfAbsent("installation-id", "an-id");
    await store.close();
    await server.query(
      target,
      `insert into unfinished_move values ('installation', '${installation}'), ('file', '1 2')`,
    );
    const moved = await move();
    expect(moved).toMatchObject({ status: 0, told: expect.stringContaining("starting from the beginning") });
  });

  it("PS10 refuses a target that is another's, and what is not as it was", async () => {
    const empty = await move();
    expect(empty).toMatchObject({ status: 1, told: expect.stringContaining("there are no records in") });
    await fill();
    const other = await postgres();
    await other.close();
    expect(await move()).toMatchObject({
      status: 1,
      told: expect.stringContaining("another installation's records"),
    });

    await server.query(target, "drop schema public cascade; create schema public");
    await server.query(
      target,
      `create table unfinished_move (name text primary key, value text);
       insert into unfinished_move values ('installation', 'somebody'), ('file', '1 2')`,
    );
    expect(await move()).toMatchObject({
      status: 1,
      told: expect.stringContaining("another installation's records"),
    });
    await server.query(target, "drop table unfinished_move");

    const source = new DatabaseSync(join(dataDir, "balai.db"));
    source.exec("drop trigger ledger_refuses_update; update ledger set at = at + 1 where seq = 700");
    source.close();
    expect(await move()).toMatchObject({
      status: 1,
      told: expect.stringMatching(/ledger of ses_\w+ is broken at row 700, in SQLite too: its hash/),
    });
    await expect(postgres()).rejects.toThrow(/records are still being moved/);
  });

  it("PS10 does not move below a running server, nor without an address", async () => {
    await fill();
    const lock = new DatabaseSync(join(dataDir, "server.lock"));
    lock.exec("begin exclusive");
    expect(await move()).toMatchObject({
      status: 1,
      told: expect.stringContaining("another Balai server is using"),
    });
    lock.close();
    expect(await finished(start("migrate"))).toMatchObject({
      status: 2,
      told: expect.stringContaining("Usage"),
    });
    expect(await finished(start("migrate", "--to", "mysql://db/x"))).toMatchObject({ status: 2 });
  });
});
