import type { Kysely, Selectable } from "kysely";
import type { ConsentStore, Recording, RecordingStore } from "../ports.ts";
import type { Database } from "./schema.ts";

/** Which recordings there are; what was captured lies in their folders. */
export function recordingsIn(db: Kysely<Database>): RecordingStore {
  return {
    async begin({ recordingId, sessionId, rooms, hasChat, startedAt, startedBy }) {
      await db
        .insertInto("recordings")
        .values({
          id: recordingId,
          session_id: sessionId,
          rooms,
          has_chat: hasChat ? 1 : 0,
          started_at: startedAt,
          started_by: startedBy,
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    },
    async end(recordingId, at, reason) {
      await db
        .updateTable("recordings")
        .set({ ended_at: at, end_reason: reason })
        .where("id", "=", recordingId)
        .execute();
    },
    async find(recordingId) {
      const row = await db
        .selectFrom("recordings")
        .selectAll()
        .where("id", "=", recordingId)
        .executeTakeFirst();
      return row ? recordingFrom(row) : null;
    },
    async list(sessionId) {
      const rows = await db
        .selectFrom("recordings")
        .selectAll()
        .where("session_id", "=", sessionId)
        .orderBy("started_at")
        .orderBy("id")
        .execute();
      return rows.map(recordingFrom);
    },
  };
}

function recordingFrom(row: Selectable<Database["recordings"]>): Recording {
  return {
    recordingId: row.id,
    sessionId: row.session_id,
    rooms: row.rooms,
    hasChat: row.has_chat === 1,
    startedAt: row.started_at,
    startedBy: row.started_by,
    endedAt: row.ended_at,
    endReason: row.end_reason,
  };
}

/** Who answered what to being recorded: every answer, with the text it was to. */
export function consentsIn(db: Kysely<Database>): ConsentStore {
  return {
    async add({ sessionId, seq, at, personId, isGiven, textVersion, language, textHash }) {
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
      }));
    },
  };
}
