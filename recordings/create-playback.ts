import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Playback } from "../server/ports.ts";
import { type RecordingId, recordingIdSchema } from "../server/protocol/ids.ts";
import type { RecordedTimeline } from "../server/protocol/playback.ts";
import { manifestFrom, manifestPath } from "./manifest-file.ts";
import { timelineFrom } from "./timeline-from.ts";

/** So many recordings are watched at a time before a manifest is read again. */
const KEPT_TIMELINES = 20;

export interface PlaybackOptions {
  /** Recordings lie in a folder each under it. */
  readonly dir: string;
}

interface KeptTimeline {
  /** Size and time of the manifest it was made from. */
  readonly version: string;
  readonly timeline: Promise<RecordedTimeline | null>;
}

/** Opens what was recorded under `dir` to who watches it. */
export function createPlayback({ dir }: PlaybackOptions): Playback {
  const kept = new Map<RecordingId, KeptTimeline>();

  async function timeline(recordingId: RecordingId): Promise<RecordedTimeline | null> {
    // A second check beside the type: these ids become paths.
    if (!recordingIdSchema.safeParse(recordingId).success) return null;
    const path = manifestPath(join(dir, recordingId));
    const found = await stat(path).catch(() => null);
    if (!found) return null;
    const version = `${found.size} ${found.mtimeMs}`;
    const known = kept.get(recordingId);
    kept.delete(recordingId);
    const made =
      known?.version === version
        ? known
        : { version, timeline: readFile(path, "utf8").then((text) => timelineFrom(manifestFrom(text))) };
    kept.set(recordingId, made);
    for (const oldest of kept.keys()) if (kept.size > KEPT_TIMELINES) kept.delete(oldest);
    made.timeline.catch(() => kept.delete(recordingId));
    return made.timeline;
  }

  return { timeline };
}
