import {
  adjustmentBodySchema,
  adjustmentCreatedSchema,
  adjustmentListSchema,
  adjustmentSchema,
} from "../../protocol/api-rulings.ts";
import { adjustmentIdSchema } from "../../protocol/ids.ts";
import { adjustmentsOf } from "../adjustment-views.ts";
import { officeRoute, replyJson } from "../route.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  personIdOf,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

const adjustmentParams = sessionParams.extend({ adjustmentId: adjustmentIdSchema });

export function adjustmentRoutes(parts: RouteParts) {
  const { store, rulings } = parts;
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/sessions/:sessionId/adjustments",
      summary: "Proposes another credit for a person's slot; somebody else has to approve it",
      trail: {
        action: "adjustment.proposed",
        about: ({ body, json }) => ({
          subject: { kind: "adjustment", id: json?.adjustmentId ?? null },
          people: [body.enrolmentId],
        }),
      },
      params: sessionParams,
      query: noQuery,
      body: { kind: "json", schema: adjustmentBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: adjustmentCreatedSchema },
      async handle({ params, body, actor }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const proposed = await rulings.propose(session.data, body, personIdOf(actor));
        return proposed.ok ? replyJson(201, { adjustmentId: proposed.data }) : proposed;
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/adjustments",
      summary: "Every proposal and what became of it, for ever",
      trail: { action: "adjustments.read" },
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: adjustmentListSchema },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        return replyJson(200, { items: await adjustmentsOf(store, session.data) });
      },
    }),
    rulingRoute(parts, "approve", "Approves a proposal of somebody else; it becomes the slot's credit"),
    rulingRoute(parts, "reject", "Rejects a proposal of somebody else"),
  ];
}

function rulingRoute({ store, rulings }: RouteParts, ruling: "approve" | "reject", summary: string) {
  return officeRoute({
    method: "post",
    path: `/api/v1/sessions/:sessionId/adjustments/:adjustmentId/${ruling}`,
    summary,
    trail: {
      action: ruling === "approve" ? "adjustment.approved" : "adjustment.rejected",
      about: ({ json }) => ({ people: json ? [json.enrolmentId] : [] }),
    },
    params: adjustmentParams,
    query: noQuery,
    response: { status: 200, schema: adjustmentSchema },
    async handle({ params, actor }) {
      const session = await sessionFrom(store, params.sessionId);
      if (!session.ok) return session;
      const done = await rulings.decide(session.data, params.adjustmentId, ruling, personIdOf(actor));
      if (!done.ok) return done;
      const all = await adjustmentsOf(store, session.data);
      const adjustment = all.find((one) => one.adjustmentId === params.adjustmentId);
      if (!adjustment) throw new Error(`${params.adjustmentId} was decided and is not there`);
      return replyJson(200, adjustment);
    },
  });
}
