import type { DatabaseSync } from "node:sqlite";
import type { Kysely } from "kysely";
import type pg from "pg";
import { type ChainedLike, createChainCheck } from "../../reports/chain.ts";
import { verifyTrail } from "../../reports/verify-trail.ts";
import type { Database } from "../schema.ts";
import { trailIn } from "../trail.ts";
import type { Progress } from "./copy-table.ts";
import {
  countIn,
  keyOf,
  type MovedTable,
  type Row,
  rowsAfterSql,
  rowText,
  sourceRowsAfter,
} from "./moved-table.ts";

const CHUNK_ROWS = 5_000;

export interface MoveFigures {
  readonly tables: number;
  readonly rows: number;
  readonly chains: number;
  readonly ledgerRows: number;
  readonly trailRows: number;
}

/**
 * Reads everything in the target and compares it with the source, row by row; checks each class's chain of
 * evidence and where it ends, and the trail.
 * @throws a sentence that names the first table and row that is not as it must be
 */
export async function verifyMove(
  source: DatabaseSync,
  client: pg.Client,
  db: Kysely<Database>,
  tables: readonly MovedTable[],
  progress: Progress,
): Promise<MoveFigures> {
  let rows = 0;
  const chains = createLedgerCheck();
  for (const table of tables) {
    rows += await compareTable(
      source,
      client,
      table,
      progress,
      table.name === "ledger" ? chains.add : () => {},
    );
  }
  chains.compareEnds(
    await db.selectFrom("class_heads").select(["session_id", "ledger_seq", "ledger_hash"]).execute(),
  );
  const trail = trailIn(db);
  const found = await verifyTrail(trail.rowsAfter, await trail.head(), null);
  if (!found.ok) throw new Error(`The trail is broken at row ${found.seq}: ${found.why}`);
  return {
    tables: tables.length,
    rows,
    chains: chains.count(),
    ledgerRows: chains.rows(),
    trailRows: found.rows,
  };
}

async function compareTable(
  source: DatabaseSync,
  client: pg.Client,
  table: MovedTable,
  progress: Progress,
  seen: (row: Row) => void,
): Promise<number> {
  const all = countIn(source, table);
  const counted = await client.query(`select count(*)::int as n from "${table.name}"`);
  if (counted.rows[0]?.n !== all) {
    throw new Error(
      `The table ${table.name} has ${counted.rows[0]?.n} rows in PostgreSQL and ${all} in SQLite`,
    );
  }
  let compared = 0;
  let after: ReturnType<typeof keyOf> | null = null;
  while (compared < all) {
    const text = rowsAfterSql(table, after === null, CHUNK_ROWS, (n) => `$${n}`);
    const copied: Row[] = (await client.query(text, after ?? [])).rows;
    const originals = sourceRowsAfter(source, table, after, { limit: copied.length, maxBytes: Infinity });
    for (const [index, row] of copied.entries()) {
      const original = originals[index];
      if (!original || rowText(table, original) !== rowText(table, row)) {
        throw new Error(
          `The row ${keyOf(table, row).join("/")} of ${table.name} is another in PostgreSQL than in SQLite`,
        );
      }
      seen(row);
    }
    const last = copied.at(-1);
    if (!last) throw new Error(`Rows of ${table.name} are missing in PostgreSQL`);
    after = keyOf(table, last);
    compared += copied.length;
    progress(table.name, compared, all);
  }
  return all;
}

/** The chains of all classes, given row by row in their order. */
function createLedgerCheck() {
  const ends = new Map<string, { readonly seq: number; readonly hash: string }>();
  let session = "";
  let faultIn = createChainCheck("");
  let rows = 0;
  return {
    add({ session_id, seq, at, type, body, prev, hash }: Row): void {
      if (session !== session_id) {
        session = String(session_id);
        faultIn = createChainCheck(session);
      }
      const row = { ...JSON.parse(String(body)), type, seq, at, prev, hash } as ChainedLike;
      const isNext = row.seq === (ends.get(session)?.seq ?? 0) + 1;
      const why = faultIn(row) ?? (isNext ? null : "a row before it is missing");
      if (why !== null)
        throw new Error(`The ledger of ${session} is broken at row ${row.seq}, in SQLite too: ${why}`);
      ends.set(session, { seq: row.seq, hash: String(hash) });
      rows += 1;
    },
    compareEnds(
      heads: readonly {
        readonly session_id: string;
        readonly ledger_seq: number;
        readonly ledger_hash: string;
      }[],
    ): void {
      for (const { session_id, ledger_seq, ledger_hash } of heads) {
        const end = ends.get(session_id);
        if (ledger_seq === 0 ? end !== undefined : end?.seq !== ledger_seq || end.hash !== ledger_hash) {
          throw new Error(`The ledger of ${session_id} ends elsewhere than its class does, in SQLite too`);
        }
      }
    },
    count: () => ends.size,
    rows: () => rows,
  };
}
