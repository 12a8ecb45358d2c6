import type { Log, Store } from "../ports.ts";
import { createStore } from "./create-store.ts";
import { migrate, refuseNewerVersion } from "./migrate.ts";
import { sqliteAppendWriter } from "./sqlite-append-writer.ts";
import { openSqliteDatabase, openSqliteReadOnly, sqliteSteps } from "./sqlite-database.ts";

interface SqliteStoreOptions {
  /** A file's path, or `:memory:`. */
  readonly file: string;
  readonly log: Log;
}

/**
 * Opens the store kept in one SQLite file and brings it to this version. Throws when the file cannot be opened,
 * is no database, or was made by a newer version; then it is left as it was.
 */
export async function createSqliteStore({ file, log }: SqliteStoreOptions): Promise<Store> {
  const existing = openSqliteReadOnly(file);
  if (existing) await refuseNewerVersion(existing).finally(() => existing.destroy());
  const { db, database } = openSqliteDatabase(file);
  try {
    await migrate(db, sqliteSteps, log);
    return createStore({ db, steps: sqliteSteps, log, write: sqliteAppendWriter(db, database) });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
