import { z } from "zod";
import type { EnrolmentStore, Session, Store } from "../../ports.ts";
import { linkBodySchema, linkCreatedSchema, linkSchema } from "../../protocol/api.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { type EnrolmentId, linkIdSchema, type StaffId } from "../../protocol/ids.ts";
import { linkExpiresAt } from "../auth.ts";
import { fieldRefused } from "../field-refusal.ts";
import { officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts, sessionFrom, sessionParams } from "./route-parts.ts";

const linkParams = z.object({ linkId: linkIdSchema });

export function linkRoutes({ store, clock, auth, classes }: RouteParts) {
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/sessions/:sessionId/links",
      summary: "Makes a personal join link; its address is told this once",
      trail: {
        action: "link.created",
        about: ({ json }) => ({
          subject: { kind: "link", id: json?.id ?? null },
          people: [json?.enrolmentId ?? json?.staffId ?? []].flat(),
        }),
      },
      params: sessionParams,
      query: noQuery,
      body: { kind: "json", schema: linkBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: linkCreatedSchema },
      async handle({ params, body }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        if (session.data.cancellation) return refuse("session-cancelled");
        if (linkExpiresAt(session.data, clock.now()) <= clock.now()) {
          return refuse("conflict", "the session ended more than 14 days ago");
        }
        const belongs =
          "staffId" in body
            ? await checkStaff(store, session.data, body.staffId)
            : await checkEnrolment(store.enrolments, session.data, body.enrolmentId);
        if (!belongs.ok) return belongs;
        const { link, url } = await auth.createLink(session.data, body);
        return replyJson(201, { ...link, url });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/links",
      summary: "Lists a session's join links, without their tokens",
      trail: { action: "links.read" },
      params: sessionParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(linkSchema) },
      async handle({ params, query }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        return replyJson(200, await store.links.list(session.data.id, query));
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/links/:linkId",
      summary: "One join link, without its token",
      trail: { action: "links.read" },
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: linkSchema },
      async handle({ params }) {
        const link = await store.links.find(params.linkId);
        return link ? replyJson(200, link) : refuse("not-found");
      },
    }),
    officeRoute({
      method: "delete",
      path: "/api/v1/links/:linkId",
      summary: "Revokes a join link and ends the connections that came by it",
      trail: { action: "link.revoked" },
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: linkSchema },
      async handle({ params }) {
        const revoked = await store.links.revoke(params.linkId, clock.now());
        if (!revoked.ok) return revoked;
        classes.endLink(params.linkId);
        return replyJson(200, revoked.data);
      },
    }),
  ];
}

async function checkStaff(store: Store, session: Session, id: StaffId): Promise<Result> {
  const staff = await store.staff.find(id);
  if (staff?.programmeId === session.programmeId) return accept();
  return fieldRefused("staffId", "is nobody of the session's programme");
}

async function checkEnrolment(
  enrolments: EnrolmentStore,
  session: Session,
  id: EnrolmentId,
): Promise<Result> {
  const enrolment = await enrolments.find(id);
  if (enrolment?.programmeId !== session.programmeId) {
    return fieldRefused("enrolmentId", "is nobody of the session's programme");
  }
  if (session.group !== null && enrolment.group !== session.group) {
    return fieldRefused("enrolmentId", `is not of the session's group ${session.group}`);
  }
  return accept();
}
