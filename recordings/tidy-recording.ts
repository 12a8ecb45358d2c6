import { readFile, truncate } from "node:fs/promises";
import type { Clock } from "../server/ports.ts";
import type { Programs } from "./find-programs.ts";
import { manifestFrom, manifestPath, openManifest } from "./manifest-file.ts";
import { salvageSegment } from "./salvage-segment.ts";
import { trackFilesIn, unfinishedTracks } from "./track-files.ts";

/** Finishes what a stop of the server cut off in one recording: segments become whole, tracks get their end. */
export async function tidyRecording(folder: string, programs: Programs | null, clock: Clock): Promise<void> {
  const path = manifestPath(folder);
  const text = await readFile(path, "utf8").catch(() => "");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  const lines = manifestFrom(whole);
  const ended = new Set(lines.flatMap((line) => (line.type === "track-ended" ? [line.trackId] : [])));
  const open = lines.flatMap((line) => (line.type === "track" && !ended.has(line.trackId) ? [line] : []));
  const left = await unfinishedTracks(folder);
  if (open.length === 0 && left.length === 0) return;
  const manifest = openManifest(folder);
  try {
    for (const trackId of left) {
      const files = trackFilesIn(folder, trackId);
      for (const number of await files.unfinished()) {
        const begun = lines.find(
          (line) => line.type === "segment-begun" && line.trackId === trackId && line.number === number,
        );
        if (begun?.type !== "segment-begun" || !programs) continue;
        const saved = await salvageSegment(programs, files.asideFile(number), files.wholeFile(number));
        if (!saved) continue;
        const { startAt } = begun;
        const endAt = startAt + 1000 * saved.seconds;
        const file = files.nameOf(number);
        const { bytes } = saved;
        const at = clock.now();
        await manifest.append({
          type: "segment",
          at,
          trackId,
          number,
          file,
          startAt,
          endAt,
          bytes,
          isSalvaged: true,
        });
      }
      if (programs) await files.clear();
    }
    for (const { trackId } of open) {
      await manifest.append({ type: "track-ended", at: clock.now(), trackId, reason: "server-stopped" });
    }
  } finally {
    await manifest.close();
  }
}
