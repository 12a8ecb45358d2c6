import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { createSheetDoc } from "../../server/sheets/sheet-doc.ts";
import { createStore } from "../../server/store/create-store.ts";
import { migrate } from "../../server/store/migrate.ts";
import { openSqlite, sqliteSteps } from "../../server/store/sqlite-database.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { sheetWriter } from "../support/sheet-people.ts";
import { firstBadRow, joined, opened, said, sequenced } from "./class-events.ts";
import { programme, quietLog, sessionId } from "./records.ts";

const one = sessionId("1");
let folder: string;
let file: string;
let store: Store | null;
const reopen = async () => {
  await store?.close();
  store = await createSqliteStore({ file, log: quietLog });
  return store;
};
/** Another connection to the same file, as an administrator with a SQLite shell has it. */
function beside<Value>(work: (database: DatabaseSync) => Value): Value {
  const database = new DatabaseSync(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "balai-durability-"));
  file = join(folder, "balai.db");
  store = null;
});
afterEach(async () => {
  await store?.close();
  rmSync(folder, { recursive: true });
});

describe("SQLite's durability", () => {
  it("LG8 holds every acknowledged row after a kill", { timeout: 30_000 }, async () => {
    const script = fileURLToPath(new URL("append-until-killed.ts", import.meta.url));
    const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    let acknowledgements = 0;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      acknowledgements += text.split("\n").length - 1;
      if (acknowledgements > 150) child.kill("SIGKILL");
    });
    const [, signal] = await once(child, "close");
    expect(signal).toBe("SIGKILL");
    const { classes } = await reopen();
    for (const name of ["a", "b", "c"]) {
      const acked = Math.max(
        ...Array.from(printed.matchAll(new RegExp(`${name} (\\d+)\\n`, "g")), (m) => +(m[1] ?? 0)),
      );
      const rows = await classes.evidence(sessionId(name));
      expect(acked).toBeGreaterThan(100);
      expect(rows.length).toBeGreaterThanOrEqual(acked);
      expect(rows.length % 3).toBe(0);
      expect(firstBadRow(sessionId(name), rows)).toBeNull();
      expect(await classes.replay(sessionId(name))).toHaveLength(rows.length);
    }
    expect(await classes.unfinished()).toEqual(["a", "b", "c"].map(sessionId));
  });

  it("SH19 holds every acknowledged letter of a sheet after a kill", { timeout: 30_000 }, async () => {
    const script = fileURLToPath(new URL("write-sheet-until-killed.ts", import.meta.url));
    const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      // Past the point where rows are put together in one.
      if (printed.includes("ani 400\n")) child.kill("SIGKILL");
    });
    const [, signal] = await once(child, "close");
    expect(signal).toBe("SIGKILL");
    const { sheets } = await reopen();
    const [sheet] = await sheets.list(one);
    if (!sheet) throw new Error("there is no sheet");
    const doc = createSheetDoc(sheet.case, await sheets.content(sheet));
    const all = doc.since(undefined);
    const reader = sheetWriter(9);
    if (all.ok) reader.learn(all.data);
    for (const [name, question] of [
      ["ani", "qst_risk"],
      ["budi", "qst_motto"],
    ] as const) {
      const acked =
        Array.from(printed.matchAll(new RegExp(`${name} (\\d+)\\n`, "g")), (m) => +(m[1] ?? 0)).at(-1) ?? 0;
      const letters = Array.from({ length: acked }, (_, index) => String((index + 1) % 10)).join("");
      expect(acked).toBeGreaterThan(300);
      expect(reader.read(question).slice(0, acked)).toBe(letters);
    }
  });

  it("LG9 rejects the appends of a failed transaction with its cause, and works again after", async () => {
    const { classes } = await reopen();
    await classes.append(one, sequenced([opened, joined("1")]));
    beside((database) =>
      database.exec(`
        create trigger broken before insert on class_log
        when new.body like '%boom%' begin select raise(abort, 'broken on purpose'); end
      `),
    );
    const together = await Promise.allSettled([
      classes.append(one, sequenced([joined("2"), said("boom")], 3, 2_000)),
      classes.append(sessionId("2"), sequenced([opened])),
    ]);
    for (const outcome of together) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { cause: expect.any(Error) } });
    }
    expect(await classes.evidence(sessionId("2"))).toEqual([]);
    await classes.append(one, sequenced([joined("2"), said("ok")], 3, 2_000));
    const rows = await (await reopen()).classes.evidence(one);
    expect(rows).toHaveLength(3);
    expect(firstBadRow(one, rows)).toBeNull();
  });

  it("LG9 loses nothing acknowledged when the disk is full, and goes on when it no longer is", async () => {
    const db = openSqlite(file);
    await migrate(db, sqliteSteps, quietLog);
    store = createStore({ db, steps: sqliteSteps, log: quietLog });
    await sql`pragma max_page_count = 60`.execute(db);
    let acked = 0;
    let fault: unknown = null;
    while (fault === null) {
      const events = sequenced([acked === 0 ? opened : joined(`${acked}`)], acked + 1, 1_000 + acked);
      await store.classes.append(one, events).then(
        () => {
          acked += 1;
        },
        (error: unknown) => {
          fault = error;
        },
      );
    }
    expect(fault).toMatchObject({ cause: { message: expect.stringContaining("full") } });
    expect(await store.classes.evidence(one)).toHaveLength(acked);
    await sql`pragma max_page_count = 1000`.execute(db);
    await store.classes.append(one, sequenced([joined(`${acked}`)], acked + 1, 9_000));
    const rows = await (await reopen()).classes.evidence(one);
    expect(rows).toHaveLength(acked + 1);
    expect(firstBadRow(one, rows)).toBeNull();
  });

  it("LG8 writes to a WAL that is synced at every commit", async () => {
    const db = openSqlite(file);
    const settings = await Promise.all(
      ["journal_mode", "synchronous", "foreign_keys"].map((name) => sql`pragma ${sql.raw(name)}`.execute(db)),
    );
    await db.destroy();
    const rows = settings.map(({ rows }) => rows[0]);
    expect(rows).toEqual([{ journal_mode: "wal" }, { synchronous: 2 }, { foreign_keys: 1 }]);
  });

  it("LG11 answers with rows of unknown types, and names a row that is malformed", async () => {
    const { classes } = await reopen();
    const insert = (seq: number, type: string, body: string) =>
      beside((database) =>
        database
          .prepare("insert into ledger values ('ses_1', ?, 1000, ?, ?, 'p', 'h', ?)")
          .run(seq, type, body, seq),
      );
    insert(1, "seat.assigned", '{"seat":"A1"}');
    insert(2, "presence.mark", '{"added":"later"}');
    expect(await classes.evidence(one)).toEqual([
      { seq: 1, at: 1_000, type: "seat.assigned", seat: "A1", prev: "p", hash: "h" },
      { seq: 2, at: 1_000, type: "presence.mark", added: "later", prev: "p", hash: "h" },
    ]);
    await expect(classes.replay(one)).rejects.toThrow("Event 1 of ses_1");
    insert(3, "presence.left", '{"connectionId":7}');
    await expect(classes.evidence(one)).rejects.toThrow("Row 3 of the ledger of ses_1");
  });

  it("LG10 refuses every change of the ledger", async () => {
    await (await reopen()).classes.append(one, sequenced([opened, joined("1")]));
    for (const change of [
      "update ledger set at = 0",
      "delete from ledger where seq = 2",
      "pragma recursive_triggers = on; insert or replace into ledger select * from ledger",
    ]) {
      expect(() => beside((database) => database.exec(change))).toThrow("ledger is append-only");
    }
  });

  it("ST14 finds everything again when a file is reopened", async () => {
    const first = await reopen();
    await first.programmes.create(programme("A1"));
    const waiting = first.classes.append(one, sequenced([opened, said("halo")]));
    const second = await reopen();
    await waiting;
    expect(await second.programmes.find("A1")).toEqual(programme("A1"));
    expect(await second.classes.replay(one)).toEqual(sequenced([opened, said("halo")]));
    expect(await second.classes.lastAt()).toBe(1_001);
    await expect(first.classes.append(one, sequenced([said("lagi")], 3))).rejects.toThrow("closed");
  });

  it("ST14 keeps a new file from other users of the machine", async () => {
    await reopen();
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it("ST15 refuses a database of a newer version, naming both, and leaves it as it was", async () => {
    await reopen();
    await store?.close();
    store = null;
    beside((database) =>
      database.exec("insert into kysely_migration values ('999-far-future', '2999-01-01T00:00:00.000Z')"),
    );
    const before = readFileSync(file);
    const opening = createSqliteStore({ file, log: quietLog });
    await expect(opening).rejects.toThrow(/999-far-future.*versions up to \d{3}-/s);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("ST15 names a file that is no database", async () => {
    writeFileSync(file, "Bukan basis data. ".repeat(100));
    await expect(createSqliteStore({ file, log: quietLog })).rejects.toThrow(file);
    expect(readFileSync(file, "utf8")).toContain("Bukan basis data");
  });

  it("ST16 makes the tables of a version all or none", async () => {
    beside((database) => database.exec("create table ledger (mine)"));
    await expect(createSqliteStore({ file, log: quietLog })).rejects.toMatchObject({
      message: expect.stringContaining("this version"),
      cause: expect.any(Error),
    });
    beside((database) => database.exec("drop table ledger"));
    await reopen();
  });
});
