import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** The tables that accounts grew out of, as 001 made them. */
type BeforeAccounts = {
  admins: { id: string; email: string; email_key: string; created_at: number };
  sign_in_tokens: { token_hash: string; admin_id: string; expires_at: number };
};

/** Administrators become accounts and keep their ids; sign-ins are kept here and no longer in the cookie alone. */
export function accounts(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await createAccounts(db, steps);
      await createTokens(db);
      await copyAdmins(db);
      await createSignIns(db);
      await createSecondFactors(db);
      await db.schema
        .alterTable("api_keys")
        .addColumn("owner_id", "text", (column) => column.references("accounts.id"))
        .execute();
    },
  };
}

async function createAccounts(db: Kysely<Database>, steps: DialectSteps): Promise<void> {
  await db.schema
    .createTable("accounts")
    .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
    .addColumn("id", "text", (column) => column.notNull().unique())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("email_key", "text", (column) => column.notNull().unique())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("role", "text", (column) => column.notNull())
    .addColumn("password_hash", "text")
    .addColumn("disabled_at", "bigint")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
}

async function createTokens(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable("account_tokens")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
}

async function copyAdmins(db: Kysely<Database>): Promise<void> {
  const before = db.withTables<BeforeAccounts>();
  await before
    .insertInto("accounts")
    .columns(["id", "email", "email_key", "name", "role", "created_at"])
    .expression((from) =>
      from
        .selectFrom("admins")
        .select(({ ref, val }) => [
          ref("admins.id").$castTo<Database["accounts"]["id"]>().as("id"),
          "admins.email",
          "admins.email_key",
          ref("admins.email").as("name"),
          val("admin" as const).as("role"),
          "admins.created_at",
        ])
        .orderBy("admins.created_at")
        .orderBy("admins.id"),
    )
    .execute();
  await before
    .insertInto("account_tokens")
    .columns(["token_hash", "account_id", "purpose", "expires_at"])
    .expression((from) =>
      from
        .selectFrom("sign_in_tokens")
        .select(({ ref, val }) => [
          "token_hash",
          ref("admin_id").$castTo<Database["accounts"]["id"]>().as("account_id"),
          val("sign-in" as const).as("purpose"),
          "expires_at",
        ]),
    )
    .execute();
  await db.schema.dropTable("sign_in_tokens").execute();
  await db.schema.dropTable("admins").execute();
}

async function createSignIns(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable("sign_ins")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("token_hash", "text", (column) => column.notNull().unique())
    .addColumn("via", "text", (column) => column.notNull())
    .addColumn("device", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("sign_ins_by_account_id")
    .on("sign_ins")
    .columns(["account_id", "created_at"])
    .execute();
}

async function createSecondFactors(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable("second_factors")
    .addColumn("account_id", "text", (column) => column.primaryKey().references("accounts.id"))
    .addColumn("secret", "text", (column) => column.notNull())
    .addColumn("confirmed_at", "bigint")
    .addColumn("last_step", "bigint")
    .execute();
  await db.schema
    .createTable("recovery_codes")
    .addColumn("account_id", "text", (column) => column.notNull().references("accounts.id"))
    .addColumn("code_hash", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("recovery_codes_place", ["account_id", "code_hash"])
    .execute();
}
