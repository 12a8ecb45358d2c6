import { createHash } from "node:crypto";
import { access } from "node:fs/promises";
import { join } from "node:path";
import type { MadeFile, Playback } from "../server/ports.ts";
import type { RecordingId } from "../server/protocol/ids.ts";
import { SOUND_PIECE_MS } from "../server/protocol/playback.ts";
import { createDerivedFiles } from "./derived-files.ts";
import { createDerivedJobs } from "./derived-jobs.ts";
import { findPrograms } from "./find-programs.ts";
import { heardIn } from "./sound-mix.ts";
import { soundPieceArguments, soundPieceFrom } from "./sound-piece.ts";
import { stillArguments } from "./still-arguments.ts";
import { createTimelines } from "./timelines.ts";
import { segmentName } from "./track-files.ts";

export interface PlaybackOptions {
  /** Recordings lie in a folder each under it. */
  readonly dir: string;
  /** The PATH on which ffmpeg is looked for. */
  readonly programPath: string;
}

/** Opens what was recorded under `dir` to who watches it. */
export async function createPlayback({ dir, programPath }: PlaybackOptions): Promise<Playback> {
  const programs = await findPrograms(programPath);
  const timelines = createTimelines(dir);
  const jobs = createDerivedJobs();
  const derived = createDerivedFiles(dir);
  const folderOf = (recordingId: RecordingId) => join(dir, recordingId);

  async function segment(recordingId: RecordingId, trackId: string, number: number) {
    const timeline = await timelines.of(recordingId);
    const track = timeline?.tracks.find((one) => one.trackId === trackId);
    if (!track?.segments.some((one) => one.number === number)) return null;
    const file = join(folderOf(recordingId), trackId, segmentName(number));
    return await access(file).then(
      () => ({ file, codec: track.codec }),
      () => null,
    );
  }

  return {
    timeline: timelines.of,

    async segmentFile(recordingId, trackId, number) {
      return (await segment(recordingId, trackId, number))?.file ?? null;
    },

    async soundPiece(recordingId, room, number, quality): Promise<MadeFile | null> {
      const timeline = await timelines.of(recordingId);
      const fromMs = number * SOUND_PIECE_MS;
      if (!timeline || !programs || fromMs >= timeline.durationMs) return null;
      const folder = folderOf(recordingId);
      const order = { folder, tracks: timeline.tracks, room, fromMs, toMs: fromMs + SOUND_PIECE_MS };
      const heard = heardIn(order);
      // Named by what it is made of: what is captured later, or taken away, makes it another piece.
      const made = createHash("sha256").update(JSON.stringify(heard)).digest("hex").slice(0, 16);
      const name = heard.length === 0 ? "silence" : `${room}/${number}-${made}`;
      return derived.file(folder, `sound/${quality}/${name}.webm`, async () => {
        const ogg = await jobs.run(programs, soundPieceArguments(order, quality));
        return ogg && soundPieceFrom(ogg, SOUND_PIECE_MS);
      });
    },

    async still(recordingId, trackId, number, second): Promise<MadeFile | null> {
      const found = await segment(recordingId, trackId, number);
      if (found?.codec !== "vp8" || !programs) return null;
      const name = `stills/${trackId}/${number}-${second}.webp`;
      return derived.file(folderOf(recordingId), name, async () => {
        const picture = await jobs.run(programs, stillArguments(found.file, second));
        return picture && picture.length > 0 ? picture : null;
      });
    },

    async close() {
      jobs.close();
    },
  };
}
