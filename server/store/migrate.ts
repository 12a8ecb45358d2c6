import type { Kysely } from "kysely";
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from "kysely/migration";
import type { Log } from "../ports.ts";
import type { DialectSteps } from "./dialect.ts";
import { start } from "./migrations/001-start.ts";
import { results } from "./migrations/003-results.ts";
import { certificates } from "./migrations/004-certificates.ts";
import { entry } from "./migrations/005-entry.ts";
import { accounts } from "./migrations/006-accounts.ts";
import { trail } from "./migrations/007-trail.ts";
import { disputes } from "./migrations/008-disputes.ts";
import { surveys } from "./migrations/009-surveys.ts";
import { issuer } from "./migrations/010-issuer.ts";
import { changes } from "./migrations/011-changes.ts";
import { idempotency } from "./migrations/012-idempotency.ts";
import { sheets } from "./migrations/013-sheets.ts";
import { cases } from "./migrations/014-cases.ts";
import { recordings } from "./migrations/016-recordings.ts";
import { recordingOffice } from "./migrations/018-recording-office.ts";
import { recordingExports } from "./migrations/020-exports.ts";
import { captions } from "./migrations/021-captions.ts";
import { classHomes } from "./migrations/022-class-homes.ts";
import { officeTurns } from "./migrations/023-office-turns.ts";
import type { Database } from "./schema.ts";

/** Run in order of their names; one that was released is never changed, only followed by another. */
const MIGRATIONS: Readonly<Record<string, (steps: DialectSteps) => Migration>> = {
  "001-start": start,
  "003-results": results,
  "004-certificates": certificates,
  "005-entry": entry,
  "006-accounts": accounts,
  "007-trail": trail,
  "008-disputes": disputes,
  "009-surveys": surveys,
  "010-issuer": issuer,
  "011-changes": changes,
  "012-idempotency": idempotency,
  "013-sheets": sheets,
  "014-cases": cases,
  "016-recordings": recordings,
  "018-recording-office": recordingOffice,
  "020-exports": recordingExports,
  "021-captions": captions,
  "022-class-homes": classHomes,
  "023-office-turns": officeTurns,
};

/** The version that this program's tables have. */
export const NEWEST_MIGRATION = Object.keys(MIGRATIONS).sort().at(-1) ?? "";

function migrationsFrom(steps: DialectSteps): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(MIGRATIONS).map(([name, make]) => {
      const { up } = make(steps);
      return [name, { up: (db: Kysely<Database>) => up(steps.forTables(db)) }];
    }),
  );
}

/** Throws, naming both versions, when the database was made by a newer Balai. It only reads. */
export async function refuseNewerVersion(db: Kysely<Database>): Promise<void> {
  const known = Object.keys(MIGRATIONS).sort();
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) return;
  const rows = await db
    .withTables<{ [DEFAULT_MIGRATION_TABLE]: { name: string } }>()
    .selectFrom(DEFAULT_MIGRATION_TABLE)
    .select("name")
    .orderBy("name", "desc")
    .execute();
  const unknown = rows.find((row) => !known.includes(row.name));
  if (unknown) {
    throw new Error(
      `The database is of version ${unknown.name}, made by a newer Balai; this one knows versions up to ` +
        `${known.at(-1)}. Nothing was changed: start the newer Balai, or restore an older database`,
    );
  }
}

/** Brings the tables to this version, all or nothing. Throws with `cause` when that fails. */
export async function migrate(db: Kysely<Database>, steps: DialectSteps, log: Log): Promise<void> {
  await refuseNewerVersion(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFrom(steps) } });
  const { error, results } = await migrator.migrateToLatest();
  for (const { migrationName, status } of results ?? []) {
    if (status === "Success") log.info({ migration: migrationName }, "database migrated");
  }
  if (error) throw new Error("The database could not be brought to this version", { cause: error });
}
