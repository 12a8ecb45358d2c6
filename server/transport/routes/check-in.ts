import { z } from "zod";
import { slotOnAt } from "../../domain/check-in.ts";
import { decidingMarksFrom } from "../../domain/roll-call.ts";
import type { Session } from "../../ports.ts";
import { checkedInSchema, checkInBodySchema, checkInScreenSchema } from "../../protocol/api-rulings.ts";
import { refuse } from "../../protocol/errors.ts";
import { linkIdSchema, sessionIdSchema } from "../../protocol/ids.ts";
import { anyLinkRoute, linkRoute, officeRoute, replyJson } from "../route.ts";
import { sessionEvidenceOf } from "../session-evidence.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts, sessionFrom, sessionParams } from "./route-parts.ts";

export function checkInRoutes(parts: RouteParts) {
  const { store, auth, rulings } = parts;
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/check-in",
      summary: "What the hall's screen shows now: an address that changes every 30 seconds",
      access: ["admin", "write-key"],
      trail: null,
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: checkInScreenSchema },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        return await screenReply(parts, session.data);
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/check-in",
      summary: "What the hall's screen shows now, for the session's staff",
      access: ["instructor", "facilitator"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: checkInScreenSchema },
      async handle({ actor }) {
        return await screenReply(parts, actor.session);
      },
    }),
    anyLinkRoute({
      method: "post",
      path: "/api/v1/sessions/:sessionId/check-in",
      summary: "Checks the participant of this browser's join link in, for the slot that is on",
      access: ["participant"],
      params: z.object({ sessionId: sessionIdSchema }),
      query: noQuery,
      body: { kind: "json", schema: checkInBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: checkedInSchema },
      async handle({ body, actor: { session, person } }) {
        if (!auth.isCheckInCode(session.id, body.code)) return refuse("check-in-code-old");
        const checkedIn = await rulings.checkIn(session, person.personId);
        if (!checkedIn.ok) return checkedIn;
        const { slotId, row, status } = checkedIn.data;
        const { name } = person;
        return replyJson(200, { name, title: session.title, slotId, isNew: row !== null, status });
      },
    }),
  ];
}

async function screenReply({ store, auth, clock, publicUrl }: RouteParts, session: Session) {
  if (session.cancellation) return refuse("session-cancelled");
  if (session.mode === "online") return refuse("session-online");
  const { id, title, timeZone, slots } = session;
  const now = clock.now();
  const { code, changesAt } = auth.checkInCode(id);
  const slotId = slotOnAt(slots, now)?.id ?? null;
  const { roster, events } = await sessionEvidenceOf(store, session);
  const onRoster = new Set(roster.map(({ enrolmentId }) => enrolmentId));
  const present = decidingMarksFrom(events).filter(
    (mark) => mark.slotId === slotId && mark.status === "present" && onRoster.has(mark.enrolmentId),
  );
  return replyJson(200, {
    url: `${publicUrl.replace(/\/+$/, "")}/check-in/${id}#${code}`,
    changesInMs: changesAt - now,
    title,
    timeZone,
    slots: [...slots],
    slotId,
    present: present.length,
    people: roster.length,
  });
}
