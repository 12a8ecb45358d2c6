import type { Kysely } from "kysely";
import type { EntryStore } from "../ports.ts";
import { entryBodySchema } from "../protocol/entry.ts";
import type { Database } from "./schema.ts";

export function entryIn(db: Kysely<Database>): EntryStore {
  return {
    async find(programmeId) {
      const row = await db
        .selectFrom("programme_entries")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .executeTakeFirst();
      if (!row) return { version: 1, conditions: [] };
      const { conditions } = entryBodySchema.parse({ conditions: JSON.parse(row.conditions) });
      return { version: row.version, conditions };
    },

    async change(programmeId, conditions) {
      const written = JSON.stringify(conditions);
      const { version } = await db
        .insertInto("programme_entries")
        .values({ programme_id: programmeId, version: 2, conditions: written })
        .onConflict((conflict) =>
          conflict.column("programme_id").doUpdateSet((row) => ({
            conditions: row.ref("excluded.conditions"),
            version: row("programme_entries.version", "+", 1),
          })),
        )
        .returning("version")
        .executeTakeFirstOrThrow();
      return { version, conditions };
    },
  };
}
