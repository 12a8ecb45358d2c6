import { z } from "zod";
import { erasedName, erasedSchema, erasureBodySchema } from "../../protocol/erasure.ts";
import { enrolmentIdSchema } from "../../protocol/ids.ts";
import { officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, officerIdOf, type RouteParts } from "./route-parts.ts";

export function erasureRoutes({ erasure }: RouteParts) {
  return [
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
