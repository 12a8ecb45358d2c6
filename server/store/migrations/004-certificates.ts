import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import type { DialectSteps } from "../dialect.ts";
import type { Database } from "../schema.ts";

/** Certificates: of each person one at most that is not revoked; numbers are never given twice. */
export function certificates(steps: DialectSteps): Migration {
  return {
    async up(db: Kysely<Database>) {
      await db.schema
        .createTable("certificates")
        .addColumn("position", steps.positionType, (column) => steps.positionColumn(column))
        .addColumn("id", "text", (column) => column.notNull().unique())
        .addColumn("programme_id", "text", (column) => column.notNull().references("programmes.id"))
        .addColumn("enrolment_id", "text", (column) => column.notNull().references("enrolments.id"))
        .addColumn("sequence", "integer", (column) => column.notNull())
        .addColumn("number", "text", (column) => column.notNull())
        .addColumn("code", "text", (column) => column.notNull().unique())
        .addColumn("facts", "text", (column) => column.notNull())
        .addColumn("credential", "text", (column) => column.notNull())
        .addColumn("issued_by", "text", (column) => column.notNull())
        .addColumn("created_at", "bigint", (column) => column.notNull())
        .addColumn("revoked_at", "bigint")
        .addColumn("revoked_by", "text")
        .addColumn("revoked_reason", "text")
        .addUniqueConstraint("certificates_sequence", ["programme_id", "sequence"])
        .execute();
      await db.schema
        .createIndex("certificates_valid")
        .unique()
        .on("certificates")
        .column("enrolment_id")
        .where(sql.ref("revoked_at"), "is", null)
        .execute();
    },
  };
}
