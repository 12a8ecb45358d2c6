import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RecordedTrackOf, Recorder, RecordingFiles } from "../server/ports.ts";
import { recordingIdSchema } from "../server/protocol/ids.ts";
import type { ManifestLine } from "../server/protocol/recordings.ts";
import type { DiskUse } from "./disk-use.ts";
import { FLOOR_BYTES, freeBytesOf } from "./free-bytes.ts";
import { manifestFrom, manifestPath } from "./manifest-file.ts";
import { manifestWithout } from "./manifest-without.ts";

export interface RecordingFilesParts {
  readonly dir: string;
  readonly use: DiskUse;
  readonly recorder: Pick<Recorder, "isRecording">;
  /** The bytes that a folder's disk has free. */
  freeBytes?(folder: string): Promise<number>;
}

/** The recordings' folders, as the office works with them. */
export function createRecordingFiles(parts: RecordingFilesParts): RecordingFiles {
  const { dir, use, recorder, freeBytes = freeBytesOf } = parts;
  return {
    bytesOf: (recordingId) => use.bytesOf(join(dir, recordingId)),
    async space() {
      const [usedBytes, diskFreeBytes] = await Promise.all([use.total(), freeBytes(dir)]);
      return { usedBytes, diskFreeBytes, floorBytes: FLOOR_BYTES };
    },
    async folders() {
      const names = await readdir(dir).catch(() => []);
      return names.flatMap((name) => recordingIdSchema.safeParse(name).data ?? []);
    },
    async remove(recordingId) {
      await rm(join(dir, recordingId), { recursive: true, force: true });
    },
    async removePerson(recordingId, personId) {
      if (recorder.isRecording(recordingId)) return false;
      const folder = join(dir, recordingId);
      const before = await linesIn(folder);
      if (before.length === 0) return true;
      const { lines, trackIds } = manifestWithout(before, personId);
      // The lines go last: until then a second run knows what there is to delete.
      await removeDerived(folder);
      for (const trackId of trackIds) {
        await rm(join(folder, trackId), { recursive: true, force: true });
        await rm(join(folder, "aside", trackId), { recursive: true, force: true });
      }
      await replaceManifest(folder, lines);
      // Somebody who watched meanwhile may have had it made again, of the old lines.
      await removeDerived(folder);
      return true;
    },
    async tracksOf(recordingId, personId) {
      return tracksFrom(await linesIn(join(dir, recordingId)), personId);
    },
  };
}

async function linesIn(folder: string): Promise<readonly ManifestLine[]> {
  const text = await readFile(manifestPath(folder), "utf8").catch((err: unknown) => {
    if (err instanceof Error && "code" in err && err.code === "ENOENT") return "";
    throw err;
  });
  return manifestFrom(text);
}

/** All but the manifest and the tracks was made of them, and can be made again: indexes, stills, exports, captions. */
async function removeDerived(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name === "manifest.jsonl" || name === "aside" || /^\d{6}$/.test(name)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function replaceManifest(folder: string, lines: readonly ManifestLine[]): Promise<void> {
  const aside = join(folder, "manifest.jsonl.new");
  const file = await open(aside, "w");
  try {
    await file.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, manifestPath(folder));
  const directory = await open(folder, "r");
  await directory.sync().finally(() => directory.close());
}

function tracksFrom(lines: readonly ManifestLine[], personId: string): readonly RecordedTrackOf[] {
  const own = lines.flatMap((line) => (line.type === "track" && line.personId === personId ? [line] : []));
  return own.map(({ trackId, source, room, at }) => {
    const segments = lines.flatMap((line) =>
      line.type === "segment" && line.trackId === trackId ? [line] : [],
    );
    return {
      source,
      room,
      startAt: Math.round(segments[0]?.startAt ?? at),
      endAt: Math.round(segments.at(-1)?.endAt ?? at),
    };
  });
}
