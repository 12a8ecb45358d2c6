import type { Kysely } from "kysely";
import type { ConsentStore } from "../ports.ts";
import type { Database } from "./schema.ts";

/** Who answered what to being recorded: every answer, with the text it was to. */
export function consentsIn(db: Kysely<Database>): ConsentStore {
  return {
    async add({ sessionId, seq, at, personId, isGiven, textVersion, language, textHash, keptDays }) {
      await db
        .insertInto("consents")
        .values({
          session_id: sessionId,
          class_seq: seq,
          person_id: personId,
          is_given: isGiven ? 1 : 0,
          text_version: textVersion,
          language,
          text_hash: textHash,
          at,
          kept_days: keptDays ?? null,
        })
        .onConflict((conflict) => conflict.columns(["session_id", "class_seq"]).doNothing())
        .execute();
    },
    async list(sessionId) {
      const rows = await db
        .selectFrom("consents")
        .selectAll()
        .where("session_id", "=", sessionId)
        .orderBy("class_seq")
        .execute();
      return rows.map((row) => ({
        sessionId,
        seq: row.class_seq,
        at: row.at,
        personId: row.person_id,
        isGiven: row.is_given === 1,
        textVersion: row.text_version,
        language: row.language,
        textHash: row.text_hash,
        ...(row.kept_days === null ? {} : { keptDays: row.kept_days }),
      }));
    },
  };
}
