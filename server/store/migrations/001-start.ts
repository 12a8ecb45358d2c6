import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** The first tables: records, settings, the class log and the ledger. `bigint` because times outgrow int4. */
export function start(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await createProgrammes(db, steps);
      await createSessions(db, steps);
      await createAccess(db, steps);
      await createClasses(db, steps);
    },
  };
}

/** A table with `position`, a unique `id` and `created_at`. */
function recordTable(db: Kysely<Database>, steps: DialectSteps, name: keyof Database) {
  return db.schema
    .createTable(name)
    .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
    .addColumn("id", "text", (column) => column.notNull().unique())
    .addColumn("created_at", "bigint", (column) => column.notNull());
}

async function createProgrammes(db: Kysely<Database>, steps: DialectSteps): Promise<void> {
  await recordTable(db, steps, "programmes")
    .addColumn("code", "text", (column) => column.notNull().unique())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("units", "text", (column) => column.notNull())
    .addColumn("policy", "text", (column) => column.notNull())
    .addColumn("policy_version", "integer", (column) => column.notNull())
    .addColumn("policy_frozen_at", "bigint")
    .execute();
  await recordTable(db, steps, "enrolments")
    .addColumn("programme_id", "text", (column) => column.notNull().references("programmes.id"))
    .addColumn("external_id", "text", (column) => column.notNull())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("email", "text")
    .addColumn("institution", "text")
    .addColumn("group_name", "text")
    .addColumn("birth_date", "text")
    .addColumn("education", "text")
    .addColumn("assignment_letter", "text")
    .addUniqueConstraint("enrolments_external_id", ["programme_id", "external_id"])
    .execute();
  await recordTable(db, steps, "staff")
    .addColumn("programme_id", "text", (column) => column.notNull().references("programmes.id"))
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("email_key", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addUniqueConstraint("staff_email", ["programme_id", "email_key"])
    .execute();
  await indexFor(db, "enrolments", ["programme_id", "position"]);
  await indexFor(db, "staff", ["programme_id", "position"]);
}

async function createSessions(db: Kysely<Database>, steps: DialectSteps): Promise<void> {
  await recordTable(db, steps, "sessions")
    .addColumn("programme_id", "text", (column) => column.notNull().references("programmes.id"))
    .addColumn("unit", "text", (column) => column.notNull())
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("group_name", "text")
    .addColumn("time_zone", "text", (column) => column.notNull())
    .addColumn("slots", "text", (column) => column.notNull())
    .addColumn("fixed_roster", "text")
    .execute();
  await recordTable(db, steps, "links")
    .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
    .addColumn("enrolment_id", "text", (column) => column.references("enrolments.id"))
    .addColumn("staff_id", "text", (column) => column.references("staff.id"))
    .addColumn("token_hash", "text", (column) => column.notNull().unique())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("revoked_at", "bigint")
    .execute();
  await recordTable(db, steps, "decks")
    .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
    .addColumn("title", "text", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("failure", "text")
    .addColumn("page_count", "integer", (column) => column.notNull())
    .execute();
  await indexFor(db, "sessions", ["programme_id", "position"]);
  await indexFor(db, "links", ["session_id", "position"]);
  await indexFor(db, "decks", ["session_id", "position"]);
}

async function createAccess(db: Kysely<Database>, steps: DialectSteps): Promise<void> {
  await db.schema
    .createTable("admins")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("email_key", "text", (column) => column.notNull().unique())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("sign_in_tokens")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("admin_id", "text", (column) => column.notNull().references("admins.id"))
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await recordTable(db, steps, "api_keys")
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("scopes", "text", (column) => column.notNull())
    .addColumn("key_hash", "text", (column) => column.notNull().unique())
    .addColumn("revoked_at", "bigint")
    .execute();
  await db.schema
    .createTable("settings")
    .addColumn("name", "text", (column) => column.primaryKey())
    .addColumn("value", "text", (column) => column.notNull())
    .execute();
}

/** No foreign keys here: what happened stays, whatever becomes of the records. */
async function createClasses(db: Kysely<Database>, steps: DialectSteps): Promise<void> {
  await db.schema
    .createTable("ledger")
    .addColumn("session_id", "text", (column) => column.notNull())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addColumn("prev", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("class_seq", "bigint")
    .addPrimaryKeyConstraint("ledger_place", ["session_id", "seq"])
    .addUniqueConstraint("ledger_class_place", ["session_id", "class_seq"])
    .execute();
  await steps.refuseChanges(db, "ledger");
  await db.schema
    .createTable("class_log")
    .addColumn("session_id", "text", (column) => column.notNull())
    .addColumn("class_seq", "bigint", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("type", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("class_log_place", ["session_id", "class_seq"])
    .execute();
  await db.schema
    .createTable("class_heads")
    .addColumn("session_id", "text", (column) => column.primaryKey())
    .addColumn("ledger_seq", "bigint", (column) => column.notNull())
    .addColumn("ledger_hash", "text", (column) => column.notNull())
    .addColumn("ledger_at", "bigint", (column) => column.notNull())
    .addColumn("class_seq", "bigint", (column) => column.notNull())
    .addColumn("last_at", "bigint", (column) => column.notNull())
    .addColumn("is_open", "integer", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("open_connections")
    .addColumn("session_id", "text", (column) => column.notNull())
    .addColumn("connection_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("open_connections_place", ["session_id", "connection_id"])
    .execute();
  await indexFor(db, "class_heads", ["is_open"]);
  await indexFor(db, "class_heads", ["last_at"]);
}

async function indexFor(db: Kysely<Database>, table: keyof Database, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_by_${columns.join("_")}`)
    .on(table)
    .columns(columns)
    .execute();
}
