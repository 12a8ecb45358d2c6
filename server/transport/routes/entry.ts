import { entryBodySchema, entrySchema } from "../../protocol/entry.ts";
import { officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, programmeFrom, programmeParams, type RouteParts } from "./route-parts.ts";

/** The conditions under which a programme takes people. */
export function entryRoutes({ store }: RouteParts) {
  const path = "/api/v1/programmes/:programme/entry";
  return [
    officeRoute({
      method: "get",
      path,
      summary: "A programme's conditions of entry",
      trail: null,
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: entrySchema },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        return programme.ok ? replyJson(200, await store.entry.find(programme.data.id)) : programme;
      },
    }),
    officeRoute({
      method: "put",
      path,
      summary: "Changes the conditions of entry; they count for the rows that come after",
      trail: { action: "entry.changed" },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: entryBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: entrySchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        return replyJson(200, await store.entry.change(programme.data.id, body.conditions));
      },
    }),
  ];
}
