import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { Programme, ProgrammeStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import { jpSchema, policySchema } from "../protocol/evidence.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { Database, ProgrammeTable } from "./schema.ts";

const unitsSchema = z.array(
  z.object({ code: z.string(), title: z.string(), jp: jpSchema, selfStudyJp: jpSchema }),
);

function programmeFrom(row: Selectable<ProgrammeTable>): Programme {
  return {
    id: row.id,
    code: row.code,
    title: row.title,
    units: unitsSchema.parse(JSON.parse(row.units)),
    policy: policySchema.parse(JSON.parse(row.policy)),
    policyVersion: row.policy_version,
    policyFrozenAt: row.policy_frozen_at,
    createdAt: row.created_at,
  };
}

export function programmesIn(db: Kysely<Database>): ProgrammeStore {
  return {
    async create(programme) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("programmes")
        .values({
          id: programme.id,
          code: programme.code,
          title: programme.title,
          units: JSON.stringify(programme.units),
          policy: JSON.stringify(programme.policy),
          policy_version: programme.policyVersion,
          policy_frozen_at: programme.policyFrozenAt,
          created_at: programme.createdAt,
        })
        .onConflict((conflict) => conflict.column("code").doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows ? accept() : refuse("already-exists");
    },

    async find(idOrCode) {
      const rows = await db
        .selectFrom("programmes")
        .selectAll()
        .where((row) => row.or([row("id", "=", idOrCode as Programme["id"]), row("code", "=", idOrCode)]))
        .execute();
      // A code may look like another programme's id; the id counts first.
      const row = rows.find(({ id }) => id === idOrCode) ?? rows[0];
      return row ? programmeFrom(row) : null;
    },

    async list(page) {
      const rows = await db
        .selectFrom("programmes")
        .selectAll()
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, programmeFrom);
    },

    async change(id, { title, units }) {
      const changed = await db
        .updateTable("programmes")
        .set({ title, units: JSON.stringify(units) })
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst();
      return changed ? accept(programmeFrom(changed)) : refuse("not-found");
    },

    async changePolicy(id, policy) {
      const changed = await db
        .updateTable("programmes")
        .set((row) => ({
          policy: JSON.stringify(policy),
          policy_version: row("policy_version", "+", 1),
        }))
        .where("id", "=", id)
        .where("policy_frozen_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      if (changed) return accept(programmeFrom(changed));
      const there = await db.selectFrom("programmes").select("id").where("id", "=", id).executeTakeFirst();
      return refuse(there ? "policy-frozen" : "not-found");
    },

    async freezePolicy(id, at) {
      await db
        .updateTable("programmes")
        .set({ policy_frozen_at: at })
        .where("id", "=", id)
        .where("policy_frozen_at", "is", null)
        .execute();
    },
  };
}
