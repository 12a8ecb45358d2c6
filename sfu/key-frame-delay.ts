import type { MediaSource } from "../server/protocol/media.ts";

const CAMERA_MS = 300;
const SHARE_MS = 1_000;

/**
 * A publisher is asked for one keyframe in so long, however many viewers ask: it is what a newcomer waits for at most. A
 * share's is ten times as large as a camera's, and its pictures are few: one a second is what its bitrate bears (LJ2).
 */
export function keyFrameDelayMsFrom(source: MediaSource): number {
  return source === "camera" ? CAMERA_MS : SHARE_MS;
}
