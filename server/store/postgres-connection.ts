import { hostname, userInfo } from "node:os";
import pg from "pg";
import { type DatabaseAddress, databaseName } from "./database-address.ts";

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_AFTER_MS = 10_000;
/** A transaction that says nothing for so long belongs to a process that hangs. */
const IDLE_TRANSACTION_MS = 60_000;
/** PostgreSQL's own bound on a connection's name. */
const NAME_BYTES = 63;

/** What `pg` is told: times and counts come as numbers, and a connection says whose it is. */
export function clientConfigFrom(address: DatabaseAddress): pg.ClientConfig {
  const { host, port, user, password, database, tls } = address;
  return {
    host,
    port,
    user: user ?? userInfo().username,
    ...(password === null ? {} : { password }),
    database,
    ssl: tls === "off" ? false : { rejectUnauthorized: tls === "verified" },
    types: { getTypeParser: typeParserFor },
    application_name: `balai ${process.pid} ${hostname()}`.slice(0, NAME_BYTES),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
  };
}

/** For this connection alone: `pg` shares its own parsers with everybody in the process. */
function typeParserFor(oid: number, format?: "text" | "binary") {
  if (oid === pg.types.builtins.INT8 && format !== "binary") return integerFrom;
  return pg.types.getTypeParser(oid, format);
}

function integerFrom(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new Error(`The database answered with ${text}, which is no integer`);
  return value;
}

/**
 * Set for each connection: a commit answers when it is on disk, whatever the server's own setting; and
 * statements see what was committed before them.
 */
export const SESSION_SETTINGS = `
  select
    set_config('synchronous_commit', case current_setting('synchronous_commit')
      when 'off' then 'on' else current_setting('synchronous_commit') end, false),
    set_config('default_transaction_isolation', 'read committed', false)
`;

/**
 * One connection, outside any pool.
 * @throws a sentence that says what is wrong with the address, never with the password in it
 */
export async function connectPostgres(address: DatabaseAddress): Promise<pg.Client> {
  const client = new pg.Client(clientConfigFrom(address));
  // Else a connection that breaks later would end the process; whoever uses it next is told.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query(SESSION_SETTINGS);
    return client;
  } catch (cause) {
    await client.end().catch(() => {});
    throw new Error(sentenceOf(cause, address), { cause });
  }
}

function sentenceOf(fault: unknown, address: DatabaseAddress): string {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : "";
  const where = databaseName(address);
  const user = address.user ?? userInfo().username;
  switch (code) {
    case "28P01":
    case "28000":
      return `DATABASE_URL: PostgreSQL refuses the user ${user}, or the password, for ${where}`;
    case "3D000":
      return `DATABASE_URL: there is no ${where.replace("the ", "")}; create it first`;
    case "42501":
      return `DATABASE_URL: the user ${user} may not connect to ${where}`;
    case "53300":
      return `DATABASE_URL: PostgreSQL has no connection left for ${where}`;
    case "57P03":
      return `DATABASE_URL: PostgreSQL is starting or stopping; try ${where} again in a moment`;
    default:
      return `DATABASE_URL: ${where} cannot be reached`;
  }
}
