import { readFile, truncate } from "node:fs/promises";
import type { Clock } from "../server/ports.ts";
import type { Programs } from "./find-programs.ts";
import { manifestFrom, manifestPath, newestEpochIn, openManifest } from "./manifest-file.ts";
import { salvageSegment } from "./salvage-segment.ts";
import { trackFilesIn, unfinishedTracks } from "./track-files.ts";

/**
 * Finishes what a stop of the server cut off in one recording: segments become whole, tracks get their end. With an
 * epoch it is taken up in that one first, so that nobody who wrote it before adds to it any more.
 */
export async function tidyRecording(
  folder: string,
  programs: Programs | null,
  clock: Clock,
  epoch?: number,
): Promise<void> {
  const path = manifestPath(folder);
  if (epoch !== undefined) await takeUp(folder, clock, epoch);
  const text = await readFile(path, "utf8").catch(() => "");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  const lines = manifestFrom(whole);
  const ended = new Set(lines.flatMap((line) => (line.type === "track-ended" ? [line.trackId] : [])));
  const open = lines.flatMap((line) => (line.type === "track" && !ended.has(line.trackId) ? [line] : []));
  const left = await unfinishedTracks(folder);
  if (open.length === 0 && left.length === 0) return;
  const manifest = openManifest(folder, epoch ?? (newestEpochIn(lines) || undefined));
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
      if (!programs) continue;
      // Another node that stands still may believe that the track is its own: nobody gets the number.
      await (epoch === undefined ? files.clear() : files.dropAside());
    }
    for (const { trackId } of open) {
      await manifest.append({ type: "track-ended", at: clock.now(), trackId, reason: "server-stopped" });
    }
  } finally {
    await manifest.close();
  }
}

/** A line that a stop cut off is ended first: it would spoil this one. */
async function takeUp(folder: string, clock: Clock, epoch: number): Promise<void> {
  const text = await readFile(manifestPath(folder), "utf8").catch(() => "");
  // Nothing was written yet: whoever begins it writes the first line.
  if (!text.includes("\n")) return;
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) await truncate(manifestPath(folder), Buffer.byteLength(whole));
  const manifest = openManifest(folder, epoch);
  try {
    await manifest.append({ type: "taken-up", at: clock.now() });
  } finally {
    await manifest.close();
  }
}
