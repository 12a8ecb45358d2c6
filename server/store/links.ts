import type { Kysely, Selectable } from "kysely";
import type { JoinLink, LinkStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import type { EnrolmentId, LinkId, StaffId } from "../protocol/ids.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { Database, LinkTable } from "./schema.ts";

const ROWS_PER_STATEMENT = 200;

function linkFrom(row: Selectable<LinkTable>): JoinLink {
  return {
    id: row.id,
    sessionId: row.session_id,
    enrolmentId: row.enrolment_id,
    staffId: row.staff_id,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    createdAt: row.created_at,
  };
}

function rowFrom(link: JoinLink, tokenHash: string) {
  return {
    id: link.id,
    session_id: link.sessionId,
    enrolment_id: link.enrolmentId,
    staff_id: link.staffId,
    token_hash: tokenHash,
    expires_at: link.expiresAt,
    revoked_at: link.revokedAt,
    created_at: link.createdAt,
  };
}

export function linksIn(db: Kysely<Database>): LinkStore {
  async function find(id: LinkId): Promise<JoinLink | null> {
    const row = await db.selectFrom("links").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? linkFrom(row) : null;
  }
  return {
    async create(link, tokenHash) {
      await db.insertInto("links").values(rowFrom(link, tokenHash)).execute();
    },

    async createAll(links) {
      await db.transaction().execute(async (transaction) => {
        for (let from = 0; from < links.length; from += ROWS_PER_STATEMENT) {
          const some = links.slice(from, from + ROWS_PER_STATEMENT);
          await transaction
            .insertInto("links")
            .values(some.map(({ link, tokenHash }) => rowFrom(link, tokenHash)))
            .execute();
        }
      });
    },

    find,

    async revokedAmong(ids) {
      const revoked: LinkId[] = [];
      for (let from = 0; from < ids.length; from += ROWS_PER_STATEMENT) {
        const rows = await db
          .selectFrom("links")
          .select("id")
          .where("id", "in", ids.slice(from, from + ROWS_PER_STATEMENT))
          .where("revoked_at", "is not", null)
          .execute();
        revoked.push(...rows.map(({ id }) => id));
      }
      return revoked;
    },

    /** Also a link that has expired or was revoked: the caller says which. */
    async findByTokenHash(tokenHash) {
      const row = await db
        .selectFrom("links")
        .selectAll()
        .where("token_hash", "=", tokenHash)
        .executeTakeFirst();
      return row ? linkFrom(row) : null;
    },

    async listOfStaff(sessionId, staffId) {
      const rows = await db
        .selectFrom("links")
        .selectAll()
        .where("session_id", "=", sessionId)
        .where("staff_id", "=", staffId)
        .orderBy("position")
        .execute();
      return rows.map(linkFrom);
    },

    async list(sessionId, page) {
      const rows = await db
        .selectFrom("links")
        .selectAll()
        .where("session_id", "=", sessionId)
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, linkFrom);
    },

    async ofSession(id) {
      const all = db.selectFrom("links").selectAll().where("session_id", "=", id);
      return (await all.orderBy("position").execute()).map(linkFrom);
    },

    async ofPerson(id) {
      const all = db
        .selectFrom("links")
        .selectAll()
        .where((row) =>
          row.or([row("enrolment_id", "=", id as EnrolmentId), row("staff_id", "=", id as StaffId)]),
        );
      return (await all.orderBy("position").execute()).map(linkFrom);
    },

    /** Refuses `not-found`; a link revoked twice keeps the first time. */
    async revoke(id, at) {
      await db
        .updateTable("links")
        .set({ revoked_at: at })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .execute();
      const link = await find(id);
      return link ? accept(link) : refuse("not-found");
    },
  };
}
