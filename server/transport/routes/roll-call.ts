import { z } from "zod";
import { decidingMarksFrom } from "../../domain/roll-call.ts";
import type { Session, Store } from "../../ports.ts";
import { markListSchema, marksBodySchema, rollCallSchema } from "../../protocol/api-rulings.ts";
import type { EvidenceRow } from "../../protocol/evidence.ts";
import { linkIdSchema } from "../../protocol/ids.ts";
import { fieldErrorsOf } from "../field-refusal.ts";
import { type Access, linkRoute, officeRoute, replyJson } from "../route.ts";
import type { Rulings } from "../rulings.ts";
import { sessionEvidenceOf } from "../session-evidence.ts";
import { markFacts } from "../trail-facts.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  officerIdOf,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

const STAFF: readonly Access[] = ["instructor", "facilitator"];
const linkParams = z.object({ linkId: linkIdSchema });
const marksBody = { kind: "json", schema: marksBodySchema, maxBytes: MAX_JSON_BYTES } as const;
const marked = { status: 201, schema: markListSchema } as const;

export function rollCallRoutes({ store, rulings }: RouteParts) {
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/sessions/:sessionId/marks",
      summary: "Roll call: marks one person in a slot, or many; all are written, or none",
      trail: { action: "marks.made", about: ({ json }) => markFacts(json) },
      params: sessionParams,
      query: noQuery,
      body: marksBody,
      response: marked,
      async handle({ params, body, actor }) {
        const session = await sessionFrom(store, params.sessionId);
        return session.ok ? await markedReply(rulings, session.data, body, officerIdOf(actor)) : session;
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/marks",
      summary: "The marks that decide, one for each slot and person that has any",
      trail: { action: "marks.read" },
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: markListSchema },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        return replyJson(200, { items: marksFrom(await store.classes.evidence(session.data.id)) });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/roll-call",
      summary: "What a roll call needs: slots, roster and the marks that decide",
      trail: { action: "marks.read" },
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: rollCallSchema },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        return session.ok ? replyJson(200, await rollCallOf(store, session.data)) : session;
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/marks",
      summary: "Roll call by the session's staff: marks one person in a slot, or many",
      access: STAFF,
      trail: { action: "marks.made", about: ({ json }) => markFacts(json) },
      params: linkParams,
      query: noQuery,
      body: marksBody,
      response: marked,
      async handle({ body, actor }) {
        return await markedReply(rulings, actor.session, body, actor.person.personId);
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/roll-call",
      summary: "What the staff need for a roll call: slots, roster and the marks that decide",
      access: STAFF,
      trail: { action: "marks.read" },
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: rollCallSchema },
      async handle({ actor }) {
        return replyJson(200, await rollCallOf(store, actor.session));
      },
    }),
  ];
}

async function markedReply(
  rulings: Rulings,
  session: Session,
  body: z.output<typeof marksBodySchema>,
  by: string,
) {
  const isOne = !Array.isArray(body);
  const written = await rulings.mark(session, isOne ? [body] : body, by);
  if (written.ok) return replyJson(201, { items: written.data });
  const errors = isOne ? fieldErrorsOf(written) : null;
  if (errors === null) return written;
  // One mark alone has no place in an array.
  const details = {
    errors: errors.map(({ path, message }) => ({ path: path.replace(/^0\./, ""), message })),
  };
  return { ...written, details };
}

async function rollCallOf(store: Store, session: Session): Promise<z.input<typeof rollCallSchema>> {
  const evidence = await sessionEvidenceOf(store, session);
  return {
    session: { ...evidence.session, slots: [...evidence.session.slots] },
    people: [...evidence.roster],
    marks: marksFrom(evidence.events),
  };
}

function marksFrom(rows: readonly EvidenceRow[]) {
  return decidingMarksFrom(rows).map(({ slotId, enrolmentId, status, by, at }) => {
    return { slotId, enrolmentId, status, by, at };
  });
}
