import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, SqliteAdapter, SqliteDialect, sql } from "kysely";
import type { DialectSteps } from "./dialect.ts";
import type { Database } from "./schema.ts";
import { sqliteStatementsFrom } from "./sqlite-statements.ts";

const BUSY_TIMEOUT_MS = 5_000;
const IN_MEMORY = ":memory:";

/** SQLite's DDL takes part in transactions; Kysely leaves that out because other drivers differ. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

function kyselyFrom(database: DatabaseSync): Kysely<Database> {
  return new Kysely<Database>({
    dialect: new NodeSqliteDialect({ database: sqliteStatementsFrom(database) }),
  });
}

/**
 * Opens a file, or `:memory:`, for reading and writing; an absent file is created, readable by its owner
 * alone because it holds personal data. Throws with `cause` when the file cannot be opened.
 */
export function openSqlite(file: string): Kysely<Database> {
  return openSqliteDatabase(file).db;
}

/** The same, with the connection itself beside it. `db` owns it. */
export function openSqliteDatabase(file: string): {
  readonly db: Kysely<Database>;
  readonly database: DatabaseSync;
} {
  try {
    if (file !== IN_MEMORY) {
      mkdirSync(dirname(file), { recursive: true });
      closeSync(openSync(file, "a", 0o600));
    }
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    // secure_delete: what is erased is overwritten, not only unlinked.
    // recursive_triggers: else INSERT OR REPLACE would delete a ledger row without firing its trigger.
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA recursive_triggers = ON;
      PRAGMA secure_delete = ON;
    `);
    return { db: kyselyFrom(database), database };
  } catch (cause) {
    throw new Error(`The database ${file} cannot be opened`, { cause });
  }
}

/** Opens an existing file so that nothing about it can change; null when there is none, or an empty one. */
export function openSqliteReadOnly(file: string): Kysely<Database> | null {
  if (file === IN_MEMORY || !existsSync(file) || statSync(file).size === 0) return null;
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    // SQLite looks into the file at the first statement only.
    database.exec("PRAGMA schema_version");
    return kyselyFrom(database);
  } catch (cause) {
    throw new Error(`The database ${file} cannot be opened`, { cause });
  }
}

export const sqliteSteps: DialectSteps = {
  positionType: "integer",
  bytesType: "blob",
  forTables: (db) => db,
  positionColumn: (column) => column.primaryKey().autoIncrement(),
  withoutInsertionOrder: (table) => table.modifyEnd(sql`without rowid`),
  forgetInsertionOrder: async () => {},
  async refuseChanges(db, table) {
    for (const change of ["update", "delete"]) {
      await sql`
        create trigger ${sql.id(`${table}_refuses_${change}`)} before ${sql.raw(change)} on ${sql.id(table)}
        begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end
      `.execute(db);
    }
  },
  async sweepErased(db) {
    // What the journal still holds of the old pages; the pages themselves were overwritten (secure_delete).
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  },
};
