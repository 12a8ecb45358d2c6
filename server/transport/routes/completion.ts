import { completionQuerySchema, completionReportSchema } from "../../protocol/completion.ts";
import { completionTable } from "../../reports/completion-table.ts";
import { completionReportOf } from "../programme-completion.ts";
import { officeRoute, replyJson } from "../route.ts";
import { TABLE_TYPES, tableReply } from "../table-reply.ts";
import { programmeFrom, programmeParams, type RouteParts } from "./route-parts.ts";

export function completionRoutes({ store, clock }: RouteParts) {
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/completion",
      summary: "Who completed the programme: every requirement with what was required, found, met and why",
      params: programmeParams,
      query: completionQuerySchema,
      response: { status: 200, schema: completionReportSchema, types: TABLE_TYPES },
      async handle({ params, query }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const report = await completionReportOf(store, programme.data, clock.now());
        if (query.format === "json") return replyJson(200, report);
        return await tableReply(completionTable(report), query.format, `kelulusan-${programme.data.id}`);
      },
    }),
  ];
}
