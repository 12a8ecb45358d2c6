import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** What participants dispute, with the proposals that came of it. */
export function disputes(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("disputes")
        .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
        .addColumn("id", "text", (column) => column.notNull().unique())
        .addColumn("session_id", "text", (column) => column.notNull().references("sessions.id"))
        .addColumn("slot_id", "text", (column) => column.notNull())
        .addColumn("enrolment_id", "text", (column) => column.notNull().references("enrolments.id"))
        .addColumn("reason", "text", (column) => column.notNull())
        .addColumn("file", "text")
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("answer", "text")
        .addColumn("answered_by", "text")
        .addColumn("answered_at", "bigint")
        .execute();
      await db.schema
        .createIndex("disputes_session_id_position")
        .on("disputes")
        .columns(["session_id", "position"])
        .execute();
      await db.schema
        .createTable("dispute_proposals")
        .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
        .addColumn("dispute_id", "text", (column) => column.notNull().references("disputes.id"))
        .addColumn("adjustment_id", "text", (column) => column.notNull().unique())
        .execute();
      await db.schema
        .createIndex("dispute_proposals_dispute_id")
        .on("dispute_proposals")
        .column("dispute_id")
        .execute();
    },
  };
}
