import { z } from "zod";
import type { Session } from "../../ports.ts";
import {
  cancellationBodySchema,
  sessionChangeSchema,
  sessionSchema,
  warningSchema,
} from "../../protocol/api-records.ts";
import { accept, refuse } from "../../protocol/errors.ts";
import { fieldRefused } from "../field-refusal.ts";
import { officeRoute, replyJson } from "../route.ts";
import { cancelSession, changeSession } from "../session-plans.ts";
import { sessionWarningsOf } from "../session-warnings.ts";
import { changedFields } from "../trail-facts.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  officerIdOf,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

/** What becomes of a session after it was planned. */
export function sessionChangeRoutes(parts: RouteParts) {
  const { store } = parts;
  return [
    officeRoute({
      method: "put",
      path: "/api/v1/sessions/:sessionId",
      summary: "Changes a session; once it has begun only its title and slots that are still to come",
      trail: { action: "session.changed" },
      params: sessionParams,
      query: noQuery,
      body: { kind: "json", schema: sessionChangeSchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: sessionSchema.extend({ warnings: z.array(warningSchema) }) },
      async handle({ params, body }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const programme = await store.programmes.find(session.data.programmeId);
        if (!programme) return refuse("not-found");
        if (!programme.units.some((unit) => unit.code === body.unit)) {
          return fieldRefused("unit", "the programme has no such unit");
        }
        const changed = await changeSession(parts, session.data.id, body);
        if (!changed.ok) return changed;
        const warnings = await sessionWarningsOf(store, programme, body, session.data.id);
        const reply = { status: 200, body: { json: { ...changed.data, warnings } } };
        return accept({ ...reply, changed: changedFields(planOf(session.data), planOf(changed.data)) });
      },
    }),
    officeRoute({
      method: "post",
      path: "/api/v1/sessions/:sessionId/cancellation",
      summary: "Cancels a session that was never held; its links say so from then on",
      trail: { action: "session.cancelled" },
      params: sessionParams,
      query: noQuery,
      body: { kind: "json", schema: cancellationBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: sessionSchema },
      async handle({ params, body, actor }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const { reason } = body;
        const cancelled = await cancelSession(parts, session.data.id, { reason, by: officerIdOf(actor) });
        return cancelled.ok ? replyJson(200, cancelled.data) : cancelled;
      },
    }),
  ];
}

function planOf({ unit, title, mode, group, timeZone, slots }: Session) {
  return { unit, title, mode, group, timeZone, slots };
}
