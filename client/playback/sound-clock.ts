import { createMediaFeed, SOUND_MIME } from "./media-feed.ts";
import type { Piece } from "./piece-plan.ts";

/** HTMLMediaElement.HAVE_FUTURE_DATA: it can go on. */
const HAVE_FUTURE_DATA = 3;

export interface SoundClockParts {
  readonly startMs: number;
  durationMs(): number;
  pieces(): readonly Piece[];
  fetchPiece(piece: Piece, signal: AbortSignal): Promise<ArrayBuffer>;
  onChange(): void;
  onFault(fault: unknown): void;
  /** The browser wants a click first. */
  onBlocked(): void;
}

/** The sound of a room in one element: what it has reached is what time it is, for everything else. */
export interface SoundClock {
  readonly element: HTMLAudioElement;
  positionMs(): number;
  seek(positionMs: number): void;
  run(isRunning: boolean): void;
  isReady(): boolean;
  /** Fetches around the position; also when the pieces have become others. */
  feed(isBeginning: boolean): void;
  refresh(): void;
  close(): void;
}

export function createSoundClock(parts: SoundClockParts): SoundClock {
  const element = new Audio();
  element.preservesPitch = true;
  // Before there is anything to hear it stands where it is to begin.
  let startMs: number | null = parts.startMs;
  const feed = createMediaFeed({ ...parts, element, mime: SOUND_MIME, onLoaded: parts.onChange });
  for (const type of ["playing", "waiting", "canplay", "seeked", "stalled"]) {
    element.addEventListener(type, parts.onChange);
  }
  element.addEventListener("loadedmetadata", () => {
    if (startMs !== null) element.currentTime = startMs / 1000;
    startMs = null;
  });

  const positionMs = () => startMs ?? element.currentTime * 1000;
  return {
    element,
    positionMs,
    seek(target) {
      if (startMs === null) element.currentTime = target / 1000;
      else startMs = target;
      feed.follow(target, true);
    },
    run(isRunning) {
      if (!isRunning) element.pause();
      else if (element.paused) {
        element.play().catch((fault: unknown) => {
          if (fault instanceof DOMException && fault.name === "NotAllowedError") parts.onBlocked();
        });
      }
    },
    isReady: () => startMs === null && !element.seeking && element.readyState >= HAVE_FUTURE_DATA,
    feed: (isBeginning) => feed.follow(positionMs(), isBeginning),
    refresh: feed.refresh,
    close: feed.close,
  };
}
