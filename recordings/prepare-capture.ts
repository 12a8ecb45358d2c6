import { type FfmpegOrder, type FfmpegProcess, startFfmpeg } from "./ffmpeg-process.ts";
import type { Programs } from "./find-programs.ts";
import { freePortPair } from "./free-port-pair.ts";
import type { TrackFiles } from "./track-files.ts";

export type CaptureListener = Pick<FfmpegOrder, "onMissed" | "onSegmentBegun" | "onSegmentEnded">;

/** An ffmpeg that listens, or soon will, and the files of the track that it will capture. */
export interface PreparedCapture {
  readonly trackId: string;
  readonly kind: "audio" | "video";
  readonly files: TrackFiles;
  readonly port: number;
  readonly ffmpeg: FfmpegProcess;
  hasEnded(): boolean;
  /** Who hears of its segments; to be called before anything is sent to it. */
  hear(listener: CaptureListener): void;
  /** For one that was never used. */
  discard(): Promise<void>;
}

/** Starts an ffmpeg for a track whose folders are there. Throws where it has no ports. */
export async function prepareCapture(order: {
  readonly trackId: string;
  readonly kind: "audio" | "video";
  readonly files: TrackFiles;
  readonly programs: Programs;
}): Promise<PreparedCapture> {
  const { trackId, kind, files, programs } = order;
  let listener: CaptureListener | null = null;
  let hasEnded = false;
  const port = await freePortPair();
  const ffmpeg = startFfmpeg({
    programs,
    kind,
    port,
    folder: files.asideFolder,
    onMissed: () => listener?.onMissed(),
    onSegmentBegun: (...begun) => listener?.onSegmentBegun(...begun),
    onSegmentEnded: (...ended) => listener?.onSegmentEnded(...ended),
  });
  void ffmpeg.ended.then(() => {
    hasEnded = true;
  });
  return {
    trackId,
    kind,
    files,
    port,
    ffmpeg,
    hasEnded: () => hasEnded,
    hear(to) {
      listener = to;
    },
    async discard() {
      ffmpeg.kill();
      await ffmpeg.ended;
      await files.clear();
    },
  };
}
