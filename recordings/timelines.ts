import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type RecordingId, recordingIdSchema } from "../server/protocol/ids.ts";
import type { RecordedTimeline } from "../server/protocol/playback.ts";
import { manifestFrom, manifestPath } from "./manifest-file.ts";
import { timelineFrom } from "./timeline-from.ts";

/** So many recordings are watched at a time before a manifest is read again. */
const KEPT = 20;

interface KeptTimeline {
  /** Size and time of the manifest it was made from. */
  readonly version: string;
  readonly timeline: Promise<RecordedTimeline | null>;
}

/** Time lines of the recordings under `dir`, kept until their manifests change. */
export function createTimelines(dir: string) {
  const kept = new Map<RecordingId, KeptTimeline>();

  function read(recordingId: RecordingId, path: string, version: string): KeptTimeline {
    const timeline = readFile(path, "utf8").then((text) => timelineFrom(manifestFrom(text)));
    timeline.catch(() => kept.delete(recordingId));
    return { version, timeline };
  }

  return {
    /** However far it has come; null where nothing was written. */
    async of(recordingId: RecordingId): Promise<RecordedTimeline | null> {
      // A second check beside the type: these ids become paths.
      if (!recordingIdSchema.safeParse(recordingId).success) return null;
      const path = manifestPath(join(dir, recordingId));
      const found = await stat(path).catch(() => null);
      if (!found) return null;
      const version = `${found.size} ${found.mtimeMs}`;
      const known = kept.get(recordingId);
      const now = known?.version === version ? known : read(recordingId, path, version);
      kept.delete(recordingId);
      kept.set(recordingId, now);
      for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
      return await now.timeline;
    },
  };
}
