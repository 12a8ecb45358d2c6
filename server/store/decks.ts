import type { Kysely, Selectable } from "kysely";
import type { Deck, DeckStore } from "../ports.ts";
import type { Database, DeckTable } from "./schema.ts";

function deckFrom(row: Selectable<DeckTable>): Deck {
  return {
    id: row.id,
    sessionId: row.session_id,
    title: row.title,
    status: row.status,
    failure: row.failure,
    pageCount: row.page_count,
    createdAt: row.created_at,
  };
}

export function decksIn(db: Kysely<Database>): DeckStore {
  return {
    async create(deck) {
      await db
        .insertInto("decks")
        .values({
          id: deck.id,
          session_id: deck.sessionId,
          title: deck.title,
          status: deck.status,
          failure: deck.failure,
          page_count: deck.pageCount,
          created_at: deck.createdAt,
        })
        .execute();
    },

    async update(id, { status, failure, pageCount }) {
      const { numUpdatedRows } = await db
        .updateTable("decks")
        .set({ status, failure, page_count: pageCount })
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new Error(`There is no deck ${id} to update`);
    },

    async find(id) {
      const row = await db.selectFrom("decks").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? deckFrom(row) : null;
    },

    async list(sessionId) {
      const rows = await db
        .selectFrom("decks")
        .selectAll()
        .where("session_id", "=", sessionId)
        .orderBy("position")
        .execute();
      return rows.map(deckFrom);
    },

    async failInterrupted(createdBefore) {
      await db
        .updateTable("decks")
        .set({ status: "failed", failure: "unavailable", page_count: 0 })
        .where("status", "=", "processing")
        .where("created_at", "<=", createdBefore)
        .execute();
    },
  };
}
