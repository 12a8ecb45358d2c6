import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";

/** Statements kept prepared; group commits of different sizes make different statements. */
const CACHED_STATEMENTS = 256;

/** `node:sqlite` in the shape Kysely's SQLite dialect asks for. */
export function sqliteStatementsFrom(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close() {
      if (database.isOpen) database.close();
    },
    prepare(sqlText) {
      const cached = cache.get(sqlText);
      if (cached) {
        cache.delete(sqlText);
        cache.set(sqlText, cached);
        return cached;
      }
      const statement = transactionStatementFrom(database, sqlText) ?? statementFrom(database, sqlText);
      cache.set(sqlText, statement);
      const oldest = cache.keys().next();
      if (cache.size > CACHED_STATEMENTS && !oldest.done) cache.delete(oldest.value);
      return statement;
    },
  };
}

/** The statements that need SQLite's own wording; null for all others. */
function transactionStatementFrom(database: DatabaseSync, sqlText: string): SqliteStatement | null {
  // A deferred transaction that reads before it writes fails when another process wrote in between.
  if (sqlText === "begin") return statementFrom(database, "begin immediate");
  if (sqlText !== "rollback") return null;
  const rollback = statementFrom(database, "rollback");
  return {
    ...rollback,
    // SQLite rolls back by itself on a full disk; a second rollback would hide the first error.
    run: (parameters) =>
      database.isTransaction ? rollback.run(parameters) : { changes: 0, lastInsertRowid: 0 },
  };
}

function statementFrom(database: DatabaseSync, sqlText: string): SqliteStatement {
  const statement = faultsNamed(() => database.prepare(sqlText));
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => faultsNamed(() => statement.all(...parameters.map(sqliteValueFrom))),
    run: (parameters) => faultsNamed(() => statement.run(...parameters.map(sqliteValueFrom))),
    iterate: (parameters) => statement.iterate(...parameters.map(sqliteValueFrom)),
  };
}

/** Says in the message that it was the database, and keeps SQLite's code in `cause`. */
function faultsNamed<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    throw new Error(`The database refused: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function sqliteValueFrom(value: unknown): SQLInputValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "bigint") {
    return value;
  }
  if (value instanceof Uint8Array) return value;
  throw new Error(`SQLite cannot bind a value of type ${typeof value}`);
}
