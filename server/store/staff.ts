import type { Kysely, Selectable } from "kysely";
import { emailKeyFrom } from "../domain/email-key.ts";
import type { Staff, StaffStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import { isNamedInClasses, isStillReferred } from "./person-uses.ts";
import type { Database, StaffTable } from "./schema.ts";

function staffFrom(row: Selectable<StaffTable>): Staff {
  return {
    id: row.id,
    programmeId: row.programme_id,
    name: row.name,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
  };
}

export function staffIn(db: Kysely<Database>): StaffStore {
  return {
    async create(staff) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("staff")
        .values({
          id: staff.id,
          programme_id: staff.programmeId,
          name: staff.name,
          email: staff.email,
          email_key: emailKeyFrom(staff.email),
          role: staff.role,
          created_at: staff.createdAt,
        })
        .onConflict((conflict) => conflict.columns(["programme_id", "email_key"]).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows ? accept() : refuse("already-exists");
    },

    async find(id) {
      const row = await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? staffFrom(row) : null;
    },

    async listByEmail(email) {
      const rows = await db
        .selectFrom("staff")
        .selectAll()
        .where("email_key", "=", emailKeyFrom(email))
        .orderBy("position", "desc")
        .execute();
      return rows.map(staffFrom);
    },

    async list(programmeId, page) {
      const rows = await db
        .selectFrom("staff")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, staffFrom);
    },

    async change({ id, programmeId, name, email, role }) {
      return await db.transaction().execute(async (transaction) => {
        const known = await transaction
          .selectFrom("staff")
          .select("id")
          .where("programme_id", "=", programmeId)
          .where("email_key", "=", emailKeyFrom(email))
          .where("id", "!=", id)
          .executeTakeFirst();
        if (known) return refuse("already-exists");
        const { numUpdatedRows } = await transaction
          .updateTable("staff")
          .set({ name, email, email_key: emailKeyFrom(email), role })
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 0n ? refuse("not-found") : accept();
      });
    },

    async remove(id) {
      try {
        return await db.transaction().execute(async (transaction) => {
          const person = await transaction
            .selectFrom("staff")
            .select("programme_id")
            .where("id", "=", id)
            .executeTakeFirst();
          if (!person) return refuse("not-found");
          if (await isNamedInClasses(transaction, person.programme_id, id))
            return refuse("in-use", "a class or its fixed roster names them");
          await transaction.deleteFrom("links").where("staff_id", "=", id).execute();
          await transaction.deleteFrom("staff").where("id", "=", id).execute();
          return accept();
        });
      } catch (fault) {
        if (isStillReferred(fault)) return refuse("in-use", "another record refers to them");
        throw fault;
      }
    },
  };
}
