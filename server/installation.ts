import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { newId } from "./new-id.ts";
import type { Clock, GuardCounts, Log, Store } from "./ports.ts";
import { createPostgresStore } from "./store/postgres-store.ts";
import { createSqliteStore } from "./store/store.ts";
import { type Auth, createAuth } from "./transport/auth.ts";

export interface Installation {
  readonly store: Store;
  readonly clock: Clock;
  /** Signs cookies: SESSION_SECRET, or one made at the first start and kept with the records. */
  readonly secret: string;
}

/** Where records are in the data folder, unless they are in PostgreSQL. */
export const SQLITE_FILE = "balai.db";
/** Stands in the data folder when they were moved there. */
export const MOVED_NOTE = "moved-to-postgresql.txt";

/** How the clocks of those who write to one database may differ; nothing where one server alone does. */
export interface ClockAgreement {
  /** By how much this machine's clock is ahead of the common one. */
  readonly aheadMs: number;
  readonly apartAtMostMs: number;
}
const ONE_CLOCK: ClockAgreement = { aheadMs: 0, apartAtMostMs: 0 };

/** Opens the records of an installation; the folder is made if it is missing. */
export async function openInstallation(
  config: Config,
  log: Log,
  clocks: ClockAgreement = ONE_CLOCK,
): Promise<Installation> {
  await mkdir(config.dataDir, { recursive: true });
  const store = await openStore(config, log, clocks);
  const trailHead = await store.trail.head();
  const clock = createClock(Math.max(await store.classes.lastAt(), trailHead?.at ?? 0), clocks.aheadMs);
  const secret =
    config.sessionSecret ??
    (await store.settings.putIfAbsent("session-secret", randomBytes(32).toString("base64url")));
  return { store, clock, secret };
}

/** @throws also where SQLite has only what the records were before they were moved */
async function openStore(
  { database, dataDir }: Config,
  log: Log,
  { apartAtMostMs }: ClockAgreement,
): Promise<Store> {
  if (database) return createPostgresStore({ address: database, log, clocksApartMs: apartAtMostMs });
  const note = join(dataDir, MOVED_NOTE);
  if (existsSync(note)) {
    throw new Error(
      `the records were moved to PostgreSQL: set DATABASE_URL, or delete ${note} to go back to those in SQLite`,
    );
  }
  return createSqliteStore({ file: join(dataDir, SQLITE_FILE), log });
}

/** The address at which people reach this server, given the port that it really has. */
export function publicUrlFrom(config: Config, port: number): string {
  if (config.publicUrl !== null) return config.publicUrl;
  return `${config.tls ? "https" : "http"}://${hostFrom(config.host)}:${port}`;
}

/** An address to open in this machine's own browser, where the server listens on all of them. */
function hostFrom(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

export function authOf(
  { store, clock, secret }: Installation,
  publicUrl: string,
  counts?: GuardCounts,
): Auth {
  return createAuth({ store, clock, newId, secret, publicUrl, counts });
}
