import { emailKeyFrom } from "../domain/email-key.ts";
import { passwordProblem } from "../domain/password-rules.ts";
import type { Account, Clock, GuardCounts, NewId, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { AccountId } from "../protocol/ids.ts";
import { fieldRefused } from "./field-refusal.ts";
import { createKnownDevices } from "./known-device.ts";
import { createMemoryCounts } from "./memory-counts.ts";
import {
  newRecoveryCodes,
  newTotpSecret,
  recoveryCodeHashOf,
  totpStepOf,
  totpUriFrom,
} from "./one-time-codes.ts";
import { createPasswords, DEFAULT_PASSWORD_COST, type PasswordCost } from "./passwords.ts";
import { type Attempt, createSignInGuard } from "./sign-in-guard.ts";
import { type Caller, type SignedIn, type SignIns, setCookieFrom } from "./sign-ins.ts";
import { tokenHashOf } from "./token.ts";

/** Signed in, with the Set-Cookie headers that say so. */
interface Entered extends SignedIn {
  readonly cookies: readonly string[];
}

interface Accepted {
  readonly accountId: AccountId;
  readonly entered: Entered | null;
}

/** Passwords, second factors and what people do about their own. */
export interface AccountOffice {
  /**
   * Refuses `sign-in-wrong` (for an unknown e-mail as for a wrong password, after the same time), `sign-in-wait`,
   * `second-factor-needed`, `second-factor-wrong`, `unavailable`.
   */
  signIn(
    given: { readonly email: string; readonly password: string; readonly code?: string | undefined },
    caller: Caller,
  ): Promise<Result<Entered>>;
  /** Whom a link to set a password is for; refuses `link-unknown`. */
  invited(token: string): Promise<Result<Account>>;
  /** Sets a password by such a link, once. Nobody is signed in where the second factor has still to be shown: sign in then. */
  acceptInvitation(token: string, password: string, caller: Caller): Promise<Result<Accepted>>;
  /** Ends all other sign-ins. Who came by a link, or has no password, need not know the one before. */
  changePassword(
    who: SignedIn,
    given: { readonly current?: string | undefined; readonly password: string },
    caller: Caller,
  ): Promise<Result>;
  proposeSecondFactor(account: Account): Promise<Result<{ readonly secret: string; readonly uri: string }>>;
  /** Answers with the recovery codes, which nobody sees again. */
  confirmSecondFactor(account: Account, code: string): Promise<Result<readonly string[]>>;
  /** Takes one's own second factor away; a code of it says that one still has it. */
  removeSecondFactor(account: Account, code: string, caller: Caller): Promise<Result>;
  /** Another's second factor, or one's own on the command line. Ends their sign-ins. */
  resetSecondFactor(accountId: AccountId): Promise<void>;
}

interface OfficeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly secret: string;
  readonly publicUrl: string;
  readonly signIns: SignIns;
  readonly passwordCost?: PasswordCost;
  /** Shared by all nodes; left out where there is one. */
  readonly counts?: GuardCounts | undefined;
}

