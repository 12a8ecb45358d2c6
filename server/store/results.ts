import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type { RecordedResult, ResultStore } from "../ports.ts";
import type { ResultId } from "../protocol/ids.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { Database, ResultTable } from "./schema.ts";

/** A statement may have 999 parameters in old builds of SQLite. */
const ROWS_PER_STATEMENT = 90;

function resultFrom(row: Selectable<ResultTable>): RecordedResult {
  return {
    id: row.id,
    programmeId: row.programme_id,
    enrolmentId: row.enrolment_id,
    requirement: row.requirement,
    score: row.score,
    status: row.status,
    takenAt: row.taken_at,
    source: row.source,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Answers with the ids of what it wrote: a row that says what is known already is not among them. */
async function upsert(db: Kysely<Database>, rows: readonly Insertable<ResultTable>[]): Promise<ResultId[]> {
  const written = await db
    .insertInto("results")
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(["enrolment_id", "requirement", "taken_at", "source"])
        .doUpdateSet((row) => ({
          score: row.ref("excluded.score"),
          status: row.ref("excluded.status"),
          updated_at: row.ref("excluded.updated_at"),
        }))
        .where(
          sql<boolean>`(results.score is distinct from excluded.score
            or results.status is distinct from excluded.status)`,
        ),
    )
    .returning("id")
    .execute();
  return written.map(({ id }) => id);
}

export function resultsIn(db: Kysely<Database>): ResultStore {
  return {
    async put(programmeId, rows, at) {
      const values = rows.map(
        (row): Insertable<ResultTable> => ({
          id: row.newId,
          programme_id: programmeId,
          enrolment_id: row.enrolmentId,
          requirement: row.requirement,
          score: row.score,
          status: row.status,
          taken_at: row.takenAt,
          source: row.source,
          created_at: at,
          updated_at: at,
        }),
      );
      return await db.transaction().execute(async (transaction) => {
        const before = await knownKeys(transaction, programmeId);
        const written = new Set<string>();
        for (let from = 0; from < values.length; from += ROWS_PER_STATEMENT) {
          for (const id of await upsert(transaction, values.slice(from, from + ROWS_PER_STATEMENT))) {
            written.add(id);
          }
        }
        return values.map((row) => {
          const known = before.get(keyOf(row));
          if (known === undefined) return "created";
          return written.has(known) ? "updated" : "unchanged";
        });
      });
    },

    async list(programmeId, enrolmentId, page) {
      const everybody = db.selectFrom("results").selectAll().where("programme_id", "=", programmeId);
      const rows = await (enrolmentId === null
        ? everybody
        : everybody.where("enrolment_id", "=", enrolmentId)
      )
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, resultFrom);
    },

    async all(programmeId) {
      const rows = await db
        .selectFrom("results")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .orderBy("position")
        .execute();
      return rows.map(resultFrom);
    },
  };
}

type Key = Pick<Insertable<ResultTable>, "enrolment_id" | "requirement" | "taken_at" | "source">;

const keyOf = (row: Key) => JSON.stringify([row.enrolment_id, row.requirement, row.taken_at, row.source]);

async function knownKeys(
  db: Kysely<Database>,
  programmeId: ResultTable["programme_id"],
): Promise<ReadonlyMap<string, ResultId>> {
  const rows = await db
    .selectFrom("results")
    .select(["id", "enrolment_id", "requirement", "taken_at", "source"])
    .where("programme_id", "=", programmeId)
    .execute();
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}
