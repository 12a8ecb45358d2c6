import type { Kysely, Selectable } from "kysely";
import type { CaseStore, GroupPlanStore, ScoreStore } from "../ports.ts";
import { groupPlanBodySchema, scoreSchema } from "../protocol/case-work.ts";
import { caseSchema } from "../protocol/cases.ts";
import type { Database } from "./schema.ts";

/** What staff prepare for breakout rooms, each as one JSON: it is read and written whole. */
export function casesIn(db: Kysely<Database>): CaseStore {
  const read = (row: Selectable<Database["cases"]>) => ({
    ...caseSchema.parse(JSON.parse(row.body)),
    sessionId: row.session_id,
    updatedAt: row.updated_at,
  });
  return {
    async put({ sessionId, updatedAt, ...body }) {
      const row = { body: JSON.stringify(body), updated_at: updatedAt };
      await db
        .insertInto("cases")
        .values({ id: body.caseId, session_id: sessionId, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async find(id) {
      const row = await db.selectFrom("cases").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? read(row) : null;
    },
    async list(sessionId) {
      const rows = await db
        .selectFrom("cases")
        .selectAll()
        .where("session_id", "=", sessionId)
        .orderBy("position")
        .execute();
      return rows.map(read);
    },
    async remove(id) {
      await db.deleteFrom("cases").where("id", "=", id).execute();
    },
  };
}

export function groupPlansIn(db: Kysely<Database>): GroupPlanStore {
  const read = (row: Selectable<Database["group_plans"]>) => ({
    ...groupPlanBodySchema.parse(JSON.parse(row.body)),
    planId: row.id,
    sessionId: row.session_id,
    updatedAt: row.updated_at,
  });
  return {
    async put({ planId, sessionId, updatedAt, ...body }) {
      const row = { body: JSON.stringify(body), updated_at: updatedAt };
      await db
        .insertInto("group_plans")
        .values({ id: planId, session_id: sessionId, ...row })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
        .execute();
    },
    async find(id) {
      const row = await db.selectFrom("group_plans").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? read(row) : null;
    },
    async list(sessionId) {
      const rows = await db
        .selectFrom("group_plans")
        .selectAll()
        .where("session_id", "=", sessionId)
        .orderBy("position")
        .execute();
      return rows.map(read);
    },
    async remove(id) {
      await db.deleteFrom("group_plans").where("id", "=", id).execute();
    },
  };
}

export function scoresIn(db: Kysely<Database>): ScoreStore {
  return {
    async put(sessionId, score) {
      const body = JSON.stringify(score);
      await db
        .insertInto("scores")
        .values({ session_id: sessionId, room_id: score.roomId, body })
        .onConflict((conflict) => conflict.columns(["session_id", "room_id"]).doUpdateSet({ body }))
        .execute();
    },
    async list(sessionId) {
      const rows = await db
        .selectFrom("scores")
        .select("body")
        .where("session_id", "=", sessionId)
        .orderBy("room_id")
        .execute();
      return rows.map(({ body }) => scoreSchema.parse(JSON.parse(body)));
    },
  };
}
