import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/** Who issues certificates, with their logos, and how each programme numbers its own. */
export function issuer(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("issuers")
        .addColumn("id", "integer", (column) => column.primaryKey())
        .addColumn("issuer", "text", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("issuer_logos")
        .addColumn("hash", "text", (column) => column.primaryKey())
        .addColumn("type", "text", (column) => column.notNull())
        .addColumn("content", "text", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .execute();
      await db.schema
        .createTable("certificate_numberings")
        .addColumn("programme_id", "text", (column) => column.primaryKey().references("programmes.id"))
        .addColumn("template", "text", (column) => column.notNull())
        .execute();
    },
  };
}
