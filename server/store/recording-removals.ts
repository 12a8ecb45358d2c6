import type { Kysely, Selectable } from "kysely";
import type { RecordingRemoval, RecordingRemovalStore } from "../ports.ts";
import type { Database } from "./schema.ts";

function removalFrom(row: Selectable<Database["recording_removals"]>): RecordingRemoval {
  return {
    recordingId: row.recording_id,
    personId: row.person_id,
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    doneAt: row.done_at,
  };
}

/** Whom recordings lose: asked for in the records first, so that no stop forgets it. */
export function recordingRemovalsIn(db: Kysely<Database>): RecordingRemovalStore {
  return {
    async ask({ recordingId, personId, askedAt, askedBy }) {
      await db
        .insertInto("recording_removals")
        .values({
          recording_id: recordingId,
          person_id: personId,
          asked_at: askedAt,
          asked_by: askedBy,
          done_at: null,
        })
        .onConflict((conflict) => conflict.columns(["recording_id", "person_id"]).doNothing())
        .execute();
    },
    async open(limit) {
      const rows = await db
        .selectFrom("recording_removals")
        .selectAll()
        .where("done_at", "is", null)
        .orderBy("asked_at")
        .orderBy("recording_id")
        .limit(limit)
        .execute();
      return rows.map(removalFrom);
    },
    async finish(recordingId, personId, at) {
      await db
        .updateTable("recording_removals")
        .set({ done_at: at })
        .where("recording_id", "=", recordingId)
        .where("person_id", "=", personId)
        .where("done_at", "is", null)
        .execute();
    },
    async ofPerson(personId) {
      const rows = await db
        .selectFrom("recording_removals")
        .selectAll()
        .where("person_id", "=", personId)
        .orderBy("asked_at")
        .orderBy("recording_id")
        .execute();
      return rows.map(removalFrom);
    },
  };
}
