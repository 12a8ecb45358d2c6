import type { Insertable, Kysely, Selectable } from "kysely";
import type { Enrolment, EnrolmentFields, EnrolmentStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import type { EnrolmentId, ProgrammeId } from "../protocol/ids.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import { isNamedInClasses, isStillReferred } from "./person-uses.ts";
import type { Database, EnrolmentTable } from "./schema.ts";

const ROWS_PER_STATEMENT = 200;

/** Rosters are read by people in Indonesia, and their order must not depend on the database's locale. */
const byName = new Intl.Collator("id");

function enrolmentFrom(row: Selectable<EnrolmentTable>): Enrolment {
  return {
    id: row.id,
    programmeId: row.programme_id,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    institution: row.institution,
    group: row.group_name,
    birthDate: row.birth_date,
    education: row.education,
    assignmentLetter: row.assignment_letter,
    createdAt: row.created_at,
    erasedAt: row.erased_at,
  };
}

type NewRow = EnrolmentFields & { readonly newId: EnrolmentId };

function insertableFrom(programmeId: ProgrammeId, row: NewRow, at: number): Insertable<EnrolmentTable> {
  return {
    id: row.newId,
    programme_id: programmeId,
    external_id: row.externalId,
    name: row.name,
    email: row.email,
    institution: row.institution,
    group_name: row.group,
    birth_date: row.birthDate,
    education: row.education,
    assignment_letter: row.assignmentLetter,
    created_at: at,
  };
}

/** One statement's rows: those that were there keep their id. Answers with the id of each externalId. */
async function upsert(db: Kysely<Database>, rows: readonly Insertable<EnrolmentTable>[]) {
  return await db
    .insertInto("enrolments")
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(["programme_id", "external_id"]).doUpdateSet((row) => ({
        name: row.ref("excluded.name"),
        email: row.ref("excluded.email"),
        institution: row.ref("excluded.institution"),
        group_name: row.ref("excluded.group_name"),
        birth_date: row.ref("excluded.birth_date"),
        education: row.ref("excluded.education"),
        assignment_letter: row.ref("excluded.assignment_letter"),
      })),
    )
    .returning(["id", "external_id"])
    .execute();
}

export function enrolmentsIn(db: Kysely<Database>): EnrolmentStore {
  return {
    async put(programmeId, rows, at) {
      // Of rows with the same externalId the first gives the place and the id, the last the fields.
      const latest = new Map<string, Insertable<EnrolmentTable>>();
      for (const row of rows) {
        const earlier = latest.get(row.externalId);
        const insertable = insertableFrom(programmeId, row, at);
        latest.set(row.externalId, earlier ? { ...insertable, id: earlier.id } : insertable);
      }
      const ids = new Map<string, EnrolmentId>();
      const values = [...latest.values()];
      await db.transaction().execute(async (transaction) => {
        for (let from = 0; from < values.length; from += ROWS_PER_STATEMENT) {
          const stored = await upsert(transaction, values.slice(from, from + ROWS_PER_STATEMENT));
          for (const { external_id, id } of stored) ids.set(external_id, id);
        }
      });
      return rows.map(({ externalId, newId }) => {
        const id = ids.get(externalId);
        if (id === undefined) throw new Error("The database answered for fewer rows than it was given");
        return { id, outcome: id === newId ? "created" : "updated" };
      });
    },

    async find(id) {
      const row = await db.selectFrom("enrolments").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? enrolmentFrom(row) : null;
    },

    async list(programmeId, page) {
      const rows = await db
        .selectFrom("enrolments")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, enrolmentFrom);
    },

    async roster(programmeId, group) {
      const everybody = db.selectFrom("enrolments").selectAll().where("programme_id", "=", programmeId);
      const rows = await (group === null ? everybody : everybody.where("group_name", "=", group)).execute();
      return rows
        .map(enrolmentFrom)
        .sort((one, other) => byName.compare(one.name, other.name) || (one.id < other.id ? -1 : 1));
    },

    async change(id, fields) {
      const { externalId, group, birthDate, assignmentLetter, ...same } = fields;
      return await db.transaction().execute(async (transaction) => {
        const known = await transaction
          .selectFrom("enrolments as other")
          .innerJoin("enrolments as own", "own.programme_id", "other.programme_id")
          .select("other.id")
          .where("own.id", "=", id)
          .where("other.id", "!=", id)
          .where("other.external_id", "=", externalId)
          .executeTakeFirst();
        if (known) return refuse("already-exists");
        const { numUpdatedRows } = await transaction
          .updateTable("enrolments")
          .set({
            external_id: externalId,
            name: same.name,
            email: same.email,
            institution: same.institution,
            group_name: group,
            birth_date: birthDate,
            education: same.education,
            assignment_letter: assignmentLetter,
          })
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 0n ? refuse("not-found") : accept();
      });
    },

    async remove(id) {
      try {
        return await db.transaction().execute(async (transaction) => {
          const person = await transaction
            .selectFrom("enrolments")
            .select("programme_id")
            .where("id", "=", id)
            .executeTakeFirst();
          if (!person) return refuse("not-found");
          if (await isNamedInClasses(transaction, person.programme_id, id))
            return refuse("in-use", "a class or its fixed roster names them");
          await transaction.deleteFrom("links").where("enrolment_id", "=", id).execute();
          await transaction.deleteFrom("enrolments").where("id", "=", id).execute();
          return accept();
        });
      } catch (fault) {
        if (isStillReferred(fault)) return refuse("in-use", "another record refers to them");
        throw fault;
      }
    },
  };
}
