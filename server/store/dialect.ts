import type { ColumnDefinitionBuilder, CreateTableBuilder, Kysely } from "kysely";
import type { Database } from "./schema.ts";

/** What differs between the databases Balai runs on; every query besides is written once. */
export interface DialectSteps {
  /** For `position`: a primary key that the database counts up. */
  readonly positionType: "integer" | "bigserial";
  readonly bytesType: "blob" | "bytea";
  /** The database as migrations make tables in it. */
  forTables(db: Kysely<Database>): Kysely<Database>;
  positionColumn(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  /** Lays a table's rows in the order of its primary key, so that they do not tell which came first. */
  withoutInsertionOrder(table: CreateTableBuilder<string, string>): CreateTableBuilder<string, string>;
  /** The same for databases that can do it only once the table is there. */
  forgetInsertionOrder(db: Kysely<Database>, table: "survey_returns" | "survey_answers"): Promise<void>;
  /** Makes the database refuse every UPDATE and DELETE of a table. */
  refuseChanges(db: Kysely<Database>, table: keyof Database): Promise<void>;
  /** After an erasure: takes away what the database's own files still hold of the old rows. */
  sweepErased(db: Kysely<Database>): Promise<void>;
}
