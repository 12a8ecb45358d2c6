import type { Kysely, Selectable } from "kysely";
import type { PageRequest, TrailHead, TrailStore } from "../ports.ts";
import {
  TRAIL_ACTIONS,
  type TrailEntry,
  type TrailFilter,
  type TrailRow,
  trailEntrySchema,
  trailRowSchema,
} from "../protocol/trail.ts";
import { chainFirst, chainRow } from "../reports/chain.ts";
import { TRAIL_CHAIN } from "../reports/verify-trail.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { Database, TrailTable } from "./schema.ts";

const HEAD_ID = 1;
/** Below every database's bound on values in one statement. */
const PEOPLE_PER_STATEMENT = 500;

/** Throws, naming the row, when one is malformed. */
function rowFrom({ seq, at, action, prev, hash, ...row }: Selectable<TrailTable>): TrailRow {
  try {
    return trailRowSchema.parse({
      ...JSON.parse(row.body),
      seq,
      at,
      actor: { kind: row.actor_kind, id: row.actor_id },
      action,
      programmeId: row.programme_id,
      sessionId: row.session_id,
      prev,
      hash,
    });
  } catch (cause) {
    throw new Error(`Row ${seq} of the trail is malformed`, { cause });
  }
}

async function headIn(db: Kysely<Database>): Promise<TrailHead | null> {
  const head = await db
    .selectFrom("trail_head")
    .select(["seq", "at", "hash"])
    .where("id", "=", HEAD_ID)
    .executeTakeFirst();
  return head ?? null;
}

async function write(db: Kysely<Database>, entry: TrailEntry): Promise<TrailRow> {
  const head = await headIn(db);
  // Two processes write here (the command line too), and their clocks may differ by a little.
  const at = Math.max(entry.at, head?.at ?? 0);
  const seq = (head?.seq ?? 0) + 1;
  const row: TrailRow = chainRow(head?.hash ?? chainFirst(TRAIL_CHAIN), { ...entry, at, seq });
  const { actor, action, programmeId, sessionId, prev, hash, subject, people, detail } = row;
  await db
    .insertInto("trail")
    .values({
      seq,
      at,
      actor_kind: actor.kind,
      actor_id: actor.id,
      action,
      programme_id: programmeId,
      session_id: sessionId,
      body: JSON.stringify({ subject, people, detail }),
      prev,
      hash,
    })
    .execute();
  const named = [...new Set(people)];
  for (let from = 0; from < named.length; from += PEOPLE_PER_STATEMENT) {
    const values = named.slice(from, from + PEOPLE_PER_STATEMENT).map((person_id) => ({ person_id, seq }));
    await db.insertInto("trail_people").values(values).execute();
  }
  await db
    .insertInto("trail_head")
    .values({ id: HEAD_ID, seq, at, hash })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ seq, at, hash }))
    .execute();
  return row;
}

function selectionFrom(db: Kysely<Database>, filter: TrailFilter) {
  let query = db.selectFrom("trail").selectAll("trail");
  const { programme, session, person, actor, action, kind, from, to } = filter;
  if (programme !== undefined) query = query.where("programme_id", "=", programme);
  if (session !== undefined) query = query.where("session_id", "=", session);
  if (actor !== undefined) query = query.where("actor_id", "=", actor);
  if (action !== undefined) query = query.where("action", "=", action);
  if (kind !== undefined) query = query.where("action", "in", actionsOf(kind));
  if (from !== undefined) query = query.where("at", ">=", from);
  if (to !== undefined) query = query.where("at", "<", to);
  if (person !== undefined) {
    query = query.where("seq", "in", (named) =>
      named.selectFrom("trail_people").select("trail_people.seq").where("person_id", "=", person),
    );
  }
  return query;
}

function actionsOf(kind: NonNullable<TrailFilter["kind"]>): string[] {
  return Object.entries(TRAIL_ACTIONS).flatMap(([action, its]) => (its === kind ? [action] : []));
}

export function trailIn(db: Kysely<Database>): TrailStore {
  return {
    async append(entry) {
      const parsed = trailEntrySchema.parse(entry);
      return await db.transaction().execute((transaction) => write(transaction, parsed));
    },

    async list(filter, page: PageRequest) {
      const before = page.cursor === null ? Number.MAX_SAFE_INTEGER : positionAfter(page);
      const rows = await selectionFrom(db, filter)
        .where("seq", "<", before)
        .orderBy("seq", "desc")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(
        rows.map((row) => ({ ...row, position: row.seq })),
        page,
        ({ position, ...row }) => rowFrom(row),
      );
    },

    async rowsAfter(seq, limit) {
      const rows = await db
        .selectFrom("trail")
        .selectAll()
        .where("seq", ">", seq)
        .orderBy("seq")
        .limit(limit)
        .execute();
      return rows.map(rowFrom);
    },

    head: () => headIn(db),
  };
}
