import { createHash } from "node:crypto";
import { z } from "zod";
import { signInDelayAfter } from "../domain/sign-in-delay.ts";
import type { Clock, GuardCounts } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { AccountId, DeviceId } from "../protocol/ids.ts";

const DAY_MS = 24 * 3_600_000;
const ADDRESS_WINDOW_MS = 15 * 60_000;
/** Different accounts that fail from one address: a whole office has its bad mornings, a list of names has more. */
const ACCOUNTS_PER_ADDRESS = 50;

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
  succeeded(): Promise<void>;
  /** Neither good nor bad: the password was right and the code is still to come. */
  undecided(): Promise<void>;
}

export interface SignInGuard {
  /** Refuses `sign-in-wait` with `{retryAfterMs}`. */
  begin(attempt: Attempt): Promise<Result<AttemptOutcome>>;
}

/**
 * AU8: slows down who guesses, without shutting out who does not. Failures are counted for the account; a browser
 * in which the account signed in before (OWASP's device cookies) has a count of its own, so that nobody can lock out
 * a colleague. Of an address only failures of many different accounts count: a whole office can stand behind it.
 */
export function createSignInGuard(clock: Clock, counts: GuardCounts): SignInGuard {
  /** Changes what is kept to what follows from it; `next` may be asked again, where somebody else was faster. */
  async function change<Kept, Told>(
    key: string,
    { read, livesMs }: Kind<Kept>,
    next: (kept: Kept) => { readonly kept: Kept | null; readonly told: Told } | { readonly waitMs: number },
  ): Promise<Result<Told>> {
    for (;;) {
      const before = await counts.get(key);
      const wanted = next(read(before));
      if ("waitMs" in wanted) return refuse("sign-in-wait", { retryAfterMs: wanted.waitMs });
      const after = wanted.kept === null ? null : JSON.stringify(wanted.kept);
      if (await counts.swap(key, before, after, livesMs)) return accept(wanted.told);
    }
  }

  /** Answers with what was before. */
  const fail = (key: string) =>
    change<Failures, Failures>(key, FAILURES, (before) => {
      const waitMs = waitMsAfter(before);
      if (waitMs > 0) return { waitMs };
      return { kept: { failures: before.failures + 1, lastAt: clock.now() }, told: before };
    });
  const waitMsAfter = ({ failures, lastAt }: Failures) => lastAt + signInDelayAfter(failures) - clock.now();

  const failAt = (address: string, who: string) =>
    change(address, FAILED_ACCOUNTS, (before) => {
      const now = clock.now();
      const failed = before.filter(([, at]) => at + ADDRESS_WINDOW_MS > now);
      const isAmong = failed.some(([name]) => name === who);
      if (failed.length >= ACCOUNTS_PER_ADDRESS && !isAmong) {
        return { waitMs: Math.min(...failed.map(([, at]) => at)) + ADDRESS_WINDOW_MS - now };
      }
      return { kept: [...failed.filter(([name]) => name !== who), [who, now] as const], told: undefined };
    });

  const forgetAt = (address: string, who: string) =>
    change(address, FAILED_ACCOUNTS, (before) => {
      const kept = before.filter(([name]) => name !== who);
      return { kept: kept.length > 0 ? kept : null, told: undefined };
    });

  return {
    async begin({ accountId, emailKey, address, deviceId }) {
      const who = markOf(emailKey);
      const own = accountId !== null ? `account/${accountId}` : `stranger/${who}`;
      const key = deviceId !== null ? `device/${deviceId}` : own;
      const addressKey = deviceId === null ? `address/${addressKeyFrom(address)}` : null;
      const waitMs = waitMsAfter(FAILURES.read(await counts.get(key)));
      if (waitMs > 0) return refuse("sign-in-wait", { retryAfterMs: waitMs });
      if (addressKey !== null) {
        const may = await failAt(addressKey, who);
        if (!may.ok) return may;
      }
      const begun = await fail(key);
      if (!begun.ok) return begun;
      const put = (kept: Failures | null) => change(key, FAILURES, () => ({ kept, told: undefined }));
      return accept({
        async succeeded() {
          await put(null);
          if (addressKey !== null) await forgetAt(addressKey, who);
        },
        async undecided() {
          await put(begun.data.failures > 0 ? begun.data : null);
          if (addressKey !== null) await forgetAt(addressKey, who);
        },
      });
    },
  };
}

/** Failures in a row, and when the last one was. */
interface Failures {
  readonly failures: number;
  readonly lastAt: number;
}

interface Kind<Kept> {
  read(text: string | null): Kept;
  readonly livesMs: number;
}

const failuresSchema = z.strictObject({ failures: z.int().min(0), lastAt: z.number() });
const FAILURES: Kind<Failures> = {
  read: (text) => (text === null ? { failures: 0, lastAt: 0 } : failuresSchema.parse(JSON.parse(text))),
  livesMs: DAY_MS,
};

/** Which accounts failed from an address, and when. */
const failedAccountsSchema = z.array(z.tuple([z.string(), z.number()]));
const FAILED_ACCOUNTS: Kind<readonly (readonly [string, number])[]> = {
  read: (text) => (text === null ? [] : failedAccountsSchema.parse(JSON.parse(text))),
  livesMs: ADDRESS_WINDOW_MS,
};

/** An e-mail address is kept nowhere but with its account. */
function markOf(emailKey: string): string {
  return createHash("sha256").update(emailKey).digest("base64url").slice(0, 22);
}

/** IPv6 hands out whole networks of 64 bits: one of them is one address. */
function addressKeyFrom(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail = ""] = address.split("::");
  const groups = head.split(":");
  const missing = address.includes("::") ? 8 - groups.length - tail.split(":").filter(Boolean).length : 0;
  return [...groups, ...Array.from({ length: missing }, () => "0"), ...tail.split(":")].slice(0, 4).join(":");
}
