import type { Kysely } from "kysely";
import { DEFAULT_MIGRATION_TABLE } from "kysely/migration";
import type pg from "pg";
import type { Log, Store } from "../ports.ts";
import { createStore } from "./create-store.ts";
import { type DatabaseAddress, databaseName } from "./database-address.ts";
import { migrate, refuseNewerVersion } from "./migrate.ts";
import { postgresAppendWriter } from "./postgres-append-writer.ts";
import { connectPostgres } from "./postgres-connection.ts";
import { openPostgres, postgresSteps } from "./postgres-database.ts";
import type { Database } from "./schema.ts";

const OLDEST_SERVER = 13;
const FIRST_MIGRATION = "001-start";
/** Stands in a database into which records are being moved, until all of them are there and verified. */
export const MOVE_TABLE = "unfinished_move";

interface PostgresStoreOptions {
  readonly address: DatabaseAddress;
  readonly log: Log;
  /** Where several nodes write: how far their clocks may be apart. */
  readonly clocksApartMs?: number;
}

/**
 * Opens the store in a PostgreSQL database and brings it to this version. Throws a sentence when the database
 * cannot be reached, is not Balai's or not of this version; then it is left as it was.
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { address, log } = options;
  const contents = await contentsOf(address, log);
  if (contents === "unfinished") {
    throw new Error(
      `records are still being moved into ${databaseName(address)}; run "npm run balai -- migrate" again`,
    );
  }
  const { db, evidence } = openPostgres(address, log);
  try {
    await refuseOtherMigrations(db, contents, address);
    await migrate(db, postgresSteps, log);
    const store = createStore({
      db,
      steps: postgresSteps,
      log,
      write: postgresAppendWriter(evidence),
      clocksApartMs: options.clocksApartMs ?? 0,
    });
    let closing: Promise<void> | null = null;
    return {
      ...store,
      close() {
        closing ??= store.close().then(() => evidence.destroy());
        return closing;
      },
    };
  } catch (fault) {
    await Promise.all([db.destroy(), evidence.destroy()]);
    throw fault;
  }
}

/** `migrated` are tables of any program that uses the same library; which, the migrations' names tell. */
export type DatabaseContents = "empty" | "migrated" | "unfinished";

/**
 * Looks at what is in a database and changes nothing.
 * @throws a sentence when it cannot be used
 */
export async function contentsOf(address: DatabaseAddress, log: Log): Promise<DatabaseContents> {
  const client = await connectPostgres(address);
  try {
    await refuseUnfitServer(client, address, log);
    const { rows } = await client.query(
      "select table_name as name from information_schema.tables where table_schema = current_schema()",
    );
    const names = rows.map((row) => String(row.name));
    if (names.includes(MOVE_TABLE)) return "unfinished";
    if (names.includes(DEFAULT_MIGRATION_TABLE)) return "migrated";
    if (names.length === 0) return "empty";
    throw new Error(notOurs(address, `it has a table "${names.sort()[0]}"`));
  } finally {
    await client.end();
  }
}

const notOurs = (address: DatabaseAddress, because: string) =>
  `DATABASE_URL: ${databaseName(address)} belongs to another program (${because}); give Balai a database of its own`;

async function refuseUnfitServer(client: pg.Client, address: DatabaseAddress, log: Log): Promise<void> {
  const { rows } = await client.query(`
    select current_setting('server_version_num')::int / 10000 as version, current_schema() as schema,
      current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as pages, pg_is_in_recovery() as is_standby,
      coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_create
  `);
  const [found] = rows;
  const where = databaseName(address);
  if (found.version < OLDEST_SERVER) {
    throw new Error(
      `DATABASE_URL: PostgreSQL ${found.version} is too old; Balai needs ${OLDEST_SERVER} or newer`,
    );
  }
  if (found.encoding !== "UTF8")
    throw new Error(`DATABASE_URL: ${where} has the encoding ${found.encoding}, not UTF8`);
  if (found.is_standby) throw new Error(`DATABASE_URL: ${where} is a standby, which can only be read`);
  if (!found.may_create) {
    throw new Error(
      `DATABASE_URL: the user may not make tables in the schema ${found.schema ?? "public"} of ${where}; let it own the database`,
    );
  }
  if (found.fsync !== "on" || found.pages !== "on") {
    log.warn(
      { fsync: found.fsync, full_page_writes: found.pages },
      "PostgreSQL does not write to disk what it confirms: evidence can be lost with the power",
    );
  }
}

/** Also of a newer version: it tells by the names of migrations. */
export async function refuseOtherMigrations(
  db: Kysely<Database>,
  contents: DatabaseContents,
  address: DatabaseAddress,
): Promise<void> {
  if (contents === "empty") return;
  const first = await db
    .withTables<{ [DEFAULT_MIGRATION_TABLE]: { name: string } }>()
    .selectFrom(DEFAULT_MIGRATION_TABLE)
    .select("name")
    .orderBy("name")
    .executeTakeFirst();
  if (first && first.name !== FIRST_MIGRATION) {
    throw new Error(notOurs(address, `its tables were made by "${first.name}"`));
  }
  await refuseNewerVersion(db);
}
