import type { Kysely, Selectable } from "kysely";
import { keptUntilFrom } from "../domain/recording-retention.ts";
import type { Page, PageRequest, Recording, RecordingStore } from "../ports.ts";
import type { RecordingId } from "../protocol/ids.ts";
import { DEFAULT_KEPT_DAYS } from "../protocol/recordings.ts";
import type { Database } from "./schema.ts";

type Row = Selectable<Database["recordings"]>;

function recordingFrom(row: Row): Recording {
  return {
    recordingId: row.id,
    sessionId: row.session_id,
    rooms: row.rooms,
    hasChat: row.has_chat === 1,
    startedAt: row.started_at,
    startedBy: row.started_by,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    keptDays: row.kept_days,
    keptUntil: row.kept_until,
    prolonged:
      row.kept_changed_at === null
        ? null
        : { at: row.kept_changed_at, by: row.kept_by ?? "", reason: row.kept_reason ?? "" },
    capturedBytes: row.captured_bytes,
    deletion:
      row.deletion_at === null || row.deletion_reason === null
        ? null
        : {
            at: row.deletion_at,
            by: row.deletion_by ?? "",
            reason: row.deletion_reason,
            note: row.deletion_note,
            doneAt: row.deleted_at,
          },
  };
}

/** Which recordings there are and until when; what was captured lies in their folders. */
export function recordingsIn(db: Kysely<Database>): RecordingStore {
  const all = () => db.selectFrom("recordings").selectAll();
  const kept = (at: number) =>
    all().where("deletion_at", "is", null).where("kept_until", "<=", at).orderBy("kept_until").orderBy("id");
  const ofOne = (id: RecordingId) => db.updateTable("recordings").where("id", "=", id);
  return {
    async begin({
      recordingId,
      sessionId,
      rooms,
      hasChat,
      startedAt,
      startedBy,
      keptDays = DEFAULT_KEPT_DAYS,
    }) {
      await db
        .insertInto("recordings")
        .values({
          id: recordingId,
          session_id: sessionId,
          rooms,
          has_chat: hasChat ? 1 : 0,
          started_at: startedAt,
          started_by: startedBy,
          kept_days: keptDays,
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
    },
    async end(recordingId, at, reason) {
      const row = await all().where("id", "=", recordingId).executeTakeFirst();
      if (!row || row.ended_at !== null) return;
      await ofOne(recordingId)
        .set({ ended_at: at, end_reason: reason, kept_until: keptUntilFrom(at, row.kept_days) })
        .where("ended_at", "is", null)
        .execute();
    },
    async list(sessionId) {
      const ofSession = all().where("session_id", "=", sessionId);
      return (await ofSession.orderBy("started_at").orderBy("id").execute()).map(recordingFrom);
    },
    async find(recordingId) {
      const row = await all().where("id", "=", recordingId).executeTakeFirst();
      return row ? recordingFrom(row) : null;
    },
    async page({ session, programmes }, page) {
      let query = all().orderBy("started_at", "desc").orderBy("id", "desc");
      if (session !== undefined) query = query.where("session_id", "=", session);
      if (programmes !== undefined) {
        if (programmes.length === 0) return { items: [], nextCursor: null };
        query = query.where("session_id", "in", (inner) =>
          inner.selectFrom("sessions").select("sessions.id").where("programme_id", "in", programmes),
        );
      }
      const last = placeFrom(page.cursor);
      if (last) {
        query = query.where((row) =>
          row.or([
            row("started_at", "<", last.startedAt),
            row.and([row("started_at", "=", last.startedAt), row("id", "<", last.id)]),
          ]),
        );
      }
      return pageOf(await query.limit(page.limit + 1).execute(), page);
    },
    async due(at, limit) {
      return (await kept(at).limit(limit).execute()).map(recordingFrom);
    },
    async unwarned(at, limit) {
      return (await kept(at).where("warned_at", "is", null).limit(limit).execute()).map(recordingFrom);
    },
    async warn(recordingId, at) {
      const query = ofOne(recordingId).set({ warned_at: at }).where("warned_at", "is", null);
      return (await query.executeTakeFirst()).numUpdatedRows > 0n;
    },
    async unmeasured(limit) {
      const query = all().where("ended_at", "is not", null).where("captured_bytes", "is", null);
      return (await query.where("deletion_at", "is", null).limit(limit).execute()).map(recordingFrom);
    },
    async measure(recordingId, bytes) {
      await ofOne(recordingId).set({ captured_bytes: bytes }).execute();
    },
    async measured(limit) {
      const query = all().where("captured_bytes", "is not", null).orderBy("started_at", "desc");
      return (await query.limit(limit).execute()).map(recordingFrom);
    },
    async prolong(recordingId, { keptUntil, reason, by, at }) {
      const changed = await ofOne(recordingId)
        .set({
          kept_until: keptUntil,
          kept_reason: reason,
          kept_by: by,
          kept_changed_at: at,
          warned_at: null,
        })
        .where("deletion_at", "is", null)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },
    async orderDeletion(recordingId, { at, by, reason, note }) {
      const changed = await ofOne(recordingId)
        .set({ deletion_at: at, deletion_by: by, deletion_reason: reason, deletion_note: note })
        .where("deletion_at", "is", null)
        .where("ended_at", "is not", null)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },
    async unfinishedDeletions(limit) {
      const query = all().where("deletion_at", "is not", null).where("deleted_at", "is", null);
      return (await query.orderBy("deletion_at").limit(limit).execute()).map(recordingFrom);
    },
    async finishDeletion(recordingId, at) {
      await ofOne(recordingId).set({ deleted_at: at }).where("deleted_at", "is", null).execute();
    },
  };
}

/** Where a page ended; null at the beginning. A cursor that is not one of ours stands after everything. */
function placeFrom(cursor: string | null): { readonly startedAt: number; readonly id: RecordingId } | null {
  if (cursor === null) return null;
  const [, startedAt = "0", id = ""] =
    /^([0-9]{1,15}):(rec_[0-9A-Za-z]{1,48})$/.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  return { startedAt: Number(startedAt), id: id as RecordingId };
}

function pageOf(rows: readonly Row[], { limit }: PageRequest): Page<Recording> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(recordingFrom),
    nextCursor: last ? Buffer.from(`${last.started_at}:${last.id}`).toString("base64url") : null,
  };
}
