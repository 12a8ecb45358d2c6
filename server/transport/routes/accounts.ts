import { z } from "zod";
import {
  accountBodySchema,
  accountChangeSchema,
  accountCreatedSchema,
  accountLinkSchema,
  accountSchema,
} from "../../protocol/accounts.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { type AccountId, accountIdSchema } from "../../protocol/ids.ts";
import { fieldRefused } from "../field-refusal.ts";
import { type Access, accountRoute, type Reply, replyJson } from "../route.ts";
import { noParams, noQuery, type RouteParts } from "./route-parts.ts";
import { SMALL_JSON_BYTES } from "./sign-in.ts";

const ADMIN: readonly Access[] = ["admin"];
const accountParams = z.object({ accountId: accountIdSchema });
const done: Result<Reply<never>> = accept({ status: 204, body: null });

/** Who may sign in. No key makes accounts: a program that could would outlive every password. */
export function accountRoutes(parts: RouteParts) {
  const { store, auth, clock, newId } = parts;
  return [
    accountRoute({
      method: "get",
      path: "/api/v1/accounts",
      summary: "Lists the accounts",
      trail: { action: "accounts.read" },
      access: ["admin", "auditor"],
      params: noParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(accountSchema) },
      async handle({ query }) {
        return replyJson(200, await store.accounts.list(query));
      },
    }),
    accountRoute({
      method: "post",
      path: "/api/v1/accounts",
      summary: "Makes an account; its link to set a password is shown this once, valid 7 days",
      trail: {
        action: "account.created",
        about: ({ json }) => ({ subject: { kind: "account", id: json?.account.id ?? null } }),
      },
      access: ADMIN,
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: accountBodySchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 201, schema: accountCreatedSchema },
      async handle({ body }) {
        const created = await store.accounts.create({ id: newId("adm"), ...body, createdAt: clock.now() });
        if (!created.ok) return fieldRefused("email", "somebody has this address already", created.code);
        const link = await auth.createAccountLink(created.data.id, "password");
        return replyJson(201, { account: created.data, ...link });
      },
    }),
    accountRoute({
      method: "put",
      path: "/api/v1/accounts/:accountId",
      summary: "Changes a name or a role, disables or enables; the last active administrator stays one",
      trail: { action: "account.changed", about: ({ params }) => subjectOf(params) },
      access: ADMIN,
      params: accountParams,
      query: noQuery,
      body: { kind: "json", schema: accountChangeSchema, maxBytes: SMALL_JSON_BYTES },
      response: { status: 200, schema: accountSchema },
      async handle({ params: { accountId }, body: { isDisabled, ...change } }) {
        const disabledAt = isDisabled ? clock.now() : null;
        const disabling = isDisabled === undefined ? {} : { disabledAt };
        const changed = await store.accounts.change(accountId, { ...change, ...disabling });
        if (!changed.ok) return changed;
        if (changed.data.disabledAt !== null) await endEverything(parts, accountId);
        const fields = Object.keys({ ...change, ...(isDisabled === undefined ? {} : { isDisabled }) });
        const reply = replyJson(200, changed.data);
        return reply.ok ? accept({ ...reply.data, changed: fields }) : reply;
      },
    }),
    accountRoute({
      method: "post",
      path: "/api/v1/accounts/:accountId/password-link",
      summary: "Makes a link to set a password, valid 7 days; earlier ones end",
      trail: { action: "account.link-made", about: ({ params }) => subjectOf(params) },
      access: ADMIN,
      params: accountParams,
      query: noQuery,
      response: { status: 200, schema: accountLinkSchema },
      async handle({ params: { accountId } }) {
        const account = await store.accounts.find(accountId);
        if (!account) return refuse("not-found");
        if (account.disabledAt !== null) return refuse("conflict", "the account is disabled");
        await store.accounts.endTokens(accountId, "password", null);
        return replyJson(200, await auth.createAccountLink(accountId, "password"));
      },
    }),
    deedRoute(parts, "second-factor/reset", "account.second-factor-removed", (id) =>
      auth.office.resetSecondFactor(id),
    ),
    deedRoute(parts, "sign-out", "account.signed-out", (id) => store.signIns.endAll(id, null)),
  ];
}

function deedRoute(
  { store }: RouteParts,
  deed: "second-factor/reset" | "sign-out",
  action: "account.second-factor-removed" | "account.signed-out",
  run: (id: AccountId) => Promise<void>,
) {
  return accountRoute({
    method: "post",
    path: `/api/v1/accounts/:accountId/${deed}`,
    summary:
      deed === "sign-out"
        ? "Ends all sign-ins of an account"
        : "Takes somebody's second factor away, for who has lost it, and ends their sign-ins",
    trail: { action, about: ({ params }) => subjectOf(params) },
    access: ADMIN,
    params: accountParams,
    query: noQuery,
    response: { status: 204, schema: null },
    async handle({ params: { accountId } }) {
      if (!(await store.accounts.find(accountId))) return refuse("not-found");
      await run(accountId);
      return done;
    },
  });
}

async function endEverything({ store }: RouteParts, accountId: AccountId): Promise<void> {
  await store.signIns.endAll(accountId, null);
  await store.accounts.endTokens(accountId, "password", null);
  await store.accounts.endTokens(accountId, "sign-in", null);
}

function subjectOf({ accountId }: { readonly accountId: AccountId }) {
  return { subject: { kind: "account", id: accountId } };
}
