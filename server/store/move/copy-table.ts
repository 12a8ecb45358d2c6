import type { DatabaseSync } from "node:sqlite";
import type pg from "pg";
import { markTable, tableMarkIn } from "./move-marks.ts";
import { countIn, keyOf, type MovedTable, plain, type Row, sourceRowsAfter } from "./moved-table.ts";

const CHUNK = { limit: 5_000, maxBytes: 4_000_000 };

/** Told after each chunk: how many rows of a table are there, of how many. */
export type Progress = (table: string, rows: number, of: number) => void;

/**
 * Copies what a table's mark says is still missing, chunk by chunk: each with its mark in one transaction, so
 * that a move that is ended anywhere goes on with the next chunk.
 */
export async function copyTable(
  source: DatabaseSync,
  client: pg.Client,
  table: MovedTable,
  progress: Progress,
): Promise<void> {
  const all = countIn(source, table);
  let mark = await tableMarkIn(client, table.name);
  while (!mark.isDone) {
    const rows = sourceRowsAfter(source, table, mark.lastKey, CHUNK);
    const last = rows.at(-1);
    mark = {
      lastKey: last ? keyOf(table, last).map(plain) : mark.lastKey,
      rows: mark.rows + rows.length,
      isDone: last === undefined,
    };
    await client.query("begin");
    if (rows.length > 0) await insert(client, table, rows);
    await markTable(client, table.name, mark);
    await client.query("commit");
    progress(table.name, mark.rows, all);
  }
}

/** One value for all rows: PostgreSQL itself reads each column as what it is. */
async function insert(client: pg.Client, { name, columns }: MovedTable, rows: readonly Row[]): Promise<void> {
  const names = columns.map((column) => `"${column}"`).join(", ");
  const values = rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column, storable(name, column, plain(row[column] ?? null))])),
  );
  await client.query(
    `insert into "${name}" (${names}) select ${names} from json_populate_recordset(null::"${name}", $1)`,
    [JSON.stringify(values)],
  );
}

function storable(table: string, column: string, value: string | number | null) {
  if (typeof value === "string" && value.includes("\u0000")) {
    throw new Error(`${column} of a row of ${table} has a NUL character, which PostgreSQL cannot keep`);
  }
  return value;
}
