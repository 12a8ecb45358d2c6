import { z } from "zod";
import {
  completionQuerySchema,
  completionReportSchema,
  ownCompletionSchema,
} from "../../protocol/completion.ts";
import { refuse } from "../../protocol/errors.ts";
import { linkIdSchema } from "../../protocol/ids.ts";
import { completionTable } from "../../reports/completion-table.ts";
import { ownCompletionOf } from "../own-completion.ts";
import { completionReportOf } from "../programme-completion.ts";
import { linkRoute, officeRoute, replyJson } from "../route.ts";
import { TABLE_TYPES, tableReply } from "../table-reply.ts";
import { fileFacts } from "../trail-facts.ts";
import { noQuery, programmeFrom, programmeParams, type RouteParts } from "./route-parts.ts";

export function completionRoutes({ store, clock, programmeFacts }: RouteParts) {
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/completion",
      summary: "Who completed the programme: every requirement with what was required, found, met and why",
      trail: {
        action: "completion.read",
        about: ({ query }) => fileFacts("completion.exported", query.format),
      },
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
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/completion",
      summary: "One's own requirements and how far they are met; nobody else's",
      access: ["participant", "instructor", "facilitator"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: ownCompletionSchema },
      async handle({ actor: { link, session } }) {
        const programme = await store.programmes.find(session.programmeId);
        if (!programme) return refuse("not-found");
        const { title, policyVersion } = programme;
        if (!link.enrolmentId) {
          return replyJson(200, { programme: title, endsAt: null, policyVersion, decision: null });
        }
        const parts = { store, clock, programmeFacts };
        const { endsAt, decision } = await ownCompletionOf(parts, programme, link.enrolmentId);
        return replyJson(200, { programme: title, endsAt, policyVersion, decision });
      },
    }),
  ];
}
