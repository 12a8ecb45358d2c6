import type { Kysely, Selectable } from "kysely";
import type { RecordingLink, RecordingLinkStore } from "../ports.ts";
import type { RecordingId } from "../protocol/ids.ts";
import type { Database, RecordingLinkTable } from "./schema.ts";

function linkFrom(row: Selectable<RecordingLinkTable>): RecordingLink {
  return {
    id: row.id,
    recordingId: row.recording_id,
    label: row.label,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    revokedAt: row.revoked_at,
    viewCount: row.view_count,
    lastViewedAt: row.last_viewed_at,
  };
}

/** Links to recordings for people who have no other way in; of their tokens the hash alone is kept. */
export function recordingLinksIn(db: Kysely<Database>): RecordingLinkStore {
  const all = () => db.selectFrom("recording_links").selectAll();
  return {
    async create({ id, recordingId, label, expiresAt, createdAt, createdBy }, tokenHash) {
      await db
        .insertInto("recording_links")
        .values({
          id,
          recording_id: recordingId,
          label,
          token_hash: tokenHash,
          expires_at: expiresAt,
          created_at: createdAt,
          created_by: createdBy,
        })
        .execute();
    },
    async find(id) {
      const row = await all().where("id", "=", id).executeTakeFirst();
      return row ? linkFrom(row) : null;
    },
    async findByTokenHash(tokenHash) {
      const row = await all().where("token_hash", "=", tokenHash).executeTakeFirst();
      return row ? linkFrom(row) : null;
    },
    async list(recordingId) {
      const rows = await all()
        .where("recording_id", "=", recordingId)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map(linkFrom);
    },
    async openCounts(recordingIds, at) {
      const counts: Partial<Record<RecordingId, number>> = {};
      if (recordingIds.length === 0) return counts;
      const rows = await db
        .selectFrom("recording_links")
        .select("recording_id")
        .where("recording_id", "in", recordingIds)
        .where("revoked_at", "is", null)
        .where("expires_at", ">", at)
        .execute();
      for (const { recording_id } of rows) counts[recording_id] = (counts[recording_id] ?? 0) + 1;
      return counts;
    },
    async revoke(id, at) {
      await db
        .updateTable("recording_links")
        .set({ revoked_at: at })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .execute();
    },
    async noteView(id, at) {
      await db
        .updateTable("recording_links")
        .set((row) => ({ view_count: row("view_count", "+", 1), last_viewed_at: at }))
        .where("id", "=", id)
        .execute();
    },
  };
}
