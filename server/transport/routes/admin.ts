import type { Admin } from "../../ports.ts";
import { adminViewSchema, tokenBodySchema } from "../../protocol/api.ts";
import { accept } from "../../protocol/errors.ts";
import { type Officer, officeRoute, openRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

export function adminRoutes({ auth }: RouteParts) {
  return [
    openRoute({
      method: "post",
      path: "/api/v1/admin/sign-in",
      summary: "Exchanges a sign-in link's token for an administrator's cookie",
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: tokenBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: adminViewSchema },
      limit: "guess",
      async handle({ body }) {
        const exchanged = await auth.exchangeSignInToken(body.token);
        if (!exchanged.ok) return exchanged;
        const { admin, cookie } = exchanged.data;
        return replyJson(200, { admin: { id: admin.id, email: admin.email } }, { "Set-Cookie": cookie });
      },
    }),
    officeRoute({
      method: "post",
      path: "/api/v1/admin/sign-out",
      summary: "Ends the administrator's session in this browser",
      access: ["admin"],
      params: noParams,
      query: noQuery,
      response: { status: 204, schema: null },
      async handle() {
        return accept({ status: 204, headers: { "Set-Cookie": auth.signOutCookie }, body: null });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/admin/me",
      summary: "The administrator who is signed in",
      access: ["admin"],
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: adminViewSchema },
      async handle({ actor }) {
        const { id, email } = adminOf(actor);
        return replyJson(200, { admin: { id, email } });
      },
    }),
  ];
}

function adminOf(officer: Officer): Admin {
  if (officer.kind === "admin") return officer.admin;
  throw new Error("a key passed for an administrator");
}
