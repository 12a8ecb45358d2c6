import { z } from "zod";
import { accept, refuse } from "../../protocol/errors.ts";
import { linkIdSchema, type RecordingId, recordingIdSchema } from "../../protocol/ids.ts";
import { playbackLeaveSchema, playbackTimelineSchema } from "../../protocol/playback.ts";
import { watchableRecordingsSchema } from "../../protocol/watchable-recordings.ts";
import { LEAVE_MS } from "../playback-leave.ts";
import { playbackTimelineOf } from "../playback-timeline.ts";
import { credentialOf, type Viewer, watchedFrom } from "../recording-viewer.ts";
import { linkRoute, replyJson, viewerRoute } from "../route.ts";
import { watchableRecordings } from "../watchable-recordings.ts";
import { noQuery, type RouteParts } from "./route-parts.ts";

const recordingParams = z.object({ recordingId: recordingIdSchema });

/** PB6–PB9: a recording for who may watch it. */
export function playbackRoutes(parts: RouteParts) {
  const { store, auth, clock } = parts;

  function leaveFor(recordingId: RecordingId, viewer: Viewer) {
    const expiresAt = clock.now() + LEAVE_MS;
    const leave = auth.leaveFor({ recordingId, credential: credentialOf(viewer) }, expiresAt);
    return { path: `/api/v1/recordings/${recordingId}/media/${leave}/`, expiresAt, renewInMs: LEAVE_MS / 2 };
  }

  async function timelineFor(recordingId: RecordingId, viewer: Viewer) {
    const watched = await watchedFrom(store, recordingId);
    if (!watched.ok) return watched;
    const timeline = await playbackTimelineOf(parts, watched.data.recording, watched.data.session);
    if (!timeline.ok) return timeline;
    const json = { ...timeline.data, leave: leaveFor(recordingId, viewer) };
    // Thousands of segments are megabytes of digits, and a line may be thin.
    return accept({ status: 200, body: { json }, isCompressible: true });
  }

  return [
    viewerRoute({
      method: "get",
      path: "/api/v1/recordings/:recordingId/playback",
      summary:
        "What a player needs of a recording, on one time line, and where its files are for a few minutes",
      trail: { action: "recording.watched" },
      params: recordingParams,
      query: noQuery,
      response: { status: 200, schema: playbackTimelineSchema },
      async handle({ params: { recordingId }, actor }) {
        const timeline = await timelineFor(recordingId, actor);
        if (timeline.ok && actor.kind === "guest") {
          await store.recordingLinks.noteView(actor.share.id, clock.now());
        }
        return timeline;
      },
    }),
    viewerRoute({
      method: "get",
      path: "/api/v1/recordings/:recordingId/media/:leave/timeline",
      summary: "The time line again, of a recording that is open: what has come since",
      params: recordingParams.extend({ leave: z.string() }),
      query: noQuery,
      response: { status: 200, schema: playbackTimelineSchema },
      async handle({ params: { recordingId, leave }, actor }) {
        if (!auth.isLeave({ recordingId, credential: credentialOf(actor) }, leave))
          return refuse("forbidden");
        return timelineFor(recordingId, actor);
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/recordings",
      summary: "The recordings of the class that can be watched",
      access: ["participant", "instructor", "facilitator"],
      params: z.object({ linkId: linkIdSchema }),
      query: noQuery,
      response: { status: 200, schema: watchableRecordingsSchema },
      async handle({ actor: { session } }) {
        return replyJson(200, { items: await watchableRecordings(store, session.id) });
      },
    }),
    viewerRoute({
      method: "post",
      path: "/api/v1/recordings/:recordingId/playback/renewal",
      summary: "Where the files of a recording that is being watched are for some more minutes",
      params: recordingParams,
      query: noQuery,
      response: { status: 200, schema: playbackLeaveSchema },
      async handle({ params: { recordingId }, actor }) {
        return replyJson(200, leaveFor(recordingId, actor));
      },
    }),
  ];
}
