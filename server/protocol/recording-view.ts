import type { ClassEvent } from "./events.ts";
import { DEFAULT_KEPT_DAYS } from "./recordings.ts";
import type { RecordingView } from "./views.ts";

type RecordingEvent = Extract<
  ClassEvent,
  {
    type:
      | "recording.started"
      | "recording.paused"
      | "recording.resumed"
      | "recording.limited"
      | "recording.stopped";
  }
> & { readonly at: number };

/** The recording after what happened to it; null where there is none any more. */
export function recordingAfter(recording: RecordingView | null, event: RecordingEvent): RecordingView | null {
  switch (event.type) {
    case "recording.started": {
      const { recordingId, rooms, hasChat, at, keptDays = DEFAULT_KEPT_DAYS } = event;
      return { recordingId, isPaused: false, isLimited: false, rooms, hasChat, startedAt: at, keptDays };
    }
    case "recording.paused":
    case "recording.resumed":
      return recording && { ...recording, isPaused: event.type === "recording.paused" };
    case "recording.limited":
      return recording && { ...recording, isLimited: event.isLimited };
    case "recording.stopped":
      return null;
  }
}
