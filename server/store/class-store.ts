import type { Kysely } from "kysely";
import type { ClassStore } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { AppendQueue } from "./append-queue.ts";
import { classHomesIn } from "./class-homes.ts";
import { replayIn } from "./class-log.ts";
import { type Entry, entryFromEvent, entryFromEvidence } from "./entries.ts";
import { evidenceIn } from "./ledger.ts";
import { officeTurnIn } from "./office-turns.ts";
import type { Database } from "./schema.ts";

/** Malformed events and rows are rejected before they are queued: they are bugs, and cost nobody else. */
export function classStoreIn(db: Kysely<Database>, queue: AppendQueue): ClassStore {
  async function add(
    sessionId: SessionId,
    entries: readonly Entry[],
    epoch: number | null,
    turn: number | null = null,
  ) {
    if (entries.length > 0) await queue.add({ sessionId, entries, epoch, turn });
  }
  return {
    append: async (sessionId, events, epoch) => add(sessionId, events.map(entryFromEvent), epoch ?? null),

    appendEvidence: async (sessionId, rows, epoch) =>
      add(sessionId, rows.map(entryFromEvidence), epoch ?? null),

    officeTurn: (sessionId) => officeTurnIn(db, sessionId),

    appendRulings: async (sessionId, rows, turn) => add(sessionId, rows.map(entryFromEvidence), null, turn),

    replay: (sessionId, afterSeq = 0) => replayIn(db, sessionId, afterSeq),

    ...classHomesIn(db),

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
