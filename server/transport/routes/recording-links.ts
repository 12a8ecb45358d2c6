import { z } from "zod";
import { decideShare } from "../../domain/recording-retention.ts";
import { tokenBodySchema } from "../../protocol/api.ts";
import { refuse } from "../../protocol/errors.ts";
import { recordingLinkIdSchema } from "../../protocol/ids.ts";
import {
  recordingLinkBodySchema,
  recordingLinkCreatedSchema,
  recordingLinkListSchema,
  recordingLinkSchema,
  sharedRecordingSchema,
} from "../../protocol/recording-office.ts";
import { recordingFor } from "../recording-place.ts";
import type { Guest } from "../recording-shares.ts";
import { recordingLinksWithNames } from "../recording-views.ts";
import { type Access, officeRoute, openRoute, replyJson } from "../route.ts";
import { recordingParams, SEES_RECORDINGS } from "./recordings.ts";
import { MAX_JSON_BYTES, noParams, noQuery, officerIdOf, type RouteParts } from "./route-parts.ts";

/** RO8: who else may watch; instructors share the recordings of their own programmes. */
const SHARES: readonly Access[] = ["admin", "write-key", "staff-account"];
const shareParams = z.object({ recordingLinkId: recordingLinkIdSchema });

export function recordingLinkRoutes(parts: RouteParts) {
  return [...officeRoutes(parts), guestRoute(parts)];
}

function officeRoutes({ store, auth, clock }: RouteParts) {
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/recordings/:recordingId/links",
      summary: "Makes a link by which anybody who has it watches the recording until a date",
      access: SHARES,
      trail: {
        action: "recording.shared",
        about: ({ body, json }) => ({
          detail: { expiresAt: body.expiresAt, ...(json ? { link: json.id } : {}) },
        }),
      },
      params: recordingParams,
      query: noQuery,
      body: { kind: "json", schema: recordingLinkBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: recordingLinkCreatedSchema },
      async handle({ params, body, actor }) {
        const found = await recordingFor(store, actor, params.recordingId, "share");
        if (!found.ok) return found;
        const { recording } = found.data;
        const may = decideShare(recording, body.expiresAt, clock.now());
        if (!may.ok) return may;
        const { share, url } = await auth.createShare(recording, { ...body, by: officerIdOf(actor) });
        const [view] = await recordingLinksWithNames(store, [share]);
        return view ? replyJson(201, { ...view, url }) : refuse("not-found");
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/recordings/:recordingId/links",
      summary: "The links to a recording, with how often they were used; their addresses are not kept",
      access: SEES_RECORDINGS,
      trail: { action: "recordings.read" },
      params: recordingParams,
      query: noQuery,
      response: { status: 200, schema: recordingLinkListSchema },
      async handle({ params, actor }) {
        const found = await recordingFor(store, actor, params.recordingId);
        if (!found.ok) return found;
        const links = await store.recordingLinks.list(params.recordingId);
        return replyJson(200, { items: await recordingLinksWithNames(store, links) });
      },
    }),
    officeRoute({
      method: "delete",
      path: "/api/v1/recording-links/:recordingLinkId",
      summary: "Revokes a link: who came by it sees nothing more",
      access: SHARES,
      trail: {
        action: "recording.share-ended",
        about: ({ json }) =>
          json
            ? {
                subject: { kind: "recording", id: json.recordingId },
                detail: { link: json.id },
              }
            : {},
      },
      params: shareParams,
      query: noQuery,
      response: { status: 200, schema: recordingLinkSchema },
      async handle({ params, actor }) {
        const link = await store.recordingLinks.find(params.recordingLinkId);
        if (!link) return refuse("not-found", "there is no such link");
        const found = await recordingFor(store, actor, link.recordingId, "share");
        if (!found.ok) return found;
        await store.recordingLinks.revoke(link.id, clock.now());
        const revoked = await store.recordingLinks.find(link.id);
        const [view] = revoked ? await recordingLinksWithNames(store, [revoked]) : [];
        return view ? replyJson(200, view) : refuse("not-found");
      },
    }),
  ];
}

function guestRoute({ store, auth }: RouteParts) {
  async function sharedFrom({ share, recording, session }: Guest) {
    const programme = await store.programmes.find(session.programmeId);
    return {
      recordingId: recording.recordingId,
      title: session.title,
      programme: programme?.title ?? "",
      timeZone: session.timeZone,
      startedAt: recording.startedAt,
      endedAt: recording.endedAt ?? recording.startedAt,
      expiresAt: share.expiresAt,
    };
  }
  return openRoute({
    method: "post",
    path: "/api/v1/shared",
    summary: "Exchanges a recording link's token for the link's own cookie, and says what it opens",
    params: noParams,
    query: noQuery,
    body: { kind: "json", schema: tokenBodySchema, maxBytes: MAX_JSON_BYTES },
    response: { status: 200, schema: sharedRecordingSchema },
    limit: "guess",
    async handle({ body }) {
      const exchanged = await auth.exchangeShareToken(body.token);
      if (!exchanged.ok) return exchanged;
      return replyJson(200, await sharedFrom(exchanged.data), { "Set-Cookie": exchanged.data.cookie });
    },
  });
}
