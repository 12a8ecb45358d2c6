import { z } from "zod";
import {
  joinedSchema,
  joinViewSchema,
  ownAttendanceSchema,
  ownIntervalsSchema,
  tokenBodySchema,
} from "../../protocol/api.ts";
import { refuse } from "../../protocol/errors.ts";
import { linkIdSchema } from "../../protocol/ids.ts";
import { consentAnswerSchema } from "../../protocol/recordings.ts";
import { attendanceReport } from "../../reports/attendance-report.ts";
import { consentHash } from "../consent-hash.ts";
import { linkRoute, openRoute, replyJson } from "../route.ts";
import { sessionEvidenceOf } from "../session-evidence.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

export function joinRoutes({ store, auth, classes, nodes, ownAttendance, rtpCapabilities }: RouteParts) {
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
        const { status, recording } = await classes.summary(session.id);
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
          mode: session.mode,
          cancellation: session.cancellation && {
            at: session.cancellation.at,
            reason: session.cancellation.reason,
          },
          recording: recording && {
            isPaused: recording.isPaused,
            hasChat: recording.hasChat,
            keptDays: recording.keptDays,
          },
          consent: await classes.consentOf(session.id, person.personId),
          cluster: nodes && { ticket: auth.ticketOf(link), nodes: [...nodes.urls()] },
          rtpCapabilities,
        });
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/consent",
      summary: "Says whether one may be recorded in the session; the last answer counts",
      access: ["participant", "instructor", "facilitator"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      body: { kind: "json", schema: consentAnswerSchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: z.strictObject({ isGiven: z.boolean() }) },
      async handle({ body, actor: { person, session } }) {
        const textHash = consentHash(body);
        if (textHash === null) return refuse("bad-request", "no such version of the text");
        const answered = await classes.answer(session.id, { ...body, personId: person.personId, textHash });
        return answered.ok ? replyJson(200, { isGiven: body.isGiven }) : answered;
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
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/attendance/intervals",
      summary: "The times behind one's own attendance: when the class was held and when one was there",
      access: ["participant"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: ownIntervalsSchema },
      async handle({ actor: { link, session } }) {
        if (!link.enrolmentId) return refuse("forbidden");
        const person = await store.enrolments.find(link.enrolmentId);
        if (!person) return refuse("not-found");
        const { id: enrolmentId, externalId, name, institution } = person;
        const roster = [{ enrolmentId, externalId, name, institution }];
        const report = attendanceReport({ ...(await sessionEvidenceOf(store, session)), roster });
        const { timeZone } = session;
        const { held, outages, items } = report;
        const [own] = items;
        if (!own) throw new Error("attendance lacks somebody it was asked for");
        const adjustments = own.rulings.flatMap(({ slotId, adjustment }) => {
          const computedJp = own.slots.find((slot) => slot.slotId === slotId)?.computedJp ?? 0;
          return adjustment ? [{ slotId, reason: adjustment.reason, computedJp }] : [];
        });
        return replyJson(200, { timeZone, held, outages, spans: [...own.spans], adjustments });
      },
    }),
  ];
}
