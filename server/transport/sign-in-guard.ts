import { signInDelayAfter } from "../domain/sign-in-delay.ts";
import type { Clock } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { AccountId, DeviceId } from "../protocol/ids.ts";

const DAY_MS = 24 * 3_600_000;
const ADDRESS_WINDOW_MS = 15 * 60_000;
/** Different accounts that fail from one address: a whole office has its bad mornings, a list of names has more. */
const ACCOUNTS_PER_ADDRESS = 50;
/** Names that nobody has and addresses are anybody's to make up: their counts are bounded. */
const MAX_COUNTED = 10_000;

/** Who tries to sign in. */
export interface Attempt {
  /** Null where nobody has this e-mail. */
  readonly accountId: AccountId | null;
  readonly emailKey: string;
  readonly address: string;
  /** A browser in which this account signed in before. */
  readonly deviceId: DeviceId | null;
}

/** An attempt counts as failed from its beginning, so that many at once are not one; then one of these is called. */
export interface AttemptOutcome {
  succeeded(): void;
  /** Neither good nor bad: the password was right and the code is still to come. */
  undecided(): void;
}

export interface SignInGuard {
  /** Refuses `sign-in-wait` with `{retryAfterMs}`. */
  begin(attempt: Attempt): Result<AttemptOutcome>;
}

/**
 * AU8: slows down who guesses, without shutting out who does not. Failures are counted for the account; a browser
 * in which the account signed in before (OWASP's device cookies) has a count of its own, so that nobody can lock out
 * a colleague. Of an address only failures of many different accounts count: a whole office can stand behind it.
 */
export function createSignInGuard(clock: Clock): SignInGuard {
  const accounts = createFailureCounts(clock, Number.POSITIVE_INFINITY);
  const strangers = createFailureCounts(clock, MAX_COUNTED);
  const devices = createFailureCounts(clock, MAX_COUNTED);
  const addresses = createAddressCounts(clock);

  return {
    begin({ accountId, emailKey, address, deviceId }) {
      const [counts, key] =
        deviceId !== null
          ? [devices, deviceId]
          : accountId !== null
            ? [accounts, accountId]
            : [strangers, emailKey];
      const addressKey = addressKeyFrom(address);
      const waitMs = Math.max(
        counts.waitMs(key),
        deviceId === null ? addresses.waitMs(addressKey, emailKey) : 0,
      );
      if (waitMs > 0) return refuse("sign-in-wait", { retryAfterMs: waitMs });
      const before = counts.fail(key);
      if (deviceId === null) addresses.fail(addressKey, emailKey);
      return accept({
        succeeded() {
          counts.forget(key);
          addresses.forget(addressKey, emailKey);
        },
        undecided() {
          counts.restore(key, before);
          addresses.forget(addressKey, emailKey);
        },
      });
    },
  };
}

interface Count {
  readonly failures: number;
  readonly lastAt: number;
}

/** Failures in a row by key; the oldest are forgotten where there are too many, and all of them after a day. */
function createFailureCounts(clock: Clock, maxKeys: number) {
  const counts = new Map<string, Count>();
  const current = (key: string): Count | null => {
    const count = counts.get(key);
    return count && count.lastAt + DAY_MS > clock.now() ? count : null;
  };
  return {
    waitMs(key: string): number {
      const count = current(key);
      return count ? Math.max(0, count.lastAt + signInDelayAfter(count.failures) - clock.now()) : 0;
    },
    /** Answers with what was before. */
    fail(key: string): Count | null {
      const before = current(key);
      counts.delete(key);
      counts.set(key, { failures: (before?.failures ?? 0) + 1, lastAt: clock.now() });
      dropOldest(counts, maxKeys);
      return before;
    },
    restore(key: string, before: Count | null): void {
      if (before) counts.set(key, before);
      else counts.delete(key);
    },
    forget(key: string): void {
      counts.delete(key);
    },
  };
}

/** Which accounts failed from an address, and when. */
function createAddressCounts(clock: Clock) {
  const addresses = new Map<string, Map<string, number>>();
  return {
    waitMs(address: string, emailKey: string): number {
      const failed = addresses.get(address);
      if (!failed) return 0;
      for (const [key, at] of failed) if (at + ADDRESS_WINDOW_MS <= clock.now()) failed.delete(key);
      if (failed.size < ACCOUNTS_PER_ADDRESS || failed.has(emailKey)) return 0;
      return Math.min(...failed.values()) + ADDRESS_WINDOW_MS - clock.now();
    },
    fail(address: string, emailKey: string): void {
      const failed = addresses.get(address) ?? new Map<string, number>();
      addresses.delete(address);
      addresses.set(address, failed.set(emailKey, clock.now()));
      dropOldest(addresses, MAX_COUNTED);
    },
    forget(address: string, emailKey: string): void {
      addresses.get(address)?.delete(emailKey);
    },
  };
}

/** A Map keeps the order in which its keys came. */
function dropOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}

/** IPv6 hands out whole networks of 64 bits: one of them is one address. */
function addressKeyFrom(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":");
  const missing = address.includes("::") ? 8 - groups.length - tail.split(":").filter(Boolean).length : 0;
  return [...groups, ...Array.from({ length: missing }, () => "0"), ...tail.split(":")].slice(0, 4).join(":");
}