export function createAccountOffice(parts: OfficeParts): AccountOffice {
  const { store, clock, newId, secret, publicUrl, signIns } = parts;
  const passwords = createPasswords(parts.passwordCost ?? DEFAULT_PASSWORD_COST);
  const guard = createSignInGuard(clock, parts.counts ?? createMemoryCounts(clock));
  const devices = createKnownDevices({ clock, newId, secret, setCookie: setCookieFrom(publicUrl) });

  function attemptOf(account: Account | null, email: string, caller: Caller): Attempt {
    return {
      accountId: account?.id ?? null,
      emailKey: emailKeyFrom(email),
      address: caller.address,
      deviceId: account ? devices.idFrom(caller.cookie, account.id) : null,
    };
  }

  async function enter(account: Account, caller: Caller): Promise<Entered> {
    const { cookie, ...signedIn } = await signIns.start(account, "password", caller.userAgent);
    return { ...signedIn, cookies: [cookie, devices.cookieFor(caller.cookie, account.id)] };
  }

  /** AU7: a code of the app, later than the last one taken, or a recovery code. */
  async function useCode(account: Account, code: string): Promise<boolean> {
    const factor = await store.secondFactors.find(account.id);
    if (!factor) return false;
    const step = totpStepOf(factor.secret, code, clock.now());
    if (step !== null) return await store.secondFactors.useStep(account.id, step);
    return await store.secondFactors.useRecoveryCode(account.id, recoveryCodeHashOf(code));
  }

  async function keepPassword(account: Account, password: string): Promise<Result> {
    const problem = passwordProblem(password, account.email);
    if (problem !== null) return fieldRefused("password", problem);
    const hashed = await passwords.hash(password);
    if (!hashed.ok) return hashed;
    await store.accounts.setPassword(account.id, hashed.data);
    return accept();
  }

  async function invited(token: string): Promise<Result<Account>> {
    const account = await store.accounts.findByToken(tokenHashOf(token), "password", clock.now());
    return account && account.disabledAt === null ? accept(account) : refuse("link-unknown");
  }

  return {
    async signIn({ email, password, code }, caller) {
      const account = await store.accounts.findByEmail(email);
      const attempt = attemptOf(account, email, caller);
      const begun = await guard.begin(attempt);
      if (!begun.ok) return begun;
      const kept = account ? await store.accounts.passwordHash(account.id) : null;
      const matched = await passwords.matches(password, kept, attempt.deviceId !== null);
      if (!matched.ok) {
        await begun.data.undecided();
        return matched;
      }
      if (!account || !matched.data || account.disabledAt !== null) return refuse("sign-in-wrong");
      if (account.hasSecondFactor && !code) {
        await begun.data.undecided();
        return refuse("second-factor-needed");
      }
      if (account.hasSecondFactor && !(await useCode(account, code ?? ""))) {
        return refuse("second-factor-wrong");
      }
      await begun.data.succeeded();
      if (kept !== null && passwords.isOutdated(kept)) {
        const renewed = await passwords.hash(password);
        if (renewed.ok) await store.accounts.setPassword(account.id, renewed.data);
      }
      return accept(await enter(account, caller));
    },

    invited,

    async acceptInvitation(token, password, caller) {
      const found = await invited(token);
      if (!found.ok) return found;
      const account = found.data;
      const problem = passwordProblem(password, account.email);
      if (problem !== null) return fieldRefused("password", problem);
      // Of two who open the link at once, one sets the password.
      if (!(await store.accounts.endTokens(account.id, "password", tokenHashOf(token)))) {
        return refuse("link-unknown");
      }
      const done = await keepPassword(account, password);
      if (!done.ok) return done;
      await store.signIns.endAll(account.id, null);
      const entered = account.hasSecondFactor ? null : await enter({ ...account, hasPassword: true }, caller);
      return accept({ accountId: account.id, entered });
    },

    async changePassword({ account, signIn }, { current, password }, caller) {
      const problem = passwordProblem(password, account.email);
      if (problem !== null) return fieldRefused("password", problem);
      if (account.hasPassword && signIn.via === "password") {
        const begun = await guard.begin(attemptOf(account, account.email, caller));
        if (!begun.ok) return begun;
        const kept = await store.accounts.passwordHash(account.id);
        const matched = await passwords.matches(current ?? "", kept, true);
        if (!matched.ok) return matched;
        if (!matched.data) return fieldRefused("current", "is not the password");
        await begun.data.succeeded();
      }
      const done = await keepPassword(account, password);
      if (!done.ok) return done;
      await store.signIns.endAll(account.id, signIn.id);
      await store.accounts.endTokens(account.id, "password", null);
      return accept();
    },

    async proposeSecondFactor(account) {
      const proposed = newTotpSecret();
      const kept = await store.secondFactors.propose(account.id, proposed);
      if (!kept.ok) return kept;
      return accept({ secret: proposed, uri: totpUriFrom(proposed, account.email) });
    },

    async confirmSecondFactor(account, code) {
      const factor = await store.secondFactors.find(account.id);
      if (!factor || factor.confirmedAt !== null) return refuse("conflict");
      const step = totpStepOf(factor.secret, code, clock.now());
      if (step === null) return fieldRefused("code", "is not the code");
      const codes = newRecoveryCodes();
      const confirmed = await store.secondFactors.confirm(account.id, {
        step,
        codeHashes: codes.map(recoveryCodeHashOf),
        at: clock.now(),
      });
      return confirmed.ok ? accept(codes) : confirmed;
    },

    async removeSecondFactor(account, code, caller) {
      if (!account.hasSecondFactor) return refuse("conflict");
      const begun = await guard.begin(attemptOf(account, account.email, caller));
      if (!begun.ok) return begun;
      if (!(await useCode(account, code))) return fieldRefused("code", "is not the code");
      await begun.data.succeeded();
      await store.secondFactors.remove(account.id);
      return accept();
    },

    async resetSecondFactor(accountId) {
      await store.secondFactors.remove(accountId);
      await store.signIns.endAll(accountId, null);
    },
  };
}
