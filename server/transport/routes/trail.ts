import type { Store } from "../../ports.ts";
import { type TrailFilter, type TrailRow, trailPageSchema, trailQuerySchema } from "../../protocol/trail.ts";
import { trailTable } from "../../reports/trail-table.ts";
import { officeRoute, replyJson } from "../route.ts";
import { tableReply } from "../table-reply.ts";
import { fileFacts } from "../trail-facts.ts";
import { trailNamesOf } from "../trail-names.ts";
import { noParams, type RouteParts } from "./route-parts.ts";

/** A spreadsheet holds no more, and nobody reads as many; narrower filters reach the rest. */
const MAX_EXPORTED = 50_000;

export function trailRoutes({ store }: RouteParts) {
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/trail",
      summary: "Who saw or changed what, the newest first; as JSON by pages, or as one CSV file",
      trail: { action: "trail.read", about: ({ query }) => fileFacts("trail.exported", query.format) },
      params: noParams,
      query: trailQuerySchema,
      response: { status: 200, schema: trailPageSchema, types: ["text/csv"] },
      async handle({ query: { filter, page, format } }) {
        if (format === "csv") {
          const rows = await allOf(store, filter);
          return await tableReply(trailTable(rows, await trailNamesOf(store, rows)), "csv", "jejak");
        }
        const { items, nextCursor } = await store.trail.list(filter, page);
        const names = await trailNamesOf(store, items);
        return replyJson(200, {
          items: items.map(({ prev, hash, ...item }) => item),
          names,
          nextCursor,
        });
      },
    }),
  ];
}

async function allOf(store: Store, filter: TrailFilter): Promise<TrailRow[]> {
  const rows: TrailRow[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store["trail"]["list"]>> = await store.trail.list(filter, {
      limit: 1000,
      cursor,
    });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && rows.length < MAX_EXPORTED);
  return rows;
}
