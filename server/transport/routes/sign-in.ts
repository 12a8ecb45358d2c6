import { accountAccessFrom } from "../../domain/account-access.ts";
import {
  accountViewSchema,
  invitationAcceptedSchema,
  invitationBodySchema,
  invitedSchema,
  signInBodySchema,
} from "../../protocol/accounts.ts";
import { tokenBodySchema } from "../../protocol/api.ts";
import { accept, type ErrorCode } from "../../protocol/errors.ts";
import { type Access, accountRoute, openRoute, replyJson } from "../route.ts";
import type { TrailFacts } from "../route-trail.ts";
import type { SignedIn } from "../sign-ins.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

/** Whoever is signed in, whatever that opens. */
export const ANY_ACCOUNT: readonly Access[] = ["admin", "auditor", "staff-account", "unready-admin"];

/** Nothing that is hashed or compared is long. */
export const SMALL_JSON_BYTES = 16 * 1024;

/** A password that is right without its code is half of a sign-in, and a busy server is nobody's failure. */
const NOTED_REFUSALS: readonly ErrorCode[] = ["sign-in-wrong", "sign-in-wait", "second-factor-wrong"];

export function signInRoutes({ auth, store, trail }: RouteParts) {
  /** TR5: whose account was tried and why it failed; of an e-mail that nobody has not even the e-mail. */
  async function noteRefused(email: string, code: ErrorCode): Promise<void> {
    if (!NOTED_REFUSALS.includes(code)) return;
    const account = await store.accounts.findByEmail(email);
    await trail.note({
      actor: { kind: "anonymous", id: null },
      action: "sign-in.refused",
      subject: { kind: "account", id: account?.id ?? null },
      detail: { code },
    });
  }

  return [
    openRoute({
      method: "post",
      path: "/api/v1/account/sign-in",
      summary: "Signs in by e-mail and password, and a code where there is a second factor",
      trail: { action: "account.signed-in", about: ({ json }) => ofAccount(json?.account.id) },
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: signInBodySchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 200, schema: accountViewSchema },
      async handle({ body, caller }) {
        const entered = await auth.office.signIn(body, caller);
        if (!entered.ok) {
          await noteRefused(body.email, entered.code);
          return entered;
        }
        return replyJson(200, accountViewFrom(entered.data), { "Set-Cookie": entered.data.cookies });
      },
    }),
    openRoute({
      method: "post",
      path: "/api/v1/account/invitation",
      summary: "Whom a link to set a password is for",
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: tokenBodySchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 200, schema: invitedSchema },
      limit: "guess",
      async handle({ body }) {
        const found = await auth.office.invited(body.token);
        return found.ok ? replyJson(200, { email: found.data.email, name: found.data.name }) : found;
      },
    }),
    openRoute({
      method: "post",
      path: "/api/v1/account/invitation/accept",
      summary: "Sets a password by its link, once, and signs in where there is no second factor",
      trail: { action: "account.password-changed", about: ({ json }) => ofAccount(json?.accountId) },
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: invitationBodySchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 200, schema: invitationAcceptedSchema },
      limit: "guess",
      async handle({ body, caller }) {
        const accepted = await auth.office.acceptInvitation(body.token, body.password, caller);
        if (!accepted.ok) return accepted;
        const { accountId } = accepted.data;
        if (!accepted.data.entered) return replyJson(200, { accountId, signedIn: null });
        return replyJson(
          200,
          { accountId, signedIn: accountViewFrom(accepted.data.entered) },
          { "Set-Cookie": accepted.data.entered.cookies },
        );
      },
    }),
    openRoute({
      method: "post",
      path: "/api/v1/admin/sign-in",
      summary: "Exchanges a sign-in link's token for an account's cookie",
      trail: { action: "account.signed-in", about: ({ json }) => ofAccount(json?.account.id) },
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: tokenBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: accountViewSchema },
      limit: "guess",
      async handle({ body, caller }) {
        const exchanged = await auth.exchangeSignInToken(body.token, caller.userAgent);
        if (!exchanged.ok) return exchanged;
        return replyJson(200, accountViewFrom(exchanged.data), { "Set-Cookie": exchanged.data.cookie });
      },
    }),
    accountRoute({
      method: "post",
      path: "/api/v1/account/sign-out",
      summary: "Ends the sign-in of this browser",
      trail: { action: "account.signed-out", isOwn: true },
      access: ANY_ACCOUNT,
      params: noParams,
      query: noQuery,
      response: { status: 204, schema: null },
      async handle({ actor: { account, signIn } }) {
        await store.signIns.end(account.id, signIn.id);
        return accept({ status: 204, headers: { "Set-Cookie": auth.signOutCookie }, body: null });
      },
    }),
    accountRoute({
      method: "get",
      path: "/api/v1/account",
      summary: "Who is signed in, and what that opens",
      trail: null,
      access: ANY_ACCOUNT,
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: accountViewSchema },
      async handle({ actor }) {
        return replyJson(200, accountViewFrom(actor));
      },
    }),
  ];
}

/** Before signing in nobody is known: the answer says who it was. */
function ofAccount(known: string | undefined): TrailFacts {
  const id = known ?? null;
  return { actor: { kind: id === null ? "anonymous" : "account", id }, subject: { kind: "account", id } };
}

export function accountViewFrom({ account, signIn }: SignedIn) {
  return { account, access: accountAccessFrom(account, signIn.via), via: signIn.via };
}
