import { z } from "zod";
import { disputesUntil } from "../../domain/disputes.ts";
import type { Session } from "../../ports.ts";
import {
  disputeAnswerBodySchema,
  disputeBodySchema,
  disputeListSchema,
  disputeProposalBodySchema,
  disputeSchema,
  MAX_DISPUTE_BODY_BYTES,
  ownDisputeSchema,
  ownDisputesSchema,
} from "../../protocol/disputes.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { type DisputeId, disputeIdSchema, linkIdSchema } from "../../protocol/ids.ts";
import type { TrailAction } from "../../protocol/trail.ts";
import { attachment } from "../attachment.ts";
import { disputesWithNames, ownDisputeFrom } from "../dispute-views.ts";
import type { StandingDispute } from "../disputes.ts";
import { linkRoute, officeRoute, type Reply, replyJson } from "../route.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  officerIdOf,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

const linkParams = z.object({ linkId: linkIdSchema });
const ofDispute = { disputeId: disputeIdSchema };
const FILE_TYPES = ["application/pdf", "image/jpeg", "image/png", "image/webp"] as const;

export function disputeRoutes(parts: RouteParts) {
  return [...ownDisputeRoutes(parts), ...sessionDisputeRoutes(parts)];
}

function ownDisputeRoutes({ disputes }: RouteParts) {
  return [
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/disputes",
      summary: "What the participant disputed of the session, and what became of it",
      access: ["participant"],
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: ownDisputesSchema },
      async handle({ actor: { link, session, person } }) {
        const all = await disputes.list(session);
        return replyJson(200, {
          items: all.filter(({ dispute }) => dispute.enrolmentId === person.personId).map(ownDisputeFrom),
          until: disputesUntil(session),
          linkExpiresAt: link.expiresAt,
        });
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/disputes",
      summary:
        "Disputes a slot that has ended, with a reason and perhaps a file; the same again is the same one",
      trail: {
        action: "dispute.filed",
        about: ({ json }) => ({ subject: { kind: "dispute", id: json?.disputeId ?? null } }),
      },
      access: ["participant"],
      params: linkParams,
      query: noQuery,
      body: { kind: "json", schema: disputeBodySchema, maxBytes: MAX_DISPUTE_BODY_BYTES },
      response: { status: 201, schema: ownDisputeSchema },
      async handle({ body, actor: { link, session } }) {
        if (!link.enrolmentId) return refuse("forbidden");
        const filed = await disputes.file(session, link.enrolmentId, body);
        return filed.ok ? replyJson(201, ownDisputeFrom(filed.data)) : filed;
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/disputes/:disputeId/file",
      summary: "The file of one's own dispute",
      access: ["participant"],
      params: linkParams.extend(ofDispute),
      query: noQuery,
      response: { status: 200, schema: null, types: FILE_TYPES },
      async handle({ params, actor: { session, person } }) {
        const found = await disputes.find(session, params.disputeId);
        if (!found.ok) return found;
        if (found.data.dispute.enrolmentId !== person.personId) return refuse("dispute-unknown");
        return fileReply(found.data, disputes.filePath(params.disputeId));
      },
    }),
  ];
}

function sessionDisputeRoutes(parts: RouteParts) {
  const { store, disputes } = parts;
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/disputes",
      summary: "Every dispute of the session and what became of it, for ever",
      trail: { action: "disputes.read" },
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: disputeListSchema },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const all = await disputes.list(session.data);
        return replyJson(200, { items: await disputesWithNames(store, session.data, all) });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/disputes/:disputeId/file",
      summary: "The file that came with a dispute, as a download",
      trail: { action: "dispute.file-exported" },
      params: sessionParams.extend(ofDispute),
      query: noQuery,
      response: { status: 200, schema: null, types: FILE_TYPES },
      async handle({ params }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const found = await disputes.find(session.data, params.disputeId);
        return found.ok ? fileReply(found.data, disputes.filePath(params.disputeId)) : found;
      },
    }),
    replyRoute(parts, {
      step: "propose",
      action: "adjustment.proposed",
      summary: "Makes a proposal of a dispute; somebody else has to approve it",
      schema: disputeProposalBodySchema,
      run: (session, id, body, by) => disputes.propose(session, id, body, by),
    }),
    replyRoute(parts, {
      step: "reject",
      action: "dispute.rejected",
      summary: "Rejects a dispute, with a reason that the participant reads",
      schema: disputeAnswerBodySchema,
      run: (session, id, { reason }, by) => disputes.reject(session, id, reason, by),
    }),
  ];
}

function replyRoute<Body extends z.ZodType>(
  { store }: RouteParts,
  reply: {
    readonly step: "propose" | "reject";
    readonly action: TrailAction;
    readonly summary: string;
    readonly schema: Body;
    readonly run: (
      session: Session,
      id: DisputeId,
      body: z.output<Body>,
      by: string,
    ) => Promise<Result<StandingDispute>>;
  },
) {
  return officeRoute({
    method: "post",
    path: `/api/v1/sessions/:sessionId/disputes/:disputeId/${reply.step}`,
    summary: reply.summary,
    trail: {
      action: reply.action,
      about: ({ json }) => ({ people: json ? [json.enrolmentId] : [] }),
    },
    params: sessionParams.extend(ofDispute),
    query: noQuery,
    body: { kind: "json", schema: reply.schema, maxBytes: MAX_JSON_BYTES },
    response: { status: 200, schema: disputeSchema },
    async handle({ params, body, actor }) {
      const session = await sessionFrom(store, params.sessionId);
      if (!session.ok) return session;
      const done = await reply.run(session.data, params.disputeId, body, officerIdOf(actor));
      if (!done.ok) return done;
      const [dispute] = await disputesWithNames(store, session.data, [done.data]);
      return dispute ? replyJson(200, dispute) : refuse("dispute-unknown");
    },
  });
}

/** DP3: a download under a name of ours, whatever is in it. */
function fileReply({ dispute }: StandingDispute, path: string): Result<Reply<never>> {
  const { file } = dispute;
  if (!file) return refuse("not-found", "no file came with it");
  const ending = file.name.split(".").at(-1);
  return accept({
    status: 200,
    headers: {
      ...attachment(`lampiran-${dispute.id}.${ending}`),
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
    body: { file: path, type: file.type },
  });
}
