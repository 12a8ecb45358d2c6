import { z } from "zod";
import { joinedSchema, joinViewSchema, ownAttendanceSchema, tokenBodySchema } from "../../protocol/api.ts";
import { refuse } from "../../protocol/errors.ts";
import { linkIdSchema } from "../../protocol/ids.ts";
import { linkRoute, openRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

export function joinRoutes({ store, auth, classes, ownAttendance }: RouteParts) {
  return [
    openRoute({
      method: "post",
      path: "/api/v1/join",
      summary: "Exchanges a join link's token for the link's own cookie",
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: tokenBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: joinedSchema },
      limit: "guess",
      async handle({ body }) {
        const exchanged = await auth.exchangeLinkToken(body.token);
        if (!exchanged.ok) return exchanged;
        const { link, cookie } = exchanged.data;
        return replyJson(200, { linkId: link.id }, { "Set-Cookie": cookie });
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId",
      summary: "Who the link is for, and the class",
      access: ["participant", "instructor", "facilitator"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: joinViewSchema },
      async handle({ actor: { link, person, session } }) {
        const programme = await store.programmes.find(session.programmeId);
        if (!programme) return refuse("not-found");
        const { status } = await classes.summary(session.id);
        return replyJson(200, {
          linkId: link.id,
          person,
          info: {
            sessionId: session.id,
            title: session.title,
            unit: programme.units.find((unit) => unit.code === session.unit)?.title ?? session.unit,
            programme: programme.title,
            timeZone: session.timeZone,
            slots: session.slots,
          },
          status,
          cancellation: session.cancellation && {
            at: session.cancellation.at,
            reason: session.cancellation.reason,
          },
        });
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/attendance",
      summary: "One's own attendance; nobody else's",
      access: ["participant", "instructor", "facilitator"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: ownAttendanceSchema },
      async handle({ actor: { link, session } }) {
        const programme = await store.programmes.find(session.programmeId);
        if (!programme) return refuse("not-found");
        const { status } = await classes.summary(session.id);
        const attendance = link.enrolmentId
          ? await ownAttendance.read(session, status, link.enrolmentId)
          : null;
        const { minSlotShare, slotCredit } = programme.policy;
        return replyJson(200, { status, slots: session.slots, minSlotShare, slotCredit, attendance });
      },
    }),
  ];
}
