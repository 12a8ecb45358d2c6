import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** Cases for breakout rooms, plans of their groups, and what the groups' work was scored. */
export function cases(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      for (const table of ["cases", "group_plans"] as const) {
        await db.schema
          .createTable(table)
          .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
          .addColumn("id", "text", (column) => column.notNull().unique())
          .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
          .addColumn("body", "text", (column) => column.notNull())
          .addColumn("updated_at", "bigint", (column) => column.notNull())
          .execute();
        await db.schema
          .createIndex(`${table}_session`)
          .on(table)
          .columns(["session_id", "position"])
          .execute();
      }
      await db.schema
        .createTable("scores")
        .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
        .addColumn("room_id", "text", (column) => column.notNull())
        .addColumn("body", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("scores_room", ["session_id", "room_id"])
        .execute();
    },
  };
}
