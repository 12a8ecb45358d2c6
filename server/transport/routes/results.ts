import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import {
  resultBodySchema,
  resultReportSchema,
  resultSchema,
  resultsBodySchema,
} from "../../protocol/completion.ts";
import { refuse } from "../../protocol/errors.ts";
import { enrolmentIdSchema } from "../../protocol/ids.ts";
import { importResults } from "../result-import.ts";
import { officeRoute, replyJson } from "../route.ts";
import { countFacts } from "../trail-facts.ts";
import { noQuery, programmeFrom, programmeParams, type RouteParts } from "./route-parts.ts";

const MAX_IMPORT_BYTES = 10 * 1024 * 1024;

export function resultRoutes(parts: RouteParts) {
  const { store } = parts;
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/programmes/:programme/results",
      summary: "Records results of tests, assignments, surveys and self-study; a result per row",
      trail: {
        action: "results.recorded",
        about: ({ json }) => countFacts(json, ["created", "updated", "unchanged", "refused"]),
      },
      params: programmeParams,
      query: noQuery,
      body: {
        kind: "json-or-csv",
        schema: resultsBodySchema,
        described: z.union([z.array(resultBodySchema), resultBodySchema]),
        maxBytes: MAX_IMPORT_BYTES,
      },
      response: { status: 200, schema: resultReportSchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const given = typeof body === "string" || Array.isArray(body) ? body : [body];
        const rows = await importResults(parts, programme.data, given);
        if (!rows.ok) return rows;
        const count = (outcome: string) => rows.data.filter((row) => row.outcome === outcome).length;
        return replyJson(200, {
          created: count("created"),
          updated: count("updated"),
          unchanged: count("unchanged"),
          refused: count("refused"),
          rows: rows.data,
        });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/results",
      summary: "Lists a programme's results",
      trail: { action: "results.read" },
      params: programmeParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(resultSchema) },
      async handle({ params, query }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        return replyJson(200, await store.results.list(programme.data.id, null, query));
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/enrolments/:enrolmentId/results",
      summary: "Lists one person's results",
      trail: { action: "results.read" },
      params: z.object({ enrolmentId: enrolmentIdSchema }),
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(resultSchema) },
      async handle({ params, query }) {
        const enrolment = await store.enrolments.find(params.enrolmentId);
        if (!enrolment) return refuse("not-found");
        return replyJson(200, await store.results.list(enrolment.programmeId, enrolment.id, query));
      },
    }),
  ];
}
