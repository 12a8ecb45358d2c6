import { z } from "zod";
import { erasedName, erasedSchema, erasureBodySchema } from "../../protocol/erasure.ts";
import { refuse } from "../../protocol/errors.ts";
import { type EnrolmentId, enrolmentIdSchema, linkIdSchema } from "../../protocol/ids.ts";
import { personDataSchema } from "../../protocol/person-data.ts";
import { attachment } from "../attachment.ts";
import { personDataOf } from "../person-data.ts";
import { linkRoute, officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, officerIdOf, type RouteParts } from "./route-parts.ts";

/** What people may ask of whoever keeps their data: to have all of it, and to have it erased (UU 27/2022). */
export function personDataRoutes({ erasure, store, clock, recordingFiles }: RouteParts) {
  async function dataReply(id: EnrolmentId) {
    const person = await store.enrolments.find(id);
    if (!person) return refuse("not-found");
    const data = await personDataOf(store, recordingFiles, person, clock.now());
    return replyJson(200, data, attachment(`data-${id}.json`));
  }
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/enrolments/:enrolmentId/data",
      summary: "Everything that is held about one person, in one JSON file",
      trail: { action: "person.data-exported" },
      params: z.object({ enrolmentId: enrolmentIdSchema }),
      query: noQuery,
      response: { status: 200, schema: personDataSchema },
      handle: ({ params }) => dataReply(params.enrolmentId),
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/data",
      summary: "Everything that is held about oneself, in one JSON file",
      access: ["participant"],
      trail: { action: "person.data-exported", isOwn: true },
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: personDataSchema },
      async handle({ actor: { link } }) {
        return link.enrolmentId === null ? refuse("forbidden") : await dataReply(link.enrolmentId);
      },
    }),
    officeRoute({
      method: "post",
      path: "/api/v1/enrolments/:enrolmentId/erasure",
      summary:
        "Erases a person's data for good; attendance stays under a pseudonym, certificates are revoked",
      access: ["admin"],
      trail: { action: "person.erased", about: ({ body }) => ({ detail: { reason: body.reason } }) },
      params: z.object({ enrolmentId: enrolmentIdSchema }),
      query: noQuery,
      body: { kind: "json", schema: erasureBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: erasedSchema },
      async handle({ params: { enrolmentId }, actor }) {
        const erased = await erasure.erase(enrolmentId, officerIdOf(actor));
        if (!erased.ok) return erased;
        return replyJson(200, { id: enrolmentId, name: erasedName(enrolmentId), ...erased.data });
      },
    }),
  ];
}
