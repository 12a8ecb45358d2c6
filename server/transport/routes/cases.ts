import { z } from "zod";
import {
  caseBodySchema,
  caseFileBodySchema,
  caseListSchema,
  copyBodySchema,
  MAX_CASE_FILE_BODY_BYTES,
  preparationSchema,
  savedCaseSchema,
} from "../../protocol/case-work.ts";
import { accept, refuse } from "../../protocol/errors.ts";
import { attachmentIdSchema, caseIdSchema, linkIdSchema } from "../../protocol/ids.ts";
import { caseOf, preparation } from "../case-work.ts";
import { type Access, linkRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts, sessionFrom, ticketQuery } from "./route-parts.ts";

const STAFF: readonly Access[] = ["instructor", "facilitator"];
const EVERYBODY: readonly Access[] = ["participant", ...STAFF];
const FILE_TYPES = ["application/pdf", "image/jpeg", "image/png", "image/webp"] as const;
/** A file is never changed, a new one has another id. */
const FILE_CACHE = "private, max-age=15552000, immutable";

const linkParams = z.object({ linkId: linkIdSchema });
const caseParams = linkParams.extend({ caseId: caseIdSchema });
const fileParams = caseParams.extend({ attachmentId: attachmentIdSchema });
const subject = (json: { readonly caseId: string } | null) => ({
  subject: { kind: "case", id: json?.caseId ?? null },
});

/** What staff prepare for breakout rooms, by their own link. */
export function caseRoutes(parts: RouteParts) {
  return [preparationRoute(parts), ...writingRoutes(parts), ...fileRoutes(parts)];
}

function preparationRoute({ store }: RouteParts) {
  return linkRoute({
    method: "get",
    path: "/api/v1/join/:linkId/preparation",
    summary: "The roster, the programme's other sessions and its assignments, for cases and plans of groups",
    trail: { action: "roster.read" },
    access: STAFF,
    params: linkParams,
    query: noQuery,
    response: { status: 200, schema: preparationSchema },
    async handle({ actor }) {
      return replyJson(200, await preparation(store, actor.session));
    },
  });
}

