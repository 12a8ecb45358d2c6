import type { Kysely } from "kysely";
import type { ClassStore } from "../ports.ts";
import type { AppendQueue } from "./append-queue.ts";
import { replayIn } from "./class-log.ts";
import { type Entry, entryFromEvent, entryFromEvidence } from "./entries.ts";
import { evidenceIn } from "./ledger.ts";
import type { Database } from "./schema.ts";

/** Malformed events and rows are rejected before they are queued: they are bugs, and cost nobody else. */
export function classStoreIn(db: Kysely<Database>, queue: AppendQueue): ClassStore {
  async function add(sessionId: Parameters<ClassStore["append"]>[0], entries: readonly Entry[]) {
    if (entries.length > 0) await queue.add({ sessionId, entries });
  }
  return {
    append: async (sessionId, events) => add(sessionId, events.map(entryFromEvent)),

    appendEvidence: async (sessionId, rows) => add(sessionId, rows.map(entryFromEvidence)),

    replay: (sessionId) => replayIn(db, sessionId),

    evidence: (sessionId) => evidenceIn(db, sessionId),

    adjustments: (sessionId) =>
      evidenceIn(db, sessionId, ["adjustment.proposed", "adjustment.rejected", "attendance.adjusted"]),

    async unfinished() {
      const rows = await db
        .selectFrom("class_heads")
        .select("session_id")
        .where("is_open", "=", 1)
        .union(db.selectFrom("open_connections").select("session_id"))
        .orderBy("session_id")
        .execute();
      return rows.map(({ session_id }) => session_id);
    },

    async lastAt() {
      const row = await db
        .selectFrom("class_heads")
        .select((head) => head.fn.max("last_at").as("at"))
        .executeTakeFirst();
      return row?.at ?? 0;
    },
  };
}
