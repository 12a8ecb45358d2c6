import type { PlaybackLeave, PlaybackTimeline } from "../../server/protocol/playback.ts";
import { requestJson } from "./request-json.ts";

const pathOf = (recordingId: string) => `/api/v1/recordings/${encodeURIComponent(recordingId)}/playback`;

/** Opens a recording: what a player needs of it. Each call is one row of the trail. */
export function fetchPlayback(recordingId: string) {
  return requestJson<PlaybackTimeline>(pathOf(recordingId));
}

/** New addresses for the files of a recording that is open. */
export function renewPlayback(recordingId: string) {
  return requestJson<PlaybackLeave>(`${pathOf(recordingId)}/renewal`, { method: "POST", body: {} });
}

/** What has come since, of a recording that is under way and open. */
export function refreshPlayback(leave: PlaybackLeave) {
  return requestJson<PlaybackTimeline>(`${leave.path}timeline`);
}
