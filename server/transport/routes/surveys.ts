import { z } from "zod";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { linkIdSchema } from "../../protocol/ids.ts";
import {
  ownSurveysSchema,
  programmeSurveysSchema,
  surveyAnswerBodySchema,
  surveyAnsweredSchema,
  surveyReportSchema,
  surveySettingsBodySchema,
  surveySettingsSchema,
  surveysQuerySchema,
} from "../../protocol/surveys.ts";
import { surveyTable } from "../../reports/survey-table.ts";
import type { LinkHolder } from "../auth.ts";
import { linkRoute, officeRoute, replyJson } from "../route.ts";
import { ownSurveysOf, takeAnswer } from "../survey-desk.ts";
import { allSurveyReportsOf, programmeSurveysOf, surveyReportOf } from "../survey-report.ts";
import { TABLE_TYPES, tableReply } from "../table-reply.ts";
import { changedFields, fileFacts } from "../trail-facts.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  programmeFrom,
  programmeParams,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

/** Surveys: what participants fill in, what is reported of it, and what a programme asks. */
export function surveyRoutes(parts: RouteParts) {
  return [...answerRoutes(parts), ...reportRoutes(parts), ...settingRoutes(parts)];
}

function answerRoutes(parts: RouteParts) {
  const { store } = parts;
  async function askerFrom({ link, session }: LinkHolder) {
    const programme = await store.programmes.find(session.programmeId);
    if (!programme || !link.enrolmentId) return refuse("not-found");
    return accept({ programme, enrolmentId: link.enrolmentId, sessionId: session.id });
  }
  return [
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/surveys",
      summary: "The surveys one is asked to fill in, with their questions, and those one has",
      access: ["participant"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: ownSurveysSchema },
      async handle({ actor }) {
        const asker = await askerFrom(actor);
        return asker.ok ? replyJson(200, await ownSurveysOf(parts, asker.data)) : asker;
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/surveys",
      summary:
        "Fills in a survey, once: the answer is kept without who gave it, so that it cannot be changed",
      // The trail is told nothing: the time of an answer would be a way from it to the person.
      access: ["participant"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      body: { kind: "json", schema: surveyAnswerBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: surveyAnsweredSchema },
      async handle({ actor, body: { survey, ...content } }) {
        const asker = await askerFrom(actor);
        if (!asker.ok) return asker;
        const taken: Result = await takeAnswer(parts, asker.data, survey, content);
        return taken.ok ? replyJson(201, { survey }) : taken;
      },
    }),
  ];
}

function reportRoutes({ store, clock }: RouteParts) {
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/surveys",
      summary: "A programme's surveys: how many answered each, and the results of the one at the end",
      trail: { action: "surveys.read", about: ({ query }) => fileFacts("surveys.exported", query.format) },
      params: programmeParams,
      query: surveysQuerySchema,
      response: { status: 200, schema: programmeSurveysSchema, types: TABLE_TYPES },
      async handle({ params, query: { format } }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const now = clock.now();
        if (format === "json") return replyJson(200, await programmeSurveysOf(store, programme.data, now));
        const reports = await allSurveyReportsOf(store, programme.data, now);
        return await tableReply(surveyTable(reports), format, `survei-${programme.data.id}`);
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/surveys",
      summary: "The results of a session's survey; nothing while fewer than five have answered",
      trail: { action: "surveys.read", about: ({ query }) => fileFacts("surveys.exported", query.format) },
      params: sessionParams,
      query: surveysQuerySchema,
      response: { status: 200, schema: surveyReportSchema, types: TABLE_TYPES },
      async handle({ params, query: { format } }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const programme = await programmeFrom(store, session.data.programmeId);
        if (!programme.ok) return programme;
        const report = await surveyReportOf(store, programme.data, session.data.id, clock.now());
        if (format === "json") return replyJson(200, report);
        return await tableReply(surveyTable([report]), format, `survei-${session.data.id}`);
      },
    }),
  ];
}

function settingRoutes({ store }: RouteParts) {
  const path = "/api/v1/programmes/:programme/survey-settings";
  return [
    officeRoute({
      method: "get",
      path,
      summary: "Which surveys a programme has, and its own questions",
      trail: null,
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: surveySettingsSchema },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        return programme.ok ? replyJson(200, await store.surveys.settings(programme.data.id)) : programme;
      },
    }),
    officeRoute({
      method: "put",
      path,
      summary: "Changes which surveys a programme has, and its own questions",
      trail: { action: "surveys.changed" },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: surveySettingsBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: surveySettingsSchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const before = await store.surveys.settings(programme.data.id);
        const json = await store.surveys.changeSettings(programme.data.id, body);
        return accept({ status: 200, body: { json }, changed: changedFields(before, body) });
      },
    }),
  ];
}
