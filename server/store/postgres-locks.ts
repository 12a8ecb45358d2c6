import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import type { Log } from "../ports.ts";
import { type DatabaseAddress, databaseName } from "./database-address.ts";
import { connectPostgres } from "./postgres-connection.ts";

/** Numbers of PostgreSQL's advisory locks, which hold in one database: `(these, one of them)`. */
const BALAI = 0x62616c;
/** Held by each transaction that reads records and then writes. */
export const WRITE_LOCK = `${BALAI}, 1`;
/** Held by the one server that runs an installation, or shared by the nodes that do. */
const SERVER_LOCK = `${BALAI}, 2`;
const RETRY_MS = 1_000;

/** Whether one server runs an installation, or several nodes of a cluster do, which then agree by other means. */
export type Sharing = "alone" | "nodes";

/**
 * Takes an installation for this process, alone or with other nodes, for as long as its connection lives. When the connection breaks
 * it is taken again; `onLost` is called when somebody else was faster, and then this process must not go on.
 * @throws when another process has it, naming that
 */
export async function lockPostgres(
  address: DatabaseAddress,
  log: Log,
  onLost: (why: string) => void,
  sharing: Sharing = "alone",
): Promise<{ close(): Promise<void> }> {
  const closing = new AbortController();
  let client = await takenBy(address, sharing);

  async function takeAgain(): Promise<void> {
    log.warn({}, "the connection that holds the database for this server broke; taking it again");
    while (!closing.signal.aborted) {
      try {
        client = await takenBy(address, sharing);
        if (closing.signal.aborted) await client.end();
        else watch();
        return;
      } catch (fault) {
        if (fault instanceof LockTaken) return onLost(fault.message);
      }
      await setTimeout(RETRY_MS, null, { signal: closing.signal }).catch(() => {});
    }
  }
  function watch(): void {
    client.once("end", () => {
      if (!closing.signal.aborted) void takeAgain();
    });
  }

  watch();
  return {
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      await client.end();
    },
  };
}

class LockTaken extends Error {}

async function takenBy(address: DatabaseAddress, sharing: Sharing): Promise<pg.Client> {
  const client = await connectPostgres(address);
  const take = sharing === "alone" ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
  const { rows } = await client.query(`select ${take}(${SERVER_LOCK}) as is_ours`);
  if (rows[0]?.is_ours === true) return client;
  const holder = await holderOf(client);
  await client.end();
  throw new LockTaken(`another Balai server is using ${databaseName(address)}: ${holder}`);
}

async function holderOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query(`
    select application_name as name, coalesce(host(client_addr), 'this machine') as host, backend_start as since
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and (classid, objid) = (${SERVER_LOCK})
      and pg_locks.database = (select oid from pg_database where datname = current_database())
  `);
  const [holder] = rows;
  if (!holder) return "it has just stopped; try again";
  const [, pid, machine] = /^balai (\d+) (.*)$/.exec(String(holder.name)) ?? [];
  const who = pid ? `process ${pid} on ${machine}` : `connected as "${holder.name}"`;
  return `${who}, from ${holder.host}, since ${new Date(holder.since).toISOString()}`;
}
