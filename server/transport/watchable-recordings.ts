import type { Store } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { WatchableRecording } from "../protocol/watchable-recordings.ts";

/** PY10: a session's recordings that are there to be watched, in order of their beginning. */
export async function watchableRecordings(
  store: Pick<Store, "recordings">,
  sessionId: SessionId,
): Promise<WatchableRecording[]> {
  const recordings = await store.recordings.list(sessionId);
  return recordings
    .filter(({ deletion }) => deletion === null)
    .map(({ recordingId, startedAt, endedAt }) => ({ recordingId, startedAt, endedAt }));
}
