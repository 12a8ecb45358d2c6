import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { ApiKey, ApiKeyStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { ApiKeyTable, Database } from "./schema.ts";

const scopesSchema = z.array(z.enum(["read", "write"]));

function apiKeyFrom(row: Selectable<ApiKeyTable>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: scopesSchema.parse(JSON.parse(row.scopes)),
    ownerId: row.owner_id,
    revokedAt: row.revoked_at,
    createdAt: row.created_at,
  };
}

export function apiKeysIn(db: Kysely<Database>): ApiKeyStore {
  return {
    async create(key, keyHash) {
      await db
        .insertInto("api_keys")
        .values({
          id: key.id,
          name: key.name,
          scopes: JSON.stringify(key.scopes),
          key_hash: keyHash,
          owner_id: key.ownerId,
          revoked_at: key.revokedAt,
          created_at: key.createdAt,
        })
        .execute();
    },

    /** Also a key that was revoked: the caller looks at `revokedAt`. */
    async findByHash(keyHash) {
      const row = await db
        .selectFrom("api_keys")
        .selectAll()
        .where("key_hash", "=", keyHash)
        .executeTakeFirst();
      return row ? apiKeyFrom(row) : null;
    },

    async find(id) {
      const row = await db.selectFrom("api_keys").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? apiKeyFrom(row) : null;
    },

    async list(page) {
      const rows = await db
        .selectFrom("api_keys")
        .selectAll()
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, apiKeyFrom);
    },

    /** Refuses `not-found`; a key revoked twice keeps the first time. */
    async revoke(id, at) {
      await db
        .updateTable("api_keys")
        .set({ revoked_at: at })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .execute();
      const row = await db.selectFrom("api_keys").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? accept(apiKeyFrom(row)) : refuse("not-found");
    },
  };
}
