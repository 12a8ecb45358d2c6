import type { DatabaseAddress } from "./database-address.ts";
import { connectPostgres } from "./postgres-connection.ts";

const SAMPLES = 5;

/** What is looked at in a database before anything in it is touched. */
export interface DatabaseGlance {
  /** By how much this machine's clock is ahead of the database's, within the time of one answer (ms). */
  readonly clockAheadMs: number;
  /** Small facts of the installation (`SettingStore`); none where there are no tables yet. */
  readonly settings: ReadonlyMap<string, string>;
}

/** @throws a sentence when the database cannot be reached */
export async function glanceAt(address: DatabaseAddress, systemNow = Date.now): Promise<DatabaseGlance> {
  const client = await connectPostgres(address);
  try {
    let best = { tookMs: Number.POSITIVE_INFINITY, aheadMs: 0 };
    for (let sample = 0; sample < SAMPLES; sample++) {
      const before = performance.now();
      const { rows } = await client.query("select extract(epoch from clock_timestamp()) * 1000 as now");
      const tookMs = performance.now() - before;
      const aheadMs = systemNow() - tookMs / 2 - Number(rows[0]?.now);
      if (tookMs < best.tookMs) best = { tookMs, aheadMs };
    }
    const { rows: found } = await client.query("select to_regclass('settings') is not null as is_there");
    const { rows } = found[0]?.is_there
      ? await client.query("select name, value from settings")
      : { rows: [] as { name: string; value: string }[] };
    return {
      clockAheadMs: Math.round(best.aheadMs),
      settings: new Map(rows.map(({ name, value }) => [name, value])),
    };
  } finally {
    await client.end();
  }
}
