import type { Kysely, Selectable } from "kysely";
import type { ExportStore, StoredExport } from "../ports.ts";
import type { Database } from "./schema.ts";

/** Which MP4s of recordings were asked for; the files lie in the recordings' folders. */
export function exportsIn(db: Kysely<Database>): ExportStore {
  const all = () => db.selectFrom("recording_exports").selectAll();
  return {
    async create(one) {
      await db.insertInto("recording_exports").values(rowFrom(one)).execute();
    },
    async update(id, { status, doneMs, totalMs, bytes, failure, endedAt }) {
      await db
        .updateTable("recording_exports")
        .set({
          ...(status === undefined ? {} : { status }),
          ...(doneMs === undefined ? {} : { done_ms: Math.round(doneMs) }),
          ...(totalMs === undefined ? {} : { total_ms: totalMs }),
          ...(bytes === undefined ? {} : { bytes }),
          ...(failure === undefined ? {} : { failure }),
          ...(endedAt === undefined ? {} : { ended_at: endedAt }),
        })
        .where("id", "=", id)
        .execute();
    },
    async find(id) {
      const row = await all().where("id", "=", id).executeTakeFirst();
      return row ? exportFrom(row) : null;
    },
    async list(recordingId) {
      const rows = await all().where("recording_id", "=", recordingId).orderBy("position", "desc").execute();
      return rows.map(exportFrom);
    },
    async unfinished() {
      const rows = await all().where("status", "in", ["queued", "running"]).orderBy("position").execute();
      return rows.map(exportFrom);
    },
  };
}

function rowFrom(one: StoredExport) {
  return {
    id: one.exportId,
    recording_id: one.recordingId,
    session_id: one.sessionId,
    status: one.status,
    language: one.language,
    requested_at: one.requestedAt,
    requested_by: one.requestedBy,
    ended_at: one.endedAt,
    done_ms: Math.round(one.doneMs),
    total_ms: one.totalMs,
    bytes: one.bytes,
    failure: one.failure,
  };
}

function exportFrom(row: Selectable<Database["recording_exports"]>): StoredExport {
  return {
    exportId: row.id,
    recordingId: row.recording_id,
    sessionId: row.session_id,
    status: row.status,
    language: row.language,
    requestedAt: row.requested_at,
    requestedBy: row.requested_by,
    endedAt: row.ended_at,
    doneMs: row.done_ms,
    totalMs: row.total_ms,
    bytes: row.bytes,
    failure: row.failure,
  };
}
