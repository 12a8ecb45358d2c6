import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { Database } from "../schema.ts";

/**
 * Which node of a cluster runs a class, and how often that has changed: what a node appends carries the epoch in
 * which it took the class, and an older one is refused.
 */
export function classHomes(): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .alterTable("class_heads")
        .addColumn("home_epoch", "integer", (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema.alterTable("class_heads").addColumn("home_node", "text").execute();
    },
  };
}
