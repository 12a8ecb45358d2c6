import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** A table of the installation as both databases have it. */
export interface MovedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Its primary key, by which rows are read in order. */
  readonly key: readonly string[];
}

export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/** Kept by each database for itself. */
const OWN = /^(sqlite|kysely)_/;

/** All tables of the records, each after those that it refers to. */
export function movedTablesIn(source: DatabaseSync): MovedTable[] {
  const names = source
    .prepare("select name from sqlite_schema where type = 'table' order by name")
    .all()
    .map((row) => String(row.name))
    .filter((name) => !OWN.test(name));
  const referred = new Map(
    names.map((name) => [
      name,
      source
        .prepare('select distinct "table" as name from pragma_foreign_key_list(?)')
        .all(name)
        .map((row) => String(row.name)),
    ]),
  );
  const ordered: string[] = [];
  const place = (name: string) => {
    if (ordered.includes(name)) return;
    for (const parent of referred.get(name) ?? []) if (parent !== name) place(parent);
    ordered.push(name);
  };
  names.forEach(place);
  return ordered.map((name) => movedTable(source, name));
}

function movedTable(source: DatabaseSync, name: string): MovedTable {
  const columns = source.prepare("select name, pk from pragma_table_info(?) order by cid").all(name);
  const key = columns
    .filter(({ pk }) => Number(pk) > 0)
    .toSorted((a, b) => Number(a.pk) - Number(b.pk))
    .map((column) => String(column.name));
  if (key.length === 0) throw new Error(`The table ${name} has no primary key to read it by`);
  return { name, columns: columns.map((column) => String(column.name)), key };
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");

/** `select …` for the rows that follow a key, in order; `placeholder` names the n-th value of the key, from 1. */
export function rowsAfterSql(
  { name, columns, key }: MovedTable,
  isFirst: boolean,
  limit: number,
  placeholder: (n: number) => string,
): string {
  const after = isFirst
    ? ""
    : `where (${quoted(key)}) > (${key.map((_, n) => placeholder(n + 1)).join(", ")})`;
  return `select ${quoted(columns)} from "${name}" ${after} order by ${quoted(key)} limit ${limit}`;
}

export const keyOf = ({ key }: MovedTable, row: Row): Value[] => key.map((column) => row[column] ?? null);

/** Rows of SQLite after a key (null: from the beginning), at most `limit` and about `maxBytes` of them. */
export function sourceRowsAfter(
  source: DatabaseSync,
  table: MovedTable,
  after: readonly Value[] | null,
  { limit, maxBytes }: { readonly limit: number; readonly maxBytes: number },
): Row[] {
  const statement = source.prepare(rowsAfterSql(table, after === null, limit, () => "?"));
  const rows: Row[] = [];
  let bytes = 0;
  for (const row of statement.iterate(...((after ?? []) as SQLInputValue[]))) {
    rows.push(row as Row);
    for (const value of Object.values(row)) {
      if (typeof value === "string" || value instanceof Uint8Array) bytes += value.length;
    }
    if (bytes > maxBytes) break;
  }
  return rows;
}

export function countIn(source: DatabaseSync, { name }: MovedTable): number {
  return Number(source.prepare(`select count(*) as n from "${name}"`).get()?.n);
}

/** The row as JSON, the same for the same row of either database. */
export function rowText({ columns }: MovedTable, row: Row): string {
  return JSON.stringify(columns.map((column) => plain(row[column] ?? null)));
}

/** Bytes as PostgreSQL writes them in text. */
export function plain(value: Value): string | number | null {
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value;
}
