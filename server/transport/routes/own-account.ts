import { z } from "zod";
import {
  passwordChangeSchema,
  recoveryCodesSchema,
  secondFactorCodeSchema,
  secondFactorProposalSchema,
  signInListSchema,
} from "../../protocol/accounts.ts";
import { accept, type Result } from "../../protocol/errors.ts";
import { signInIdSchema } from "../../protocol/ids.ts";
import { accountRoute, type Reply, replyJson } from "../route.ts";
import { noParams, noQuery, type RouteParts } from "./route-parts.ts";
import { ANY_ACCOUNT, SMALL_JSON_BYTES } from "./sign-in.ts";

const done: Result<Reply<never>> = accept({ status: 204, body: null });
const own = { access: ANY_ACCOUNT, params: noParams, query: noQuery } as const;

/** What people do about their own account. */
export function ownAccountRoutes({ auth, store, clock }: RouteParts) {
  const { office } = auth;
  return [
    accountRoute({
      ...own,
      method: "put",
      path: "/api/v1/account/password",
      summary: "Changes one's password and ends all other sign-ins",
      trail: { action: "account.password-changed", isOwn: true },
      body: { kind: "json", schema: passwordChangeSchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 204, schema: null },
      async handle({ actor, body, caller }) {
        const changed = await office.changePassword(actor, body, caller);
        return changed.ok ? done : changed;
      },
    }),
    accountRoute({
      ...own,
      method: "get",
      path: "/api/v1/account/sign-ins",
      summary: "Where one is signed in, the latest first, and how many recovery codes are left",
      trail: null,
      response: { status: 200, schema: signInListSchema },
      async handle({ actor: { account, signIn } }) {
        const signIns = await store.signIns.list(account.id, clock.now());
        const items = signIns.map(({ accountId: _accountId, ...one }) => ({
          ...one,
          isThisOne: one.id === signIn.id,
        }));
        const recoveryCodesLeft = await store.secondFactors.recoveryCodesLeft(account.id);
        return replyJson(200, { items, recoveryCodesLeft });
      },
    }),
    accountRoute({
      ...own,
      method: "delete",
      path: "/api/v1/account/sign-ins/:signInId",
      summary: "Ends one of one's sign-ins",
      trail: { action: "account.sign-in-ended", isOwn: true },
      params: z.object({ signInId: signInIdSchema }),
      response: { status: 204, schema: null },
      async handle({ actor, params }) {
        const ended = await store.signIns.end(actor.account.id, params.signInId);
        return ended.ok ? done : ended;
      },
    }),
    accountRoute({
      ...own,
      method: "post",
      path: "/api/v1/account/second-factor",
      summary: "Makes a secret for an authenticator app; it counts once a code of it has confirmed it",
      trail: null,
      response: { status: 200, schema: secondFactorProposalSchema },
      async handle({ actor }) {
        const proposed = await office.proposeSecondFactor(actor.account);
        return proposed.ok ? replyJson(200, proposed.data) : proposed;
      },
    }),
    accountRoute({
      ...own,
      method: "post",
      path: "/api/v1/account/second-factor/confirm",
      summary: "Confirms the second factor by a code; answers with recovery codes, this once",
      trail: { action: "account.second-factor-set", isOwn: true },
      body: { kind: "json", schema: secondFactorCodeSchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 200, schema: recoveryCodesSchema },
      async handle({ actor, body }) {
        const confirmed = await office.confirmSecondFactor(actor.account, body.code);
        return confirmed.ok ? replyJson(200, { recoveryCodes: [...confirmed.data] }) : confirmed;
      },
    }),
    accountRoute({
      ...own,
      method: "post",
      path: "/api/v1/account/second-factor/remove",
      summary: "Takes one's second factor away; a code of it is needed",
      trail: { action: "account.second-factor-removed", isOwn: true },
      body: { kind: "json", schema: secondFactorCodeSchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 204, schema: null },
      async handle({ actor, body, caller }) {
        const removed = await office.removeSecondFactor(actor.account, body.code, caller);
        return removed.ok ? done : removed;
      },
    }),
  ];
}
