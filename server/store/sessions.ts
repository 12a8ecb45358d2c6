import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { Session, SessionStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import { slotSchema } from "../protocol/evidence.ts";
import { enrolmentIdSchema, type SessionId, slotIdSchema } from "../protocol/ids.ts";
import { endOfficeTurn } from "./office-turns.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { Database, SessionTable } from "./schema.ts";

const slotsSchema = z.array(slotSchema.extend({ id: slotIdSchema }));
const cancellationSchema = z.strictObject({ at: z.number(), by: z.string(), reason: z.string() });
const rosterSchema = z.array(enrolmentIdSchema);

function sessionFrom(row: Selectable<SessionTable>): Session {
  return {
    id: row.id,
    programmeId: row.programme_id,
    unit: row.unit,
    title: row.title,
    mode: row.mode,
    group: row.group_name,
    timeZone: row.time_zone,
    slots: slotsSchema.parse(JSON.parse(row.slots)),
    createdAt: row.created_at,
    sequence: row.sequence,
    updatedAt: row.updated_at,
    removedSlots: slotsSchema.parse(JSON.parse(row.removed_slots)),
    cancellation: row.cancellation === null ? null : cancellationSchema.parse(JSON.parse(row.cancellation)),
  };
}

async function fixedRosterIn(db: Kysely<Database>, id: SessionId) {
  const row = await db.selectFrom("sessions").select("fixed_roster").where("id", "=", id).executeTakeFirst();
  return row?.fixed_roster ? rosterSchema.parse(JSON.parse(row.fixed_roster)) : null;
}

export function sessionsIn(db: Kysely<Database>): SessionStore {
  return {
    /** Refuses `already-exists` for an id that is taken. */
    async create(session) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("sessions")
        .values({
          id: session.id,
          programme_id: session.programmeId,
          unit: session.unit,
          title: session.title,
          mode: session.mode,
          group_name: session.group,
          time_zone: session.timeZone,
          slots: JSON.stringify(session.slots),
          fixed_roster: null,
          created_at: session.createdAt,
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows ? accept() : refuse("already-exists");
    },

    async find(id) {
      const row = await db.selectFrom("sessions").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? sessionFrom(row) : null;
    },

    async list(programmeId, page) {
      const rows = await db
        .selectFrom("sessions")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, sessionFrom);
    },

    async all(programmeId) {
      const rows = await db
        .selectFrom("sessions")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .orderBy("position")
        .execute();
      return rows.map(sessionFrom);
    },

    change: (session, linksExpireAt, turn) =>
      db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable("sessions")
          .set({
            unit: session.unit,
            title: session.title,
            mode: session.mode,
            group_name: session.group,
            time_zone: session.timeZone,
            slots: JSON.stringify(session.slots),
            sequence: session.sequence,
            updated_at: session.updatedAt,
            removed_slots: JSON.stringify(session.removedSlots),
            cancellation: session.cancellation === null ? null : JSON.stringify(session.cancellation),
          })
          .where("id", "=", session.id)
          .where("sequence", "=", session.sequence - 1)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return refuse("conflict", "somebody else changed the session meanwhile");
        await endOfficeTurn(transaction, session.id, turn);
        await transaction
          .updateTable("links")
          .set({ expires_at: linksExpireAt })
          .where("session_id", "=", session.id)
          .execute();
        return accept();
      }),

    fixedRoster: (id) => fixedRosterIn(db, id),

    async fixRoster(id, roster) {
      await db.transaction().execute(async (transaction) => {
        const fixed = (await fixedRosterIn(transaction, id)) ?? [];
        const { numUpdatedRows } = await transaction
          .updateTable("sessions")
          .set({ fixed_roster: JSON.stringify([...new Set([...fixed, ...roster])]) })
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) throw new Error(`There is no session ${id} whose roster could be fixed`);
      });
    },
  };
}