function writingRoutes({ store, newId, clock, caseFiles }: RouteParts) {
  return [
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/cases",
      summary: "Lists the cases of the session",
      access: STAFF,
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: caseListSchema },
      async handle({ actor }) {
        return replyJson(200, { items: await store.cases.list(actor.session.id) });
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/cases",
      summary: "Writes a case",
      trail: { action: "case.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: linkParams,
      query: noQuery,
      body: { kind: "json", schema: caseBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: savedCaseSchema },
      async handle({ body, actor }) {
        const saved = {
          ...body,
          caseId: newId("cas"),
          attachments: [],
          sessionId: actor.session.id,
          updatedAt: clock.now(),
        };
        await store.cases.put(saved);
        return replyJson(201, saved);
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/cases/:caseId",
      summary: "One case, with its rubric",
      access: STAFF,
      params: caseParams,
      query: noQuery,
      response: { status: 200, schema: savedCaseSchema },
      async handle({ params, actor }) {
        const found = await caseOf(store, actor.session.id, params.caseId);
        return found.ok ? replyJson(200, found.data) : found;
      },
    }),
    linkRoute({
      method: "put",
      path: "/api/v1/join/:linkId/cases/:caseId",
      summary: "Changes a case; rooms that were planned with it keep it as it was",
      trail: { action: "case.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: caseParams,
      query: noQuery,
      body: { kind: "json", schema: caseBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: savedCaseSchema },
      async handle({ params, body, actor }) {
        const found = await caseOf(store, actor.session.id, params.caseId);
        if (!found.ok) return found;
        const saved = { ...found.data, ...body, updatedAt: clock.now() };
        await store.cases.put(saved);
        return replyJson(200, saved);
      },
    }),
    linkRoute({
      method: "delete",
      path: "/api/v1/join/:linkId/cases/:caseId",
      summary: "Removes a case; sheets of rooms that worked on it stay",
      trail: { action: "case.removed", about: ({ params }) => subject(params) },
      access: STAFF,
      params: caseParams,
      query: noQuery,
      response: { status: 204, schema: null },
      async handle({ params, actor }) {
        const found = await caseOf(store, actor.session.id, params.caseId);
        if (!found.ok) return found;
        await store.cases.remove(params.caseId);
        return accept({ status: 204, body: null });
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/cases/:caseId/copies",
      summary: "Copies a case to another session of the programme; its slides stay behind",
      trail: { action: "case.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: caseParams,
      query: noQuery,
      body: { kind: "json", schema: copyBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: savedCaseSchema },
      async handle({ params, body, actor }) {
        const found = await caseOf(store, actor.session.id, params.caseId);
        if (!found.ok) return found;
        const target = await sessionFrom(store, body.sessionId);
        if (!target.ok) return target;
        if (target.data.programmeId !== actor.session.programmeId) return refuse("not-found");
        const attachments = [];
        for (const attachment of found.data.attachments) attachments.push(await caseFiles.copy(attachment));
        const isSame = target.data.id === actor.session.id;
        const saved = {
          ...found.data,
          caseId: newId("cas"),
          sessionId: target.data.id,
          attachments,
          slides: isSame ? found.data.slides : null,
          updatedAt: clock.now(),
        };
        await store.cases.put(saved);
        return replyJson(201, saved);
      },
    }),
  ];
}

function fileRoutes({ store, clock, caseFiles }: RouteParts) {
  return [
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/cases/:caseId/files",
      summary: "Adds a picture or a PDF of at most 10 MB to a case",
      trail: { action: "case.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: caseParams,
      query: noQuery,
      body: { kind: "json", schema: caseFileBodySchema, maxBytes: MAX_CASE_FILE_BODY_BYTES },
      response: { status: 201, schema: savedCaseSchema },
      async handle({ params, body, actor }) {
        const found = await caseOf(store, actor.session.id, params.caseId);
        if (!found.ok) return found;
        if (found.data.attachments.length >= 20) return refuse("conflict", "a case has at most 20 files");
        const kept = await caseFiles.keep(body);
        if (!kept.ok) return kept;
        const attachments = [...found.data.attachments, kept.data];
        const saved = { ...found.data, attachments, updatedAt: clock.now() };
        await store.cases.put(saved);
        return replyJson(201, saved);
      },
    }),
    linkRoute({
      method: "delete",
      path: "/api/v1/join/:linkId/cases/:caseId/files/:attachmentId",
      summary: "Takes a file out of a case; rooms that were given it keep it",
      trail: { action: "case.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: fileParams,
      query: noQuery,
      response: { status: 200, schema: savedCaseSchema },
      async handle({ params, actor }) {
        const found = await caseOf(store, actor.session.id, params.caseId);
        if (!found.ok) return found;
        const attachments = found.data.attachments.filter(
          ({ attachmentId }) => attachmentId !== params.attachmentId,
        );
        const saved = { ...found.data, attachments, updatedAt: clock.now() };
        await store.cases.put(saved);
        return replyJson(200, saved);
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/cases/:caseId/files/:attachmentId",
      summary: "A file of a case: for staff always, for participants once rooms have worked on it",
      access: EVERYBODY,
      params: fileParams,
      query: ticketQuery,
      isForNodes: true,
      response: { status: 200, schema: null, types: FILE_TYPES },
      limit: "free",
      async handle({ params, actor }) {
        const { attachmentId, caseId } = params;
        const given = (await store.sheets.list(actor.session.id)).map((sheet) => sheet.case);
        const own = await caseOf(store, actor.session.id, caseId);
        const mayAll = actor.person.role !== "participant" && own.ok;
        const attachment = [...given, ...(mayAll ? [own.data] : [])]
          .filter((work) => work.caseId === caseId)
          .flatMap((work) => work.attachments)
          .find((one) => one.attachmentId === attachmentId);
        if (!attachment) return refuse("not-found");
        return accept({
          status: 200,
          headers: {
            "Cache-Control": FILE_CACHE,
            "Content-Disposition": attachment.type === "application/pdf" ? "attachment" : "inline",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
          },
          body: { file: caseFiles.path(attachmentId), type: attachment.type },
        });
      },
    }),
  ];
}
