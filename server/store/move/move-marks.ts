import type pg from "pg";
import { z } from "zod";
import { MOVE_TABLE } from "../postgres-store.ts";

/** How far a table has been copied. */
export interface TableMark {
  /** Null: nothing yet. */
  readonly lastKey: readonly (string | number | null)[] | null;
  readonly rows: number;
  readonly isDone: boolean;
}

const tableMarkSchema = z.strictObject({
  lastKey: z.array(z.union([z.string(), z.number(), z.null()])).nullable(),
  rows: z.number(),
  isDone: z.boolean(),
});
const NOTHING_YET: TableMark = { lastKey: null, rows: 0, isDone: false };

/** What a move is of: the installation, and its file as it was when the move began. */
export interface MoveSource {
  readonly installation: string;
  readonly fingerprint: string;
}

/** What an interrupted move has noted in its target; it stands there until all is verified. */
export async function moveSourceIn(client: pg.Client): Promise<MoveSource | null> {
  const { rows } = await client.query(
    `select name, value from ${MOVE_TABLE} where name in ('installation', 'file')`,
  );
  const noted = new Map(rows.map((row) => [row.name, String(row.value)]));
  const [installation, fingerprint] = [noted.get("installation"), noted.get("file")];
  return installation && fingerprint ? { installation, fingerprint } : null;
}

export async function beginMove(client: pg.Client, { installation, fingerprint }: MoveSource): Promise<void> {
  await client.query("begin");
  await client.query(`create table ${MOVE_TABLE} (name text primary key, value text not null)`);
  await client.query(`insert into ${MOVE_TABLE} values ('installation', $1), ('file', $2)`, [
    installation,
    fingerprint,
  ]);
  await client.query("commit");
}

export async function tableMarkIn(client: pg.Client, table: string): Promise<TableMark> {
  const { rows } = await client.query(`select value from ${MOVE_TABLE} where name = $1`, [`table:${table}`]);
  return rows[0] ? tableMarkSchema.parse(JSON.parse(rows[0].value)) : NOTHING_YET;
}

/** In the transaction of the rows it tells of. */
export async function markTable(client: pg.Client, table: string, mark: TableMark): Promise<void> {
  await client.query(
    `insert into ${MOVE_TABLE} values ($1, $2) on conflict (name) do update set value = excluded.value`,
    [`table:${table}`, JSON.stringify(mark)],
  );
}
