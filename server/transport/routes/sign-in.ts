import { accountAccessFrom } from "../../domain/account-access.ts";
import { accountViewSchema } from "../../protocol/accounts.ts";
import { tokenBodySchema } from "../../protocol/api.ts";
import { accept } from "../../protocol/errors.ts";
import { type Access, accountRoute, openRoute, replyJson } from "../route.ts";
import type { SignedIn } from "../sign-ins.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

/** Whoever is signed in, whatever that opens. */
export const ANY_ACCOUNT: readonly Access[] = ["admin", "auditor", "staff-account", "unready-admin"];

export function signInRoutes({ auth, store }: RouteParts) {
  return [
    openRoute({
      method: "post",
      path: "/api/v1/admin/sign-in",
      summary: "Exchanges a sign-in link's token for an account's cookie",
      trail: {
        action: "account.signed-in",
        about: ({ json }) => {
          const id = json?.account.id ?? null;
          return { actor: { kind: "account", id }, subject: { kind: "account", id } };
        },
      },
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
      trail: { action: "account.signed-out" },
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

export function accountViewFrom({ account, signIn }: SignedIn) {
  return { account, access: accountAccessFrom(account, signIn.via), via: signIn.via };
}
