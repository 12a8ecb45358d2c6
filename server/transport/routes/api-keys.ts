import { z } from "zod";
import { apiKeySchema } from "../../protocol/api.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import { apiKeyIdSchema } from "../../protocol/ids.ts";
import { officeRoute, replyJson } from "../route.ts";
import { noParams, noQuery, type RouteParts } from "./route-parts.ts";

/** Keys are made on the command line; here administrators see and revoke them. No key sees another. */
export function apiKeyRoutes({ store, clock }: RouteParts) {
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
