import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { passwordFrom } from "../domain/password-rules.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";

/** scrypt's parameters (RFC 7914): `logN` is the cost's binary logarithm. */
export interface PasswordCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's Password Storage Cheat Sheet: N = 2^17, r = 8, p = 1; 128 MiB for each. */
export const DEFAULT_PASSWORD_COST: PasswordCost = { logN: 17, r: 8, p: 1 };

/** Two of the thread pool's four: files and slides go on beside them. */
const AT_ONCE = 2;
const MAX_WAITING = 32;
const KEY_BYTES = 32;

export interface Passwords {
  /** `$scrypt$ln=17,r=8,p=1$salt$hash`: the parameters are kept beside it. Refuses `unavailable`. */
  hash(password: string): Promise<Result<string>>;
  /**
   * Takes as long for no hash at all as for a wrong password. `isKnown` callers come first. Refuses `unavailable`
   * when too many are waiting.
   */
  matches(password: string, kept: string | null, isKnown: boolean): Promise<Result<boolean>>;
  /** Whether it was made with other parameters than are used now. */
  isOutdated(kept: string): boolean;
}

export function createPasswords(cost: PasswordCost): Passwords {
  const inTurn = createLanes();
  const wantedPrefix = prefixFrom(cost);

  return {
    hash: (password) =>
      inTurn(true, async () => {
        const salt = randomBytes(16);
        const key = await derive(password, salt, cost);
        return `${wantedPrefix}${salt.toString("base64url")}$${key.toString("base64url")}`;
      }),

    matches: (password, kept, isKnown) =>
      inTurn(isKnown, async () => {
        const parts = kept === null ? null : partsFrom(kept);
        if (!parts) {
          await derive(password, Buffer.alloc(16), cost);
          return false;
        }
        const key = await derive(password, parts.salt, parts.cost);
        return key.length === parts.key.length && timingSafeEqual(key, parts.key);
      }),

    isOutdated: (kept) => !kept.startsWith(wantedPrefix),
  };
}

function prefixFrom({ logN, r, p }: PasswordCost): string {
  return `$scrypt$ln=${logN},r=${r},p=${p}$`;
}

function partsFrom(kept: string) {
  const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(kept);
  if (!parts) return null;
  const [, logN, r, p, salt = "", key = ""] = parts;
  return {
    cost: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64url"),
    key: Buffer.from(key, "base64url"),
  };
}

/** Runs on a thread of the pool: a class on the event loop does not notice. */
function derive(password: string, salt: Buffer, { logN, r, p }: PasswordCost): Promise<Buffer> {
  const N = 2 ** logN;
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(passwordFrom(password), salt, KEY_BYTES, options, (cause, key) => {
      if (cause) reject(new Error("scrypt failed", { cause }));
      else resolve(key);
    });
  });
}

/** A few at once, the others in two bounded queues, of which the first goes first. */
function createLanes(): <Data>(isFirst: boolean, run: () => Promise<Data>) => Promise<Result<Data>> {
  const lanes = { first: [] as (() => void)[], second: [] as (() => void)[] };
  let running = 0;
  return async (isFirst, run) => {
    const lane = isFirst ? lanes.first : lanes.second;
    if (running >= AT_ONCE) {
      if (lane.length >= MAX_WAITING) return refuse("unavailable", "too many people are signing in");
      await new Promise<void>((resolve) => lane.push(resolve));
    } else {
      running += 1;
    }
    try {
      return accept(await run());
    } finally {
      const next = lanes.first.shift() ?? lanes.second.shift();
      // The place goes to who is next; without anybody it is free.
      if (next) next();
      else running -= 1;
    }
  };
}
