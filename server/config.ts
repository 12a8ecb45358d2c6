import { hostname } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { z } from "zod";
import { redisAddressFrom } from "./cluster/redis-address.ts";
import { LOG_LEVELS } from "./log.ts";
import { databaseAddressFrom } from "./store/database-address.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const portRange = z
  .string()
  .regex(/^\d{4,5}-\d{4,5}$/)
  .transform((range) => range.split("-").map(Number))
  .pipe(z.tuple([z.int().min(1024), z.int().max(65_535)]).refine(([min, max]) => min <= max))
  .transform(([min, max]) => ({ min, max }));
const flag = z.enum(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");
const path = z.string().min(1);

/** What each variable may be, in words, for the message that names a wrong one and for the README. */
const ALLOWED = {
  HOST: "an address to listen on, such as 127.0.0.1 or 0.0.0.0",
  PORT: "a port from 0 (any free one) to 65535",
  PUBLIC_URL: "the address people open, http:// or https://, without a path",
  DATA_DIR: "a folder",
  RTC_LISTEN_IP: "an IP address of this machine, or 0.0.0.0",
  RTC_ANNOUNCED_ADDRESS: "the address at which people's browsers reach this machine",
  RTC_PORT: "a port from 1024 to 65500; each worker takes one more",
  WORKERS: "a number of media workers from 1 to 64",
  TURN_URLS: "addresses with commas between, each turn: or turns: or stun:",
  TURN_SECRET: "the static-auth-secret of the TURN server",
  SESSION_SECRET: "at least 32 characters",
  TLS_CERT: "a PEM file, with TLS_KEY",
  TLS_KEY: "a PEM file, with TLS_CERT",
  LOG_LEVEL: LOG_LEVELS.join(", "),
  DEMO: "1 or 0",
  NODE_ENV: "production, development or test",
  MEDIASOUP_WORKER_BIN: "the media worker's program",
  TRUSTED_PROXIES:
    "addresses or networks of proxies, with commas between; or loopback, linklocal, uniquelocal for all of such",
  DATABASE_URL:
    "postgres://USER:PASSWORD@HOST:PORT/DATABASE, with ?sslmode=disable, require or verify-full, or " +
    "postgres:///DATABASE?host=/FOLDER for a Unix socket; unset, records are kept with SQLite in DATA_DIR",
  PATH: "the folders of programs, such as ffmpeg",
  REDIS_URL:
    "redis://USER:PASSWORD@HOST:PORT/NUMBER, or rediss:// encrypted, for a cluster of several nodes; needs DATABASE_URL",
  NODE_NAME: "a name for this node in its cluster: letters, digits, dots and hyphens, at most 63",
  NODE_URL: "the address at which browsers reach this node alone, http:// or https://, without a path",
  NODE_LINK_URL: "the address at which other nodes reach this one, http:// or https://, without a path",
  NODE_MEDIA_ADDRESS: "the address at which other nodes' media reaches this machine",
  NODE_MEDIA_PORTS: "a range of UDP ports from 1024 to 65535 for media between nodes, such as 41000-41999",
  RTC_STREAMS: "how many streams a media worker carries of a class before another helps, 2 to 5000",
  RECORDINGS_DIR: "a folder, if recordings are not to lie in DATA_DIR",
  RECORDING_TRACKS: "how many tracks are recorded at once, 6 to 500",
} as const;

type Variable = keyof typeof ALLOWED;

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === "/" && search === "" && hash === "";
}

const environmentSchema = z.object({
  HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/)
    .default("127.0.0.1"),
  PORT: port.default(3000),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin)
    .transform((url) => new URL(url).origin)
    .optional(),
  DATA_DIR: path.default("data"),
  RTC_LISTEN_IP: z.union([z.ipv4(), z.ipv6()]).optional(),
  RTC_ANNOUNCED_ADDRESS: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/)
    .optional(),
  RTC_PORT: z.coerce.number().int().min(1024).max(65_500).default(40_000),
  WORKERS: z.coerce.number().int().min(1).max(64).optional(),
  TURN_URLS: z
    .string()
    .transform((urls) => urls.split(",").map((url) => url.trim()))
    .pipe(z.array(z.string().regex(/^(turns?|stuns?):/)))
    .default([]),
  TURN_SECRET: z.string().min(1).optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .pipe(
      z.array(
        z.union([
          z.enum(["loopback", "linklocal", "uniquelocal"]),
          z.ipv4(),
          z.ipv6(),
          z.cidrv4(),
          z.cidrv6(),
        ]),
      ),
    )
    .default(["loopback"]),
  SESSION_SECRET: z.string().min(32).optional(),
  TLS_CERT: path.optional(),
  TLS_KEY: path.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
  DEMO: flag.optional(),
  NODE_ENV: z.enum(["production", "development", "test"]).optional(),
  MEDIASOUP_WORKER_BIN: path.optional(),
  DATABASE_URL: z
    .string()
    .transform(databaseAddressFrom)
    .refine((address) => address !== null)
    .optional(),
  REDIS_URL: z
    .string()
    .transform(redisAddressFrom)
    .refine((address) => address !== null)
    .optional(),
  NODE_NAME: z
    .string()
    .regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,62}$/)
    .optional(),
  NODE_URL: z
    .string()
    .refine(isOrigin)
    .transform((url) => new URL(url).origin)
    .optional(),
  NODE_LINK_URL: z
    .string()
    .refine(isOrigin)
    .transform((url) => new URL(url).origin)
    .optional(),
  NODE_MEDIA_ADDRESS: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/)
    .optional(),
  NODE_MEDIA_PORTS: portRange.default({ min: 41_000, max: 41_999 }),
  RTC_STREAMS: z.coerce.number().int().min(2).max(5_000).optional(),
  RECORDINGS_DIR: path.optional(),
  RECORDING_TRACKS: z.coerce.number().int().min(6).max(500).default(40),
  PATH: z.string().default(""),
});

