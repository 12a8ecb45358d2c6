import type { Kysely } from "kysely";
import type { CaptionStore } from "../ports.ts";
import { captionCuesSchema } from "../protocol/captions.ts";
import type { Database } from "./schema.ts";

/** What is said in recordings, by language. */
export function captionsIn(db: Kysely<Database>): CaptionStore {
  return {
    async put({ recordingId, language, cues, updatedAt }) {
      const row = { cue_count: cues.length, cues: JSON.stringify(cues), updated_at: updatedAt };
      await db
        .insertInto("captions")
        .values({ recording_id: recordingId, language, ...row })
        .onConflict((conflict) => conflict.columns(["recording_id", "language"]).doUpdateSet(row))
        .execute();
    },
    async find(recordingId, language) {
      const row = await db
        .selectFrom("captions")
        .selectAll()
        .where("recording_id", "=", recordingId)
        .where("language", "=", language)
        .executeTakeFirst();
      if (!row) return null;
      const cues = captionCuesSchema.parse(JSON.parse(row.cues));
      return { recordingId, language, cues, updatedAt: row.updated_at };
    },
    async list(recordingId) {
      const rows = await db
        .selectFrom("captions")
        .select(["language", "cue_count", "updated_at"])
        .where("recording_id", "=", recordingId)
        .orderBy("language")
        .execute();
      return rows.map((row) => ({
        language: row.language,
        cueCount: row.cue_count,
        updatedAt: row.updated_at,
      }));
    },
    async remove(recordingId, language) {
      const { numDeletedRows } = await db
        .deleteFrom("captions")
        .where("recording_id", "=", recordingId)
        .where("language", "=", language)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },
  };
}
