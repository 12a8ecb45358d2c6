import { z } from "zod";
import { apiKeyBodySchema, apiKeyCreatedSchema, apiKeySchema } from "../../protocol/api.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import { apiKeyIdSchema } from "../../protocol/ids.ts";
import { accountRoute, officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

/** Administrators make keys of their own, and see and revoke all. No key sees another. */
export function apiKeyRoutes({ store, clock, auth }: RouteParts) {
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/api-keys",
      summary: "Lists the API keys, without their secrets",
      access: ["admin", "auditor"],
      trail: { action: "api-keys.read" },
      params: noParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(apiKeySchema) },
      async handle({ query }) {
        return replyJson(200, await store.apiKeys.list(query));
      },
    }),
    accountRoute({
      method: "post",
      path: "/api/v1/api-keys",
      summary: "Makes an API key of one's own; the secret is shown this once",
      trail: {
        action: "api-key.created",
        about: ({ json }) => ({ subject: { kind: "api-key", id: json?.key.id ?? null } }),
      },
      access: ["admin"],
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: apiKeyBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: apiKeyCreatedSchema },
      async handle({ body, actor }) {
        const scopes = (["read", "write"] as const).filter((scope) => body.scopes.includes(scope));
        const made = await auth.createApiKey(body.name, scopes, actor.account.id);
        return replyJson(201, made);
      },
    }),
    officeRoute({
      method: "delete",
      path: "/api/v1/api-keys/:keyId",
      summary: "Revokes an API key",
      access: ["admin"],
      trail: { action: "api-key.revoked" },
      params: z.object({ keyId: apiKeyIdSchema }),
      query: noQuery,
      response: { status: 200, schema: apiKeySchema },
      async handle({ params }) {
        const revoked = await store.apiKeys.revoke(params.keyId, clock.now());
        return revoked.ok ? replyJson(200, revoked.data) : revoked;
      },
    }),
  ];
}
