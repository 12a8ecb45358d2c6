import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { newId } from "./new-id.ts";
import type { Clock, Log, Store } from "./ports.ts";
import { createPostgresStore } from "./store/postgres-store.ts";
import { createSqliteStore } from "./store/store.ts";
import { type Auth, createAuth } from "./transport/auth.ts";

export interface Installation {
  readonly store: Store;
  readonly clock: Clock;
  /** Signs cookies: SESSION_SECRET, or one made at the first start and kept with the records. */
  readonly secret: string;
}

/** Opens the records of an installation; the folder is made if it is missing. */
export async function openInstallation(config: Config, log: Log): Promise<Installation> {
  await mkdir(config.dataDir, { recursive: true });
  const store = config.database
    ? await createPostgresStore({ address: config.database, log })
    : await createSqliteStore({ file: join(config.dataDir, "balai.db"), log });
  const trailHead = await store.trail.head();
  const clock = createClock(Math.max(await store.classes.lastAt(), trailHead?.at ?? 0));
  const secret =
    config.sessionSecret ??
    (await store.settings.putIfAbsent("session-secret", randomBytes(32).toString("base64url")));
  return { store, clock, secret };
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

export function authOf({ store, clock, secret }: Installation, publicUrl: string): Auth {
  return createAuth({ store, clock, newId, secret, publicUrl });
}
