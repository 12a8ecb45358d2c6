import type { Kysely } from "kysely";
import { z } from "zod";
import type { IssuerStore } from "../ports.ts";
import { issuerFactsSchema, LOGO_TYPES } from "../protocol/issuer.ts";
import type { Database } from "./schema.ts";

const typeSchema = z.enum(LOGO_TYPES);

export function issuerIn(db: Kysely<Database>): IssuerStore {
  return {
    async find() {
      const row = await db.selectFrom("issuers").select("issuer").executeTakeFirst();
      return row ? issuerFactsSchema.parse(JSON.parse(row.issuer)) : null;
    },

    async change(changed) {
      const issuer = JSON.stringify(changed);
      await db
        .insertInto("issuers")
        .values({ id: 1, issuer })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ issuer }))
        .execute();
    },

    async putLogo(hash, { type, bytes }, at) {
      await db
        .insertInto("issuer_logos")
        .values({ hash, type, content: bytes.toString("base64"), created_at: at })
        .onConflict((conflict) => conflict.column("hash").doNothing())
        .execute();
    },

    async logo(hash) {
      const row = await db.selectFrom("issuer_logos").selectAll().where("hash", "=", hash).executeTakeFirst();
      return row ? { type: typeSchema.parse(row.type), bytes: Buffer.from(row.content, "base64") } : null;
    },
  };
}
