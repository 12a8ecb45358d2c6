import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type pg from "pg";
import type { Log } from "../../ports.ts";
import { type DatabaseAddress, databaseName } from "../database-address.ts";
import { migrate } from "../migrate.ts";
import { connectPostgres } from "../postgres-connection.ts";
import { openPostgres, postgresSteps } from "../postgres-database.ts";
import { contentsOf, MOVE_TABLE, refuseOtherMigrations } from "../postgres-store.ts";
import { createSqliteStore } from "../store.ts";
import { copyTable, type Progress } from "./copy-table.ts";
import { beginMove, type MoveSource, moveSourceIn } from "./move-marks.ts";
import { type MovedTable, movedTablesIn } from "./moved-table.ts";
import { type MoveFigures, verifyMove } from "./verify-move.ts";

/** The setting by which two copies of one installation are known as such. */
export const INSTALLATION_ID = "installation-id";

export interface MoveOptions {
  readonly file: string;
  readonly target: DatabaseAddress;
  readonly log: Log;
  /** Said between the steps, in a sentence. */
  readonly say: (sentence: string) => void;
  readonly copied: Progress;
  readonly verified: Progress;
}

/** `already`: an earlier move has brought this installation there, and it may have been used since. */
export type MoveOutcome =
  | { readonly kind: "moved"; readonly figures: MoveFigures }
  | { readonly kind: "already" };

/**
 * Copies an installation from SQLite into an empty PostgreSQL database, or goes on with a copy that was
 * interrupted, and verifies it. Nothing in SQLite changes but that its tables are brought to this version and
 * that it gets an id. The caller sees to it that no server runs on either.
 * @throws a sentence; the target then stays as one that no server starts with, or as it was
 */
export async function moveInstallation(options: MoveOptions): Promise<MoveOutcome> {
  const { file, target, log, say } = options;
  if (!existsSync(file)) throw new Error(`there are no records in ${file}`);
  const from = await moveSourceOf(file, log);
  const contents = await contentsOf(target, log);
  const client = await connectPostgres(target);
  // A chunk may be lost with the power, with its mark; the last commit waits for the disk again.
  await client.query("set synchronous_commit = off");
  const source = new DatabaseSync(file, { readOnly: true });
  const { db, evidence } = openPostgres(target, log);
  try {
    if (contents === "migrated") {
      await refuseOtherMigrations(db, contents, target);
      await refuseOtherInstallation(client, from, target);
      return { kind: "already" };
    }
    await prepareTarget(client, contents === "unfinished", from, options);
    await migrate(db, postgresSteps, log);
    const tables = movedTablesIn(source);
    for (const table of tables) await copyTable(source, client, table, options.copied);
    say("Comparing every row, and checking every chain");
    const figures = await verifyMove(source, client, db, tables, options.verified);
    await finish(client, tables);
    return { kind: "moved", figures };
  } finally {
    source.close();
    await Promise.all([db.destroy(), evidence.destroy(), client.end()]);
  }
}

/** Brings the file to this version and closes it, so that all of it is in the one file. */
async function moveSourceOf(file: string, log: Log): Promise<MoveSource> {
  const store = await createSqliteStore({ file, log });
  const installation = await store.settings.putIfAbsent(INSTALLATION_ID, randomUUID());
  await store.close();
  const { size, mtimeMs } = statSync(file);
  return { installation, fingerprint: `${size} ${mtimeMs}` };
}

async function refuseOtherInstallation(
  client: pg.Client,
  { installation }: MoveSource,
  target: DatabaseAddress,
) {
  const { rows } = await client.query("select value from settings where name = $1", [INSTALLATION_ID]);
  if (rows[0]?.value !== installation) throw new Error(othersThere(target));
}

const othersThere = (target: DatabaseAddress) =>
  `${databaseName(target)} has another installation's records; move into an empty database`;

async function prepareTarget(
  client: pg.Client,
  isUnfinished: boolean,
  from: MoveSource,
  { target, say }: MoveOptions,
): Promise<void> {
  if (!isUnfinished) return beginMove(client, from);
  const begun = await moveSourceIn(client);
  if (begun?.installation !== from.installation) throw new Error(othersThere(target));
  if (begun.fingerprint === from.fingerprint) return say("Going on with the move that was interrupted");
  say("The records have changed since the move that was interrupted: starting from the beginning");
  await dropTables(client);
  await beginMove(client, from);
}

/** All of them are the interrupted move's own. */
async function dropTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = current_schema()",
  );
  await client.query(`drop table ${rows.map(({ name }) => name).join(", ")} cascade`);
}

/** From here on a server may start with it. */
async function finish(client: pg.Client, tables: readonly MovedTable[]): Promise<void> {
  await client.query("set synchronous_commit = on");
  await client.query("begin");
  for (const { name, columns } of tables) {
    if (!columns.includes("position")) continue;
    await client.query(
      `select setval(pg_get_serial_sequence($1, 'position'), greatest((select max(position) from "${name}"), 1),
        exists (select from "${name}"))`,
      [name],
    );
  }
  await client.query(`drop table ${MOVE_TABLE}`);
  await client.query("commit");
  await client.query("analyze");
}
