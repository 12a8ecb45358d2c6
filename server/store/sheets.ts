import type { Kysely, Transaction } from "kysely";
import { FencedError, type Log, type SheetKey, type SheetStore, type SheetWrite } from "../ports.ts";
import { createGroupCommit } from "./group-commit.ts";
import type { Database } from "./schema.ts";

/** The sheets of breakout rooms; `close` waits for what is being written. */
export function sheetsIn(db: Kysely<Database>, log: Log): SheetStore & { close(): Promise<void> } {
  const commits = createGroupCommit<SheetWrite>({
    async write(group) {
      await db.transaction().execute((transaction) => append(transaction, group));
    },
    onFault: (err, count) => log.error({ err, writes: count }, "changes of sheets could not be written"),
  });

  const find: SheetStore["find"] = async ({ sessionId, roomId }) => {
    const row = await db
      .selectFrom("sheets")
      .selectAll()
      .where("session_id", "=", sessionId)
      .where("room_id", "=", roomId)
      .executeTakeFirst();
    return row ? { sessionId, roomId, case: JSON.parse(row.case_snapshot), createdAt: row.created_at } : null;
  };

  return {
    async create(sheets) {
      if (sheets.length === 0) return;
      const rows = sheets.map(({ sessionId, roomId, case: work, createdAt }) => ({
        session_id: sessionId,
        room_id: roomId,
        case_snapshot: JSON.stringify(work),
        created_at: createdAt,
      }));
      await db
        .insertInto("sheets")
        .values(rows)
        .onConflict((conflict) => conflict.columns(["session_id", "room_id"]).doNothing())
        .execute();
    },

    find,

    async list(sessionId) {
      const rows = await db
        .selectFrom("sheets")
        .selectAll()
        .where("session_id", "=", sessionId)
        .orderBy("position")
        .execute();
      return rows.map((row) => ({
        sessionId,
        roomId: row.room_id,
        case: JSON.parse(row.case_snapshot),
        createdAt: row.created_at,
      }));
    },

    append: (write) => commits.add(write),

    async content({ sessionId, roomId }) {
      const updates = await db
        .selectFrom("sheet_updates")
        .select("bytes")
        .where("session_id", "=", sessionId)
        .where("room_id", "=", roomId)
        .orderBy("position")
        .execute();
      const authors = await db
        .selectFrom("sheet_authors")
        .select(["client_id", "person_id"])
        .where("session_id", "=", sessionId)
        .where("room_id", "=", roomId)
        .orderBy("client_id")
        .execute();
      return {
        updates: updates.map(({ bytes }) => bytes),
        authors: authors.map(({ client_id, person_id }) => [client_id, person_id] as const),
      };
    },

    async compact(key, snapshot, at, epoch) {
      await db.transaction().execute(async (transaction) => {
        await refuseFenced(transaction, [{ ...key, epoch }]);
        await transaction
          .deleteFrom("sheet_updates")
          .where("session_id", "=", key.sessionId)
          .where("room_id", "=", key.roomId)
          .execute();
        await transaction
          .insertInto("sheet_updates")
          .values(updateRow(key, snapshot, at))
          .execute();
      });
    },

    close: commits.close,
  };
}

/** @throws FencedError where a write comes from a node that no longer has its class */
async function refuseFenced(
  transaction: Transaction<Database>,
  writes: readonly Pick<SheetWrite, "sessionId" | "epoch">[],
): Promise<void> {
  const epochs = new Map(
    writes.flatMap(({ sessionId, epoch }) => (epoch ? [[sessionId, epoch] as const] : [])),
  );
  if (epochs.size === 0) return;
  const heads = await transaction
    .selectFrom("class_heads")
    .select(["session_id", "home_epoch"])
    .where("session_id", "in", [...epochs.keys()])
    .execute();
  for (const { session_id, home_epoch } of heads) {
    const epoch = epochs.get(session_id);
    if (epoch !== undefined && epoch !== home_epoch) throw new FencedError(session_id, epoch, home_epoch);
  }
}

async function append(transaction: Transaction<Database>, group: readonly SheetWrite[]): Promise<void> {
  await refuseFenced(transaction, group);
  const authors = group.flatMap(({ sessionId, roomId, authors }) =>
    authors.map(([client_id, person_id]) => ({
      session_id: sessionId,
      room_id: roomId,
      client_id,
      person_id,
    })),
  );
  if (authors.length > 0) {
    await transaction
      .insertInto("sheet_authors")
      .values(authors)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const write of group) {
    await transaction
      .insertInto("sheet_updates")
      .values(updateRow(write, write.update, write.at))
      .execute();
  }
}

function updateRow({ sessionId, roomId }: SheetKey, bytes: Uint8Array, at: number) {
  return { session_id: sessionId, room_id: roomId, bytes, at };
}
