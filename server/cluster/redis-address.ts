/** Where a Redis server is, and as whom to go there. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: string | null;
  /** Its number; a Redis server has 16 unless it is told otherwise. */
  readonly database: number;
  readonly isEncrypted: boolean;
}

const DEFAULT_PORT = 6379;

/** The address in `redis://USER:PASSWORD@HOST:PORT/NUMBER` (`rediss://` encrypted); null where it is none. */
export function redisAddressFrom(text: string): RedisAddress | null {
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const database = /^\/?(\d{0,3})$/.exec(url.pathname)?.[1];
  if (database === undefined || url.hostname === "" || url.search !== "" || url.hash !== "") return null;
  try {
    return {
      host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port === "" ? DEFAULT_PORT : Number(url.port),
      user: decodeURIComponent(url.username) || null,
      password: decodeURIComponent(url.password) || null,
      database: Number(database),
      isEncrypted: url.protocol === "rediss:",
    };
  } catch {
    return null;
  }
}

/** The server for people to read, without the password. */
export function redisName({ host, port, database }: RedisAddress): string {
  return `Redis at ${host}:${port}${database === 0 ? "" : ` (database ${database})`}`;
}
