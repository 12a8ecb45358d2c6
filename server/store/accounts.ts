import type { ExpressionBuilder, Kysely } from "kysely";
import { emailKeyFrom } from "../domain/email-key.ts";
import type { Account, AccountStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import type { AccountId } from "../protocol/ids.ts";
import type { AccountRole } from "../protocol/people.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { Database } from "./schema.ts";

interface AccountRow {
  readonly account_id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly password_hash: string | null;
  readonly disabled_at: number | null;
  readonly account_created_at: number;
  readonly second_factor_at: number | null;
}

/** What every query of an account selects. */
export function accountColumns({ selectFrom }: ExpressionBuilder<Database, "accounts">) {
  return [
    "accounts.id as account_id",
    "accounts.email",
    "accounts.name",
    "accounts.role",
    "accounts.password_hash",
    "accounts.disabled_at",
    "accounts.created_at as account_created_at",
    selectFrom("second_factors")
      .select("confirmed_at")
      .whereRef("second_factors.account_id", "=", "accounts.id")
      .as("second_factor_at"),
  ] as const;
}

export function accountFrom(row: AccountRow): Account {
  return {
    id: row.account_id,
    email: row.email,
    name: row.name,
    role: row.role,
    hasPassword: row.password_hash !== null,
    hasSecondFactor: row.second_factor_at !== null,
    disabledAt: row.disabled_at,
    createdAt: row.account_created_at,
  };
}

export function accountsIn(db: Kysely<Database>): AccountStore {
  async function find(id: AccountId, within: Kysely<Database> = db): Promise<Account | null> {
    const row = await within
      .selectFrom("accounts")
      .select(accountColumns)
      .where("id", "=", id)
      .executeTakeFirst();
    return row ? accountFrom(row) : null;
  }

  return {
    async create({ id, email, name, role, createdAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("accounts")
        .values({ id, email, email_key: emailKeyFrom(email), name, role, created_at: createdAt })
        .onConflict((conflict) => conflict.column("email_key").doNothing())
        .executeTakeFirstOrThrow();
      if (!numInsertedOrUpdatedRows) return refuse("already-exists");
      const fresh = { hasPassword: false, hasSecondFactor: false, disabledAt: null };
      return accept({ id, email, name, role, ...fresh, createdAt });
    },

    find: (id) => find(id),

    async findByEmail(email) {
      const row = await db
        .selectFrom("accounts")
        .select(accountColumns)
        .where("email_key", "=", emailKeyFrom(email))
        .executeTakeFirst();
      return row ? accountFrom(row) : null;
    },

    async list(page) {
      const rows = await db
        .selectFrom("accounts")
        .select("position")
        .select(accountColumns)
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, accountFrom);
    },

    /** One transaction: two administrators who demote each other at once do not both succeed. */
    change: (id, change) =>
      db.transaction().execute(async (transaction) => {
        const before = await find(id, transaction);
        if (!before) return refuse("not-found");
        const { name = before.name, role = before.role, disabledAt = before.disabledAt } = change;
        const isAdminNow = before.role === "admin" && before.disabledAt === null;
        if (isAdminNow && (role !== "admin" || disabledAt !== null)) {
          const other = await transaction
            .selectFrom("accounts")
            .select("id")
            .where("role", "=", "admin")
            .where("disabled_at", "is", null)
            .where("id", "!=", id)
            .executeTakeFirst();
          if (!other) return refuse("last-admin");
        }
        await transaction
          .updateTable("accounts")
          .set({ name, role, disabled_at: disabledAt })
          .where("id", "=", id)
          .execute();
        return accept({ ...before, name, role, disabledAt });
      }),

    async passwordHash(id) {
      const row = await db
        .selectFrom("accounts")
        .select("password_hash")
        .where("id", "=", id)
        .executeTakeFirst();
      return row?.password_hash ?? null;
    },

    async setPassword(id, passwordHash) {
      await db.updateTable("accounts").set({ password_hash: passwordHash }).where("id", "=", id).execute();
    },

    async addToken(id, { hash, purpose, expiresAt }) {
      await db
        .insertInto("account_tokens")
        .values({ token_hash: hash, account_id: id, purpose, expires_at: expiresAt })
        .execute();
    },

    async findByToken(tokenHash, purpose, now) {
      const row = await db
        .selectFrom("accounts")
        .select(accountColumns)
        .innerJoin("account_tokens", "accounts.id", "account_tokens.account_id")
        .where("token_hash", "=", tokenHash)
        .where("purpose", "=", purpose)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row ? accountFrom(row) : null;
    },

    async endTokens(id, purpose, tokenHash) {
      const ended = await db
        .deleteFrom("account_tokens")
        .where("account_id", "=", id)
        .where("purpose", "=", purpose)
        .returning("token_hash")
        .execute();
      return ended.some((token) => token.token_hash === tokenHash);
    },
  };
}
