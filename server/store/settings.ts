import type { Kysely } from "kysely";
import type { SettingStore } from "../ports.ts";
import type { Database } from "./schema.ts";

export function settingsIn(db: Kysely<Database>): SettingStore {
  async function get(name: string): Promise<string | null> {
    const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
    return row?.value ?? null;
  }
  return {
    get,
    async putIfAbsent(name, value) {
      await db
        .insertInto("settings")
        .values({ name, value })
        .onConflict((conflict) => conflict.column("name").doNothing())
        .execute();
      return (await get(name)) ?? value;
    },
  };
}
