import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type RecordingId, recordingIdSchema } from "../server/protocol/ids.ts";
import type { RecordedTimeline } from "../server/protocol/playback.ts";
import { manifestPath } from "./manifest-file.ts";
import { type ReadManifest, readManifest } from "./manifest-reader.ts";
import { timelineFrom } from "./timeline-from.ts";

/** So many recordings are watched at a time before a manifest is read again. */
const KEPT = 20;

interface KeptTimeline {
  /** Size, time and place of the manifest it was made from. */
  readonly version: string;
  readonly manifest: Promise<ReadManifest>;
  readonly timeline: Promise<RecordedTimeline | null>;
}

/** Time lines of the recordings under `dir`, kept until their manifests change; of what grows only the end is read. */
export function createTimelines(dir: string) {
  const kept = new Map<RecordingId, KeptTimeline>();

  function read(recordingId: RecordingId, path: string, version: string): KeptTimeline {
    const before = kept.get(recordingId)?.manifest.catch(() => null) ?? Promise.resolve(null);
    const manifest = before.then((known) => readManifest(path, known));
    const timeline = manifest.then(({ lines }) => timelineFrom(lines));
    timeline.catch(() => kept.delete(recordingId));
    return { version, manifest, timeline };
  }

  return {
    /** However far it has come; null where nothing was written. */
    async of(recordingId: RecordingId): Promise<RecordedTimeline | null> {
      // A second check beside the type: these ids become paths.
      if (!recordingIdSchema.safeParse(recordingId).success) return null;
      const path = manifestPath(join(dir, recordingId));
      const found = await stat(path).catch(() => null);
      if (!found) return null;
      const version = `${found.size} ${found.mtimeMs} ${found.ino}`;
      const known = kept.get(recordingId);
      const now = known?.version === version ? known : read(recordingId, path, version);
      kept.delete(recordingId);
      kept.set(recordingId, now);
      for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
      return await now.timeline;
    },
  };
}
