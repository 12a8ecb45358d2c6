import type { Kysely, Selectable } from "kysely";
import type { Admin, AdminStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import { emailKeyFrom } from "./email-key.ts";
import type { AdminTable, Database } from "./schema.ts";

function adminFrom(row: Selectable<AdminTable>): Admin {
  return { id: row.id, email: row.email, createdAt: row.created_at };
}

export function adminsIn(db: Kysely<Database>): AdminStore {
  return {
    async create(admin) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("admins")
        .values({
          id: admin.id,
          email: admin.email,
          email_key: emailKeyFrom(admin.email),
          created_at: admin.createdAt,
        })
        .onConflict((conflict) => conflict.column("email_key").doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows ? accept() : refuse("already-exists");
    },

    async find(id) {
      const row = await db.selectFrom("admins").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? adminFrom(row) : null;
    },

    async findByEmail(email) {
      const row = await db
        .selectFrom("admins")
        .selectAll()
        .where("email_key", "=", emailKeyFrom(email))
        .executeTakeFirst();
      return row ? adminFrom(row) : null;
    },

    async addSignInToken(id, tokenHash, expiresAt) {
      await db
        .insertInto("sign_in_tokens")
        .values({ token_hash: tokenHash, admin_id: id, expires_at: expiresAt })
        .execute();
    },

    async findBySignInToken(tokenHash, now) {
      const row = await db
        .selectFrom("sign_in_tokens")
        .innerJoin("admins", "admins.id", "sign_in_tokens.admin_id")
        .selectAll("admins")
        .where("token_hash", "=", tokenHash)
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row ? adminFrom(row) : null;
    },
  };
}
