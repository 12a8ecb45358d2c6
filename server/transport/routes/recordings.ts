import { z } from "zod";
import { decideProlong } from "../../domain/recording-retention.ts";
import type { Recording } from "../../ports.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { type RecordingId, recordingIdSchema } from "../../protocol/ids.ts";
import {
  type RecordingJson,
  recordingDeletionBodySchema,
  recordingListSchema,
  recordingPageSchema,
  recordingProlongationBodySchema,
  recordingSchema,
  recordingsQuerySchema,
} from "../../protocol/recording-office.ts";
import { recordingFor, seenProgrammes } from "../recording-place.ts";
import { recordingsWithNames } from "../recording-views.ts";
import { type Access, officeRoute, replyJson } from "../route.ts";
import {
  MAX_JSON_BYTES,
  noQuery,
  officerIdOf,
  type RouteParts,
  sessionFrom,
  sessionParams,
} from "./route-parts.ts";

export const recordingParams = z.object({ recordingId: recordingIdSchema });
/** Who teaches sees the recordings of their own programmes. */
export const SEES_RECORDINGS: readonly Access[] = ["admin", "auditor", "read-key", "staff-account"];

/** RO4–RO7: the recordings, how long they are kept, and deleting them. */
export function recordingRoutes(parts: RouteParts) {
  return [...lists(parts), ...keeping(parts)];
}

function lists(parts: RouteParts) {
  const { store } = parts;
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/recordings",
      summary: "Lists recordings, the newest first, with those that were deleted",
      access: SEES_RECORDINGS,
      trail: { action: "recordings.read" },
      params: z.object({}),
      query: recordingsQuerySchema,
      response: { status: 200, schema: recordingPageSchema },
      async handle({ query: { filter, page }, actor }) {
        const seen = await seenProgrammes(store, actor, "see");
        const { programme, session } = filter;
        const asked = programme === undefined ? seen : (seen ?? [programme]).filter((id) => id === programme);
        const found = await store.recordings.page({ session, programmes: asked ?? undefined }, page);
        const items = await recordingsWithNames(parts, found.items);
        return replyJson(200, { items, nextCursor: found.nextCursor });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/recordings/:recordingId",
      summary: "One recording",
      access: SEES_RECORDINGS,
      trail: { action: "recordings.read" },
      params: recordingParams,
      query: noQuery,
      response: { status: 200, schema: recordingSchema },
      async handle({ params, actor }) {
        const found = await recordingFor(store, actor, params.recordingId);
        if (!found.ok) return found;
        const view = await viewOf(parts, found.data.recording);
        return view.ok ? replyJson(200, view.data) : view;
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/sessions/:sessionId/recordings",
      summary: "A session's recordings, in order of their beginning",
      access: SEES_RECORDINGS,
      trail: { action: "recordings.read" },
      params: sessionParams,
      query: noQuery,
      response: { status: 200, schema: recordingListSchema },
      async handle({ params, actor }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        const seen = await seenProgrammes(store, actor, "see");
        if (seen !== null && !seen.includes(session.data.programmeId)) return refuse("forbidden");
        const items = await recordingsWithNames(parts, await store.recordings.list(params.sessionId));
        return replyJson(200, { items });
      },
    }),
  ];
}

function keeping(parts: RouteParts) {
  const { store, clock, recordingKeeper } = parts;
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/recordings/:recordingId/prolongation",
      summary: "Keeps a recording longer, with a reason",
      trail: {
        action: "recording.prolonged",
        about: ({ body }) => ({ detail: { keptUntil: body.keptUntil } }),
      },
      params: recordingParams,
      query: noQuery,
      body: { kind: "json", schema: recordingProlongationBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: recordingSchema },
      async handle({ params: { recordingId }, body, actor }) {
        const found = await recordingFor(store, actor, recordingId);
        if (!found.ok) return found;
        const at = clock.now();
        const may = decideProlong(found.data.recording, body.keptUntil, at);
        if (!may.ok) return may;
        const done = await store.recordings.prolong(recordingId, { ...body, by: officerIdOf(actor), at });
        return done ? shown(parts, recordingId) : refuse("recording-deleted");
      },
    }),
    officeRoute({
      method: "post",
      path: "/api/v1/recordings/:recordingId/deletion",
      summary: "Deletes a recording with all its files, for good; a row stays that says when and why",
      trail: { action: "recording.deleted", about: () => ({ detail: { reason: "staff" } }) },
      params: recordingParams,
      query: noQuery,
      body: { kind: "json", schema: recordingDeletionBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: recordingSchema },
      async handle({ params: { recordingId }, body, actor }) {
        const order = { by: officerIdOf(actor), note: body.reason };
        const done = await recordingKeeper.delete(recordingId, order);
        return done.ok ? shown(parts, recordingId) : done;
      },
    }),
  ];
}

async function shown(parts: RouteParts, recordingId: RecordingId) {
  const recording = await parts.store.recordings.find(recordingId);
  const view: Result<RecordingJson> = recording ? await viewOf(parts, recording) : refuse("not-found");
  return view.ok ? replyJson(200, view.data) : view;
}

async function viewOf(parts: RouteParts, recording: Recording): Promise<Result<RecordingJson>> {
  const [view] = await recordingsWithNames(parts, [recording]);
  return view ? accept(view) : refuse("not-found");
}
