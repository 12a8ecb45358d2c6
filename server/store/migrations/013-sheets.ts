import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** Answer sheets of breakout rooms: each with its case as it was, and the updates that make its content. */
export function sheets(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("sheets")
        .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
        .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
        .addColumn("room_id", "text", (column) => column.notNull())
        .addColumn("case_snapshot", "text", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addUniqueConstraint("sheets_room", ["session_id", "room_id"])
        .execute();
      await db.schema
        .createTable("sheet_updates")
        .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
        .addColumn("session_id", "text", (column) => column.notNull())
        .addColumn("room_id", "text", (column) => column.notNull())
        .addColumn("bytes", steps.bytesType, (column) => column.notNull())
        .addColumn("at", "bigint", (column) => column.notNull())
        .addForeignKeyConstraint("sheet_updates_sheet", ["session_id", "room_id"], "sheets", [
          "session_id",
          "room_id",
        ])
        .execute();
      await db.schema
        .createIndex("sheet_updates_room")
        .on("sheet_updates")
        .columns(["session_id", "room_id", "position"])
        .execute();
      await db.schema
        .createTable("sheet_authors")
        .addColumn("session_id", "text", (column) => column.notNull())
        .addColumn("room_id", "text", (column) => column.notNull())
        .addColumn("client_id", "bigint", (column) => column.notNull())
        .addColumn("person_id", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("sheet_authors_client", ["session_id", "room_id", "client_id"])
        .addForeignKeyConstraint("sheet_authors_sheet", ["session_id", "room_id"], "sheets", [
          "session_id",
          "room_id",
        ])
        .execute();
    },
  };
}
