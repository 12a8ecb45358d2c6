import { z } from "zod";
import { accept, refuse } from "../../protocol/errors.ts";
import { exportBodySchema, exportListSchema, recordingExportSchema } from "../../protocol/exports.ts";
import { exportIdSchema, recordingIdSchema } from "../../protocol/ids.ts";
import { attachment } from "../attachment.ts";
import { exportFileName } from "../export-file-name.ts";
import { type Viewer, watchedFrom } from "../recording-viewer.ts";
import { type Access, replyJson, viewerRoute } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts } from "./route-parts.ts";

const recordingParams = z.object({ recordingId: recordingIdSchema });
const exportParams = recordingParams.extend({ exportId: exportIdSchema });
const PATH = "/api/v1/recordings/:recordingId/exports";
const MAY_ASK: readonly Access[] = ["instructor", "facilitator", "admin", "staff-account"];
const MAY_READ: readonly Access[] = [...MAY_ASK, "auditor"];

/** RX10: MP4s of a recording, for its programme's staff and the office. */
export function exportRoutes({ exports, store }: RouteParts) {
  return [
    viewerRoute({
      method: "get",
      path: PATH,
      summary: "The MP4s that were made of a recording, how far they are, and whether another can be made",
      access: MAY_READ,
      params: recordingParams,
      query: noQuery,
      response: { status: 200, schema: exportListSchema },
      async handle({ params: { recordingId }, actor }) {
        const list = await exports.overview(recordingId);
        if (!list) return refuse("not-found", "nothing is kept of this recording");
        const canChange =
          actor.kind === "link" || (actor.kind === "account" && actor.account.role !== "auditor");
        return replyJson(200, { ...list, canChange });
      },
    }),
    viewerRoute({
      method: "post",
      path: PATH,
      summary:
        "Makes an MP4 of a recording, after the answer; one that is there in that language is answered",
      access: MAY_ASK,
      trail: { action: "recording.export-requested" },
      params: recordingParams,
      query: noQuery,
      body: { kind: "json", schema: exportBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 202, schema: recordingExportSchema },
      async handle({ params: { recordingId }, body: { language }, actor }) {
        const asked = await exports.request(recordingId, { language, by: idOf(actor) });
        return asked.ok ? replyJson(202, asked.data) : asked;
      },
    }),
    viewerRoute({
      method: "delete",
      path: `${PATH}/:exportId`,
      summary: "Cancels the making of an MP4, or deletes one that is done",
      access: MAY_ASK,
      trail: { action: "recording.export-removed" },
      params: exportParams,
      query: noQuery,
      response: { status: 200, schema: recordingExportSchema },
      async handle({ params: { recordingId, exportId } }) {
        const removed = await exports.remove(recordingId, exportId);
        return removed.ok ? replyJson(200, removed.data) : removed;
      },
    }),
    viewerRoute({
      method: "get",
      path: `${PATH}/:exportId/file`,
      summary: "An MP4 as a download, in parts too (Range)",
      access: MAY_READ,
      trail: { action: "recording.exported" },
      params: exportParams,
      query: noQuery,
      response: { status: 200, schema: null, types: ["video/mp4"] },
      async handle({ params: { recordingId, exportId } }) {
        const one = await exports.find(recordingId, exportId);
        if (!one || one.status === "deleted" || one.status === "cancelled") return refuse("export-unknown");
        if (one.status !== "done") return refuse("export-not-ready");
        const watched = await watchedFrom(store, recordingId);
        if (!watched.ok) return watched;
        const { session, recording } = watched.data;
        return accept({
          status: 200,
          headers: attachment(exportFileName(session, recording.startedAt)),
          body: { file: exports.file(recordingId, exportId), type: "video/mp4" },
        });
      },
    }),
  ];
}

function idOf(viewer: Viewer): string {
  if (viewer.kind === "guest") return viewer.share.id;
  return viewer.kind === "account" ? viewer.account.id : viewer.holder.person.personId;
}
