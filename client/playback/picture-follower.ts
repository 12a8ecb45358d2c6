import { followingFrom } from "./follow-clock.ts";
import { createMediaFeed, type MediaFeed, PICTURE_MIME } from "./media-feed.ts";
import { type Piece, pieceAt } from "./piece-plan.ts";

const HAVE_CURRENT_DATA = 2;
/** A jump takes a moment, in which the sound goes on. */
const LEAD_MS = 60;

export interface PictureFollowerParts {
  readonly element: HTMLVideoElement;
  durationMs(): number;
  pieces(): readonly Piece[];
  fetchPiece(piece: Piece, signal: AbortSignal): Promise<ArrayBuffer>;
  onChange(): void;
  onFault(fault: unknown): void;
}

/** Pictures in one element that keep to the sound. */
export interface PictureFollower {
  follow(clock: {
    readonly positionMs: number;
    readonly isRunning: boolean;
    /** It waits for what it begins with. */
    readonly isBeginning: boolean;
    readonly speed: number;
  }): void;
  /** Whether it has not yet what belongs here. */
  isLacking(positionMs: number): boolean;
  /** What it takes at this position, in kilobits a second. */
  kbitsAt(positionMs: number): number;
  refresh(): void;
  close(): void;
}

export function createPictureFollower(parts: PictureFollowerParts): PictureFollower {
  const { element } = parts;
  element.muted = true;
  element.playsInline = true;
  const feed: MediaFeed = createMediaFeed({ ...parts, mime: PICTURE_MIME, onLoaded: parts.onChange });
  for (const type of ["seeked", "canplay", "loadeddata"]) element.addEventListener(type, parts.onChange);

  /** Where frames are; between two pieces, or behind a file's last frame, the picture stays as it is. */
  function hasFramesAt(positionMs: number): boolean {
    const { buffered } = element;
    const at = positionMs / 1000;
    for (let index = 0; index < buffered.length; index += 1) {
      if (at >= buffered.start(index) && at < buffered.end(index)) return true;
    }
    return false;
  }

  function jump(positionMs: number): void {
    if (!element.seeking && hasFramesAt(positionMs)) element.currentTime = positionMs / 1000;
  }

  return {
    follow({ positionMs, isRunning, isBeginning, speed }) {
      feed.follow(positionMs, isBeginning);
      const isShown = pieceAt(parts.pieces(), positionMs) !== undefined && hasFramesAt(positionMs);
      const aheadMs = element.currentTime * 1000 - positionMs;
      const following = followingFrom({ aheadMs, isRunning, speed });
      if (following.kind === "jump") jump(positionMs + (isRunning ? LEAD_MS * speed : 0));
      else element.playbackRate = following.rate;
      if (isShown && isRunning) {
        if (element.paused) element.play().catch(() => undefined);
      } else if (!element.paused) element.pause();
    },
    isLacking(positionMs) {
      if (!feed.isLoadedAt(positionMs)) return true;
      if (!hasFramesAt(positionMs)) return false;
      return element.seeking || element.readyState < HAVE_CURRENT_DATA;
    },
    kbitsAt(positionMs) {
      const piece = pieceAt(parts.pieces(), positionMs);
      return piece ? (piece.bytes * 8) / (piece.endMs - piece.startMs) : 0;
    },
    refresh: feed.refresh,
    close: feed.close,
  };
}
