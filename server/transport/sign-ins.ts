import { parseCookie, stringifySetCookie } from "cookie";
import type { Account, AccountTokenPurpose, Clock, NewId, SignIn, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { AccountId } from "../protocol/ids.ts";
import { newToken, tokenHashOf } from "./token.ts";

const HOUR_MS = 3_600_000;
const SIGN_IN_MS = 12 * HOUR_MS;
const LINK_MS: Readonly<Record<AccountTokenPurpose, number>> = {
  "sign-in": 24 * HOUR_MS,
  password: 7 * 24 * HOUR_MS,
};
const LINK_PATH: Readonly<Record<AccountTokenPurpose, string>> = {
  "sign-in": "/admin",
  password: "/admin/set-password",
};
const ACCOUNT_COOKIE = "balai_account";
const MAX_DEVICE_LENGTH = 300;

/** Where a request comes from, as far as signing in looks at it. */
export interface Caller {
  /** The IP address; behind a proxy on this machine, the one that it names. */
  readonly address: string;
  readonly cookie: string | undefined;
  /** What the browser says it is. */
  readonly userAgent: string;
}

/** Somebody who is signed in, and the sign-in that says so. */
export interface SignedIn {
  readonly account: Account;
  readonly signIn: SignIn;
}

/** Makes Set-Cookie headers of this server's address. */
export type SetCookie = (name: string, value: string, lastsMs: number) => string;

export interface SignIns {
  /** A sign-in link of 24 hours, or a link to set a password, of 7 days. */
  createAccountLink(
    accountId: AccountId,
    purpose: AccountTokenPurpose,
  ): Promise<{ readonly url: string; readonly expiresAt: number }>;
  /** Signs in by a link; refuses `link-unknown`, also where the account is disabled or the link has expired. */
  exchangeSignInToken(
    token: string,
    userAgent?: string,
  ): Promise<Result<SignedIn & { readonly cookie: string }>>;
  /** Signs somebody in whose right to it was checked. */
  start(
    account: Account,
    via: SignIn["via"],
    userAgent: string,
  ): Promise<SignedIn & { readonly cookie: string }>;
  signedInFromCookie(cookieHeader: string | undefined): Promise<SignedIn | null>;
  /** A Set-Cookie header that takes the cookie from this browser; the sign-in itself ends in the store. */
  readonly signOutCookie: string;
}

interface SignInParts {
  readonly store: Pick<Store, "accounts" | "signIns">;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly baseUrl: string;
  readonly setCookie: SetCookie;
}

/** AU3: sign-ins are kept by the server, so that each can be ended; the cookie holds nothing but a random token. */
export function createSignIns({ store, clock, newId, baseUrl, setCookie }: SignInParts): SignIns {
  async function start(account: Account, via: SignIn["via"], userAgent: string) {
    const token = newToken();
    const createdAt = clock.now();
    const signIn: SignIn = {
      id: newId("sgn"),
      accountId: account.id,
      via,
      device: userAgent.slice(0, MAX_DEVICE_LENGTH),
      createdAt,
      expiresAt: createdAt + SIGN_IN_MS,
    };
    await store.signIns.create(signIn, tokenHashOf(token));
    return { account, signIn, cookie: setCookie(ACCOUNT_COOKIE, token, SIGN_IN_MS) };
  }

  return {
    async createAccountLink(accountId, purpose) {
      const token = newToken();
      const expiresAt = clock.now() + LINK_MS[purpose];
      await store.accounts.addToken(accountId, { hash: tokenHashOf(token), purpose, expiresAt });
      return { url: `${baseUrl}${LINK_PATH[purpose]}#${token}`, expiresAt };
    },

    async exchangeSignInToken(token, userAgent = "") {
      const account = await store.accounts.findByToken(tokenHashOf(token), "sign-in", clock.now());
      if (!account || account.disabledAt !== null) return refuse("link-unknown");
      return accept(await start(account, "link", userAgent));
    },

    start,

    async signedInFromCookie(cookieHeader) {
      const token = cookieHeader ? parseCookie(cookieHeader)[ACCOUNT_COOKIE] : undefined;
      if (!token || !/^[\w-]{43}$/.test(token)) return null;
      const found = await store.signIns.findByTokenHash(tokenHashOf(token), clock.now());
      return found && found.account.disabledAt === null ? found : null;
    },

    signOutCookie: setCookie(ACCOUNT_COOKIE, "", 0),
  };
}

/** Cookies that scripts cannot read and other sites cannot send with a form; over https only where we are. */
export function setCookieFrom(publicUrl: string): SetCookie {
  const secure = new URL(publicUrl).protocol === "https:";
  return (name, value, lastsMs) =>
    stringifySetCookie({
      name,
      value,
      path: "/",
      httpOnly: true,
      sameSite: "lax",
      secure,
      maxAge: Math.max(0, Math.floor(lastsMs / 1000)),
    });
}
