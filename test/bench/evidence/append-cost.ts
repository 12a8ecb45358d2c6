import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { newId } from "../../../server/new-id.ts";
import type { Store } from "../../../server/ports.ts";
import type { EvidenceBody } from "../../../server/protocol/evidence.ts";
import type { SessionId } from "../../../server/protocol/ids.ts";
import { createSqliteStore } from "../../../server/store/store.ts";
import { createQuietLog } from "../../support/quiet-log.ts";
import { median } from "./measured.ts";

const WINDOWS = 5;
/** Of each window, in turns of a few commits, so that both meet the same disk. */
const TURNS = 30;
const COMMITS = 20;

/**
 * What a durable append costs beside a bare `node:sqlite` insert of as many rows as wide in as many commits,
 * with the same pragmas, on the same disk: windows of the two in turns, the median of their ratios.
 */
export async function appendCost(folder: string, rowsPerCommit: number): Promise<number> {
  const store = await createSqliteStore({
    file: join(folder, `append-${rowsPerCommit}.db`),
    log: createQuietLog().log,
  });
  const bare = openBare(join(folder, `bare-${rowsPerCommit}.db`), join(folder, `append-${rowsPerCommit}.db`));
  const sessionId = newId("ses");
  await appendTurn(store, sessionId, rowsPerCommit);
  bareTurn(bare, rowsPerCommit);
  const ratios: number[] = [];
  for (let window = 0; window < WINDOWS; window++) {
    let appendMs = 0;
    let bareMs = 0;
    for (let turn = 0; turn < TURNS; turn++) {
      appendMs += await appendTurn(store, sessionId, rowsPerCommit);
      bareMs += bareTurn(bare, rowsPerCommit);
    }
    ratios.push(appendMs / bareMs);
  }
  bare.close();
  await store.close();
  return median(ratios);
}

/** Rows as a class writes them: a mark, a connection that joins, one that leaves, and so on. */
function rowsFrom(count: number, at: number): (EvidenceBody & { readonly at: number })[] {
  return Array.from({ length: count }, (_, index) => {
    const connectionId = newId("con");
    if (index % 3 === 1) {
      const enrolmentId = newId("enr");
      return {
        type: "presence.joined",
        connectionId,
        enrolmentId,
        device: "device-of-a-tab",
        room: "main",
        at,
      };
    }
    if (index % 3 === 2) return { type: "presence.left", connectionId, reason: "transport close", at };
    return { type: "presence.mark", at };
  });
}

async function appendTurn(store: Store, sessionId: SessionId, rowsPerCommit: number): Promise<number> {
  const batches = Array.from({ length: COMMITS }, () => rowsFrom(rowsPerCommit, Date.now()));
  const startedAt = performance.now();
  for (const batch of batches) await store.classes.appendEvidence(sessionId, batch);
  return performance.now() - startedAt;
}

/** An empty database whose one table, with its indexes, is the store's own ledger. */
function openBare(file: string, storeFile: string): DatabaseSync {
  const original = new DatabaseSync(storeFile, { readOnly: true });
  const { sql } = original.prepare("SELECT sql FROM sqlite_master WHERE name = 'ledger'").get() ?? {};
  original.close();
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA recursive_triggers = ON;
    ${sql};
  `);
  return database;
}

let bareSeq = 0;
function bareTurn(database: DatabaseSync, rowsPerCommit: number): number {
  const insert = database.prepare("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, NULL)");
  const hash = "0".repeat(64);
  const batches = Array.from({ length: COMMITS }, () => rowsFrom(rowsPerCommit, Date.now()));
  const startedAt = performance.now();
  for (const batch of batches) {
    database.exec("BEGIN IMMEDIATE");
    for (const { type, at, ...fields } of batch) {
      bareSeq += 1;
      insert.run("ses_0123456789abcdef", bareSeq, at, type, JSON.stringify(fields), hash, hash);
    }
    database.exec("COMMIT");
  }
  return performance.now() - startedAt;
}
