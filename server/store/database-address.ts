/** Where a PostgreSQL database is, and as whom to go there. */
export interface DatabaseAddress {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  /** Null: the name of the user that this process runs as. */
  readonly user: string | null;
  readonly password: string | null;
  readonly database: string;
  readonly tls: "off" | "encrypted" | "verified";
}

const DEFAULT_PORT = 5432;
const PARAMETERS = ["host", "sslmode"];
const TLS: Readonly<Record<string, DatabaseAddress["tls"]>> = {
  disable: "off",
  require: "encrypted",
  "verify-full": "verified",
};

/**
 * The address in `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…`, or `postgres:///DATABASE?host=/FOLDER`
 * for a Unix socket; null where it is none, or says something that would be ignored.
 */
export function databaseAddressFrom(text: string): DatabaseAddress | null {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const given = [...url.searchParams.keys()];
  if (given.some((name) => !PARAMETERS.includes(name)) || new Set(given).size < given.length) return null;
  const socket = url.searchParams.get("host");
  const tls = TLS[url.searchParams.get("sslmode") ?? "disable"];
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(
    decodedOrUndefined,
  );
  if (!database || !tls || user === undefined || password === undefined || url.hash !== "") return null;
  if (socket === null ? url.hostname === "" : url.hostname !== "" || !socket.startsWith("/")) return null;
  return {
    host: socket ?? url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? DEFAULT_PORT : Number(url.port),
    user: user || null,
    password: password || null,
    database,
    tls,
  };
}

/** Undefined where the text is not well encoded, or has what no name in PostgreSQL has. */
function decodedOrUndefined(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text);
    return text.includes("/") || decoded.includes("\u0000") ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/** The database for people to read, without the password. */
export function databaseName({ host, port, database }: DatabaseAddress): string {
  const server = host.startsWith("/") ? `${host} (port ${port})` : `${host}:${port}`;
  return `the database ${database} at ${server}`;
}
