import { z } from "zod";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import {
  enrolmentBodySchema,
  enrolmentResultsSchema,
  enrolmentSchema,
  enrolmentsBodySchema,
} from "../../protocol/api-records.ts";
import { refuse } from "../../protocol/errors.ts";
import { enrolmentIdSchema } from "../../protocol/ids.ts";
import { type EnrolmentsBody, importEnrolments, previewEnrolments } from "../enrolment-import.ts";
import { officeRoute, replyJson } from "../route.ts";
import { countFacts, fewPeople } from "../trail-facts.ts";
import { noQuery, programmeFrom, programmeParams, type RouteParts } from "./route-parts.ts";

const importBody = {
  kind: "json-or-table",
  schema: enrolmentsBodySchema,
  described: z.array(enrolmentBodySchema),
  maxBytes: 10 * 1024 * 1024,
} as const;

export function enrolmentRoutes(parts: RouteParts) {
  const { store } = parts;
  async function answerWith(run: typeof importEnrolments, idOrCode: string, body: EnrolmentsBody) {
    const programme = await programmeFrom(store, idOrCode);
    if (!programme.ok) return programme;
    const rows = await run(parts, programme.data.id, body);
    if (!rows.ok) return rows;
    const count = (outcome: string) => rows.data.filter((row) => row.outcome === outcome).length;
    return replyJson(200, {
      created: count("created"),
      updated: count("updated"),
      refused: count("refused"),
      rows: rows.data,
    });
  }
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/programmes/:programme/enrolments",
      summary: "Enrols people, or changes what is known of them, by externalId; a result per row",
      trail: {
        action: "roster.imported",
        about: ({ json }) => ({ ...countFacts(json, ["created", "updated", "refused"]), ...fewPeople(json) }),
      },
      params: programmeParams,
      query: noQuery,
      body: importBody,
      response: { status: 200, schema: enrolmentResultsSchema },
      handle: ({ params, body }) => answerWith(importEnrolments, params.programme, body),
    }),
    officeRoute({
      method: "post",
      path: "/api/v1/programmes/:programme/enrolments/preview",
      summary: "Says what enrolling these rows would do, row by row, and does nothing",
      trail: { action: "roster.previewed" },
      params: programmeParams,
      query: noQuery,
      body: importBody,
      response: { status: 200, schema: enrolmentResultsSchema },
      handle: ({ params, body }) => answerWith(previewEnrolments, params.programme, body),
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/enrolments",
      summary: "Lists a programme's enrolments",
      trail: { action: "roster.read" },
      params: programmeParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(enrolmentSchema) },
      async handle({ params, query }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        return replyJson(200, await store.enrolments.list(programme.data.id, query));
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/enrolments/:enrolmentId",
      summary: "One enrolment",
      trail: { action: "person.read" },
      params: z.object({ enrolmentId: enrolmentIdSchema }),
      query: noQuery,
      response: { status: 200, schema: enrolmentSchema },
      async handle({ params }) {
        const enrolment = await store.enrolments.find(params.enrolmentId);
        return enrolment ? replyJson(200, enrolment) : refuse("not-found");
      },
    }),
  ];
}
