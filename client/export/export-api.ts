import type { ExportList, RecordingExport } from "../../server/protocol/exports.ts";
import { type Answer, requestJson } from "../http/request-json.ts";
import { language } from "../i18n/language.ts";

function pathOf(recordingId: string): string {
  return `/api/v1/recordings/${encodeURIComponent(recordingId)}/exports`;
}

/** Where a finished video is downloaded. */
export function exportAddress({ recordingId, exportId }: RecordingExport): string {
  return `${pathOf(recordingId)}/${encodeURIComponent(exportId)}/file`;
}

export const exportApi = {
  list: (recordingId: string): Promise<Answer<ExportList>> => requestJson(pathOf(recordingId)),
  /** In the language of the page. */
  make: (recordingId: string): Promise<Answer<RecordingExport>> =>
    requestJson(pathOf(recordingId), { method: "POST", body: { language: language.peek() } }),
  remove: ({ recordingId, exportId }: RecordingExport): Promise<Answer<RecordingExport>> =>
    requestJson(`${pathOf(recordingId)}/${encodeURIComponent(exportId)}`, { method: "DELETE" }),
};
