import type { Kysely } from "kysely";
import type { RecordingSettingStore } from "../ports.ts";
import { DEFAULT_KEPT_DAYS } from "../protocol/recordings.ts";
import type { Database } from "./schema.ts";

const INSTALLATION = "installation";

/** How long recordings are kept, for all and for single programmes, and what room they may take. */
export function recordingSettingsIn(db: Kysely<Database>): RecordingSettingStore {
  const find = (scope: string) =>
    db.selectFrom("recording_settings").selectAll().where("scope", "=", scope).executeTakeFirst();

  async function put(scope: string, kept_days: number | null, budget_bytes: number | null): Promise<void> {
    await db
      .insertInto("recording_settings")
      .values({ scope, kept_days, budget_bytes })
      .onConflict((conflict) => conflict.column("scope").doUpdateSet({ kept_days, budget_bytes }))
      .execute();
  }

  return {
    async get() {
      const row = await find(INSTALLATION);
      return { keptDays: row?.kept_days ?? DEFAULT_KEPT_DAYS, budgetBytes: row?.budget_bytes ?? null };
    },
    put: ({ keptDays, budgetBytes }) => put(INSTALLATION, keptDays, budgetBytes),
    async keptDaysOf(programmeId) {
      return (await find(programmeId))?.kept_days ?? null;
    },
    keepDays: (programmeId, keptDays) => put(programmeId, keptDays, null),
  };
}