/** A wrong environment: the message has a line for each variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export type Config = ReturnType<typeof configFrom>;

/**
 * The configuration from environment variables. An empty variable counts as unset.
 * @throws ConfigError naming each wrong variable, its value and what is allowed
 */
export function configFrom(env: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries(env).filter(([name, value]) => name in ALLOWED && value !== "");
  const parsed = environmentSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => lineOf(issue, env)).join("\n"));
  const values = parsed.data;
  if ((values.TLS_CERT === undefined) !== (values.TLS_KEY === undefined)) {
    throw new ConfigError("TLS_CERT and TLS_KEY go together: set both or neither");
  }
  if (values.REDIS_URL && !values.DATABASE_URL) {
    throw new ConfigError(
      `REDIS_URL needs DATABASE_URL: the nodes of a cluster share their records in PostgreSQL; ${ALLOWED.DATABASE_URL}`,
    );
  }
  if (values.REDIS_URL && values.PORT === 0 && !values.NODE_URL) {
    throw new ConfigError(
      "REDIS_URL needs NODE_URL, or a PORT other than 0: other nodes send people to this one",
    );
  }
  const isLoopback = values.HOST === "127.0.0.1" || values.HOST === "localhost" || values.HOST === "::1";
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir: isAbsolute(values.DATA_DIR) ? values.DATA_DIR : resolve(values.DATA_DIR),
    recordingsDir: resolve(values.RECORDINGS_DIR ?? join(values.DATA_DIR, "recordings")),
    recordingTracks: values.RECORDING_TRACKS,
    programPath: values.PATH,
    rtc: {
      listenIp: values.RTC_LISTEN_IP ?? (isLoopback ? "127.0.0.1" : "0.0.0.0"),
      announcedAddress: values.RTC_ANNOUNCED_ADDRESS ?? null,
      port: values.RTC_PORT,
      workers: values.WORKERS ?? null,
      workerBin: values.MEDIASOUP_WORKER_BIN ?? null,
      /** Null: as many as were measured. */
      streamsPerWorker: values.RTC_STREAMS ?? null,
      betweenNodes: {
        address: values.NODE_MEDIA_ADDRESS ?? values.RTC_ANNOUNCED_ADDRESS ?? null,
        ports: values.NODE_MEDIA_PORTS,
      },
    },
    turn: { urls: values.TURN_URLS, secret: values.TURN_SECRET ?? null },
    /** Null: SQLite in the data folder. */
    database: values.DATABASE_URL ?? null,
    /** Who is believed about whose request it passes on. */
    trustedProxies: values.TRUSTED_PROXIES,
    /** Null: one server alone. */
    redis: values.REDIS_URL ?? null,
    nodeName: values.NODE_NAME ?? hostname().slice(0, 63),
    /** Null: the address of this server itself. */
    nodeUrl: values.NODE_URL ?? null,
    /** Null: as browsers reach it. */
    nodeLinkUrl: values.NODE_LINK_URL ?? null,
    sessionSecret: values.SESSION_SECRET ?? null,
    tls: values.TLS_CERT && values.TLS_KEY ? { cert: values.TLS_CERT, key: values.TLS_KEY } : null,
    logLevel: values.LOG_LEVEL,
    isDemo: values.DEMO ?? values.NODE_ENV !== "production",
  };
}

function lineOf(issue: z.core.$ZodIssue, env: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]) as Variable;
  const isSecret = name.includes("SECRET") || name === "DATABASE_URL" || name === "REDIS_URL";
  const shown = isSecret ? `${env[name]?.length ?? 0} characters` : `"${env[name]}"`;
  return `${name} is ${shown}; allowed: ${ALLOWED[name]}`;
}
