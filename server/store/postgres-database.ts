import {
  type ColumnDefinitionNode,
  CompiledQuery,
  type DatabaseConnection,
  DataTypeNode,
  Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  RawNode,
  sql,
  type TransactionSettings,
} from "kysely";
import pg from "pg";
import type { Log } from "../ports.ts";
import type { DatabaseAddress } from "./database-address.ts";
import type { DialectSteps } from "./dialect.ts";
import { clientConfigFrom, SESSION_SETTINGS } from "./postgres-connection.ts";
import { WRITE_LOCK } from "./postgres-locks.ts";
import type { Database } from "./schema.ts";

/** What records are read and changed by; evidence has connections of its own, and never waits behind them. */
const RECORD_CONNECTIONS = 10;
const EVIDENCE_CONNECTIONS = 2;
const IDLE_CLOSES_AFTER_MS = 30_000;

export interface PostgresDatabase {
  /** One transaction at a time, of all processes: what it reads nobody changes before it ends, as with SQLite. */
  readonly db: Kysely<Database>;
  /** Transactions beside each other: for those that lock the rows they start from. */
  readonly evidence: Kysely<Database>;
}

/** Nothing is connected before it is used. Both belong to the caller. */
export function openPostgres(address: DatabaseAddress, log: Log): PostgresDatabase {
  const pool = (max: number) => {
    const made = new pg.Pool({ ...clientConfigFrom(address), max, idleTimeoutMillis: IDLE_CLOSES_AFTER_MS });
    const warn = ({ message }: Error) => log.warn({ reason: message }, "a connection to the database broke");
    // While a connection is in use the pool does not listen, and a fault that nobody hears ends the process.
    made.on("error", () => {});
    made.on("connect", (client) => client.on("error", warn));
    return made;
  };
  const records = { pool: pool(RECORD_CONNECTIONS), onCreateConnection: prepare };
  const evidence = { pool: pool(EVIDENCE_CONNECTIONS), onCreateConnection: prepare };
  return {
    db: new Kysely<Database>({ dialect: new SerialDialect(records) }),
    evidence: new Kysely<Database>({ dialect: new PostgresDialect(evidence) }),
  };
}

async function prepare(connection: DatabaseConnection): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(SESSION_SETTINGS));
  nameFaults(connection);
}

/** Says in the message that it was the database; what PostgreSQL adds may quote personal data and stays out of logs. */
function nameFaults(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = async (query, options) => {
    try {
      return await execute(query, options);
    } catch (fault) {
      if (fault instanceof pg.DatabaseError) {
        delete fault.detail;
        delete fault.where;
        fault.message = `The database refused: ${fault.message}`;
      }
      throw fault;
    }
  };
}

class SerialDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): PostgresDriver {
    return new SerialDriver(this.#config);
  }
}

/** Transactions read and then write; the queries are written for SQLite's `begin immediate`, and here mean the same. */
class SerialDriver extends PostgresDriver {
  override async beginTransaction(
    connection: Parameters<PostgresDriver["rollbackTransaction"]>[0],
    settings: TransactionSettings,
  ): Promise<void> {
    await super.beginTransaction(connection, settings);
    try {
      await connection.executeQuery(CompiledQuery.raw(`select pg_advisory_xact_lock(${WRITE_LOCK})`));
    } catch (fault) {
      await this.rollbackTransaction(connection);
      throw fault;
    }
  }
}

/** Text is compared and ordered by its bytes, as SQLite does, whatever the locale of the database. */
class TextByBytes extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const isText = DataTypeNode.is(node.dataType) && node.dataType.dataType === "text";
    return super.transformColumnDefinition(
      isText ? { ...node, dataType: RawNode.createWithSql('text collate "C"') } : node,
    );
  }
}
const textByBytes = new TextByBytes();
const textByBytesPlugin: KyselyPlugin = {
  transformQuery: ({ node }) => textByBytes.transformNode(node),
  transformResult: async ({ result }) => result,
};

/** What holds somebody's personal fields. */
const SWEPT = ["enrolments", "links", "certificates", "class_log", "disputes"] as const;

export const postgresSteps: DialectSteps = {
  positionType: "bigserial",
  bytesType: "bytea",
  forTables: (db) => db.withPlugin(textByBytesPlugin),
  positionColumn: (column) => column.primaryKey(),
  withoutInsertionOrder: (table) => table,

  /**
   * PostgreSQL keeps with each row the transaction that wrote it, and rows lie as they came: a return and its
   * answer could be joined by that. So every insertion writes all rows of its form anew, in the order of their keys.
   */
  async forgetInsertionOrder(db, table) {
    await sql`
      create or replace function balai_forget_order() returns trigger language plpgsql as $$
      begin
        execute format(
          'with moved as (
             delete from %1$I as kept using (select distinct programme_id, survey from added) as form
             where kept.programme_id = form.programme_id and kept.survey = form.survey returning kept.*
           )
           insert into %1$I select * from moved order by 1, 2', tg_table_name);
        return null;
      end $$
    `.execute(db);
    await sql`
      create trigger ${sql.id(`${table}_forgets_order`)} after insert on ${sql.id(table)}
      referencing new table as added for each statement
      when (pg_trigger_depth() = 0) execute function balai_forget_order()
    `.execute(db);
  },

  async refuseChanges(db, table) {
    await sql`
      create or replace function balai_refuse_change() returns trigger language plpgsql as $$
      begin raise exception '% is append-only', tg_table_name; end $$
    `.execute(db);
    await sql`
      create trigger ${sql.id(`${table}_refuses_changes`)} before update or delete or truncate on ${sql.id(table)}
      for each statement execute function balai_refuse_change()
    `.execute(db);
  },

  async sweepErased(db) {
    await sql`vacuum ${sql.join(SWEPT.map((table) => sql.id(table)))}`.execute(db);
  },
};
