import type { Kysely, Selectable } from "kysely";
import type { SignIn, SignInStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import { accountColumns, accountFrom } from "./accounts.ts";
import type { Database, SignInTable } from "./schema.ts";

function signInFrom(row: Omit<Selectable<SignInTable>, "token_hash">): SignIn {
  return {
    id: row.id,
    accountId: row.account_id,
    via: row.via,
    device: row.device,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

export function signInsIn(db: Kysely<Database>): SignInStore {
  return {
    /** Clears away what has expired, so that the table holds what counts. */
    async create(signIn, tokenHash) {
      await db.deleteFrom("sign_ins").where("expires_at", "<=", signIn.createdAt).execute();
      await db
        .insertInto("sign_ins")
        .values({
          id: signIn.id,
          account_id: signIn.accountId,
          token_hash: tokenHash,
          via: signIn.via,
          device: signIn.device,
          created_at: signIn.createdAt,
          expires_at: signIn.expiresAt,
        })
        .execute();
    },

    async findByTokenHash(tokenHash, now) {
      const row = await db
        .selectFrom("accounts")
        .select(accountColumns)
        .innerJoin("sign_ins", "accounts.id", "sign_ins.account_id")
        .selectAll("sign_ins")
        .where("token_hash", "=", tokenHash)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row ? { signIn: signInFrom(row), account: accountFrom(row) } : null;
    },

    async list(accountId, now) {
      const rows = await db
        .selectFrom("sign_ins")
        .selectAll()
        .where("account_id", "=", accountId)
        .where("expires_at", ">", now)
        .orderBy("created_at", "desc")
        .orderBy("id")
        .execute();
      return rows.map(signInFrom);
    },

    async end(accountId, id) {
      const { numDeletedRows } = await db
        .deleteFrom("sign_ins")
        .where("account_id", "=", accountId)
        .where("id", "=", id)
        .executeTakeFirst();
      return numDeletedRows > 0 ? accept() : refuse("not-found");
    },

    async endAll(accountId, except) {
      const all = db.deleteFrom("sign_ins").where("account_id", "=", accountId);
      await (except === null ? all : all.where("id", "!=", except)).execute();
    },
  };
}
