import type { ExportSource, Playback, Slides, Store } from "../ports.ts";
import type { RecordingId } from "../protocol/ids.ts";
import { playbackTimelineOf } from "./playback-timeline.ts";
import { watchedFrom } from "./recording-viewer.ts";

/** What an export shows is what who watches sees; null where nothing is kept of the recording. */
export function exportSourceReader(parts: {
  readonly store: Store;
  readonly slides: Pick<Slides, "pages">;
  readonly playback: Playback;
}): (recordingId: RecordingId) => Promise<ExportSource | null> {
  return async (recordingId) => {
    const watched = await watchedFrom(parts.store, recordingId);
    if (!watched.ok) return null;
    const { recording, session } = watched.data;
    const timeline = await playbackTimelineOf(parts, recording, session);
    return timeline.ok ? timeline.data : null;
  };
}
