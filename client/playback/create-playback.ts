import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { RoomId } from "../../server/protocol/ids.ts";
import type { PlaybackTimeline, PlaybackTrack } from "../../server/protocol/playback.ts";
import { refreshPlayback, renewPlayback } from "../http/playback-api.ts";
import { createFileFetcher, PlaybackError, type PlaybackFault } from "./file-fetcher.ts";
import { isLineTooSlow, lineAfterFetch, lineAfterWait, UNKNOWN_LINE } from "./line-speed.ts";
import { createPictureFollower, type PictureFollower } from "./picture-follower.ts";
import { picturePiecesFrom, soundPiecesFrom } from "./piece-plan.ts";
import { playableFrom, type Speed } from "./position-rules.ts";
import { createSoundClock, type SoundClock } from "./sound-clock.ts";
import { createStillFollower, type StillFollower } from "./still-follower.ts";

/**
 * What is fetched besides slides: `full` sound and pictures; `stills` sound and a still of the share every few seconds;
 * `slides` sound alone.
 */
export type PlaybackMode = "full" | "stills" | "slides";

const TICK_MS = 100;
/** Sound waits for pictures at most so long; then it goes on, and they come when they come. */
const HELD_MS = 4_000;
/** While it runs, a picture that is late for less is not waited for. */
const GRACE_MS = 300;
/** Where nothing more comes so near to the end, it is the end. */
const LAST_MS = 500;
const REFRESH_MS = 20_000;
const SOUND_KBITS = { full: 40, stills: 20, slides: 20 } as const;

/** Plays one recording. Nothing is drawn here: pictures go into the elements that are attached. */
export interface Playback {
  readonly timeline: ReadonlySignal<PlaybackTimeline>;
  /** Milliseconds since the recording's beginning. */
  readonly positionMs: ReadonlySignal<number>;
  readonly isPlaying: ReadonlySignal<boolean>;
  /** It is to play, and cannot yet. */
  readonly isWaiting: ReadonlySignal<boolean>;
  readonly hasEnded: ReadonlySignal<boolean>;
  readonly speed: ReadonlySignal<Speed>;
  readonly mode: ReadonlySignal<PlaybackMode>;
  readonly room: ReadonlySignal<RoomId>;
  /** The line is too slow for what is played: offer another mode. */
  readonly isLineSlow: ReadonlySignal<boolean>;
  readonly fault: ReadonlySignal<PlaybackFault | null>;
  /** To be called in a click, at least the first time: browsers want one. */
  play(): void;
  pause(): void;
  seek(positionMs: number): void;
  setSpeed(speed: Speed): void;
  setMode(mode: PlaybackMode): void;
  setRoom(room: RoomId): void;
  /** From 0 to 1. */
  setVolume(volume: number): void;
  /**
   * Shows tracks that follow each other in an element: all cameras of one person, say. In `stills` a share's stills are
   * the element's poster. The result detaches.
   */
  attach(element: HTMLVideoElement, tracks: readonly PlaybackTrack[]): () => void;
  /** Where a file of the recording is for now: `decks/…/pages/3/960`. */
  address(path: string): string;
  /** After a fault that is not `offline`, from which it goes on by itself. */
  retry(): void;
  close(): void;
}

interface Attached {
  readonly element: HTMLVideoElement;
  readonly tracks: readonly PlaybackTrack[];
  follower: PictureFollower | null;
  stills: StillFollower | null;
}

export function createPlayback(first: PlaybackTimeline): Playback {
  const timeline = signal(first);
  const positionMs = signal(playableFrom(first, 0));
  const isPlaying = signal(false);
  const isWaiting = signal(false);
  const hasEnded = signal(false);
  const speed = signal<Speed>(1);
  const mode = signal<PlaybackMode>("full");
  const room = signal<RoomId>("main");
  const isLineSlow = signal(false);
  const fault = signal<PlaybackFault | null>(null);
  const attached = new Set<Attached>();
  let line = UNKNOWN_LINE;
  let leave = first.leave;
  let renewing: Promise<boolean> | null = null;
  /** When the sound began to wait for pictures; null while it does not. */
  let heldAt: number | null = null;
  /** Until everything is there it does not begin: set by a jump. */
  let isBeginning = true;
  let volume = 1;
  let isClosed = false;

  async function renew(): Promise<boolean> {
    const renewed = await renewPlayback(first.recordingId);
    if (renewed.ok) leave = renewed.data;
    return renewed.ok;
  }
  function renewOnce(): Promise<boolean> {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  }

  const fetchFile = createFileFetcher({
    leave: () => leave,
    renew: renewOnce,
    onFetched(bytes, tookMs) {
      line = lineAfterFetch(line, bytes, tookMs);
    },
    onTrouble(trouble) {
      if (fault.value === null || fault.value === "offline") fault.value = trouble;
    },
  });

  function onFault(thrown: unknown): void {
    if (isClosed) return;
    fault.value = thrown instanceof PlaybackError ? thrown.fault : "unreadable";
  }

  const shared = {
    durationMs: () => timeline.value.durationMs,
    fetchPiece: (piece: { readonly path: string }, abort: AbortSignal) => fetchFile(piece.path, abort),
    onChange: () => tick(),
    onFault,
  };

  function newClock(startMs: number): SoundClock {
    const pieces = cached(() => {
      const quality = mode.value === "full" ? "full" : "thin";
      return {
        key: `${room.value} ${quality}`,
        make: () => soundPiecesFrom(timeline.value, room.value, quality),
      };
    });
    const clock = createSoundClock({ ...shared, startMs, pieces, onBlocked: pause });
    clock.element.volume = volume;
    clock.element.defaultPlaybackRate = speed.value;
    clock.element.playbackRate = speed.value;
    return clock;
  }

  /** Made again when the time line grows, or what they are made by changes. */
  function cached<Made>(from: () => { readonly key: string; make(): Made }): () => Made {
    let known: { readonly key: string; readonly of: PlaybackTimeline; readonly made: Made } | null = null;
    return () => {
      const { key, make } = from();
      const of = timeline.value;
      if (known?.key !== key || known.of !== of) known = { key, of, made: make() };
      return known.made;
    };
  }

  let clock = newClock(positionMs.value);

  function piecesOf({ tracks }: Attached) {
    const ids = new Set(tracks.map(({ trackId }) => trackId));
    return cached(() => ({
      key: "",
      make: () => picturePiecesFrom(timeline.value.tracks.filter(({ trackId }) => ids.has(trackId))),
    }));
  }

  function engage(one: Attached): void {
    disengage(one);
    const { element } = one;
    const pieces = piecesOf(one);
    if (mode.value === "full") one.follower = createPictureFollower({ ...shared, element, pieces });
    else if (mode.value === "stills" && one.tracks.some(({ source }) => source === "screen")) {
      one.stills = createStillFollower(element, pieces, fetchFile);
    }
  }

  function disengage(one: Attached): void {
    one.follower?.close();
    one.stills?.close();
    one.follower = null;
    one.stills = null;
  }

  /** Whether the sound is to wait for pictures now. */
  function isHeld(now: number): boolean {
    const position = positionMs.value;
    const isLacking = [...attached].some(({ follower }) => follower?.isLacking(position));
    if (!isLacking) {
      heldAt = null;
      if (clock.isReady()) isBeginning = false;
      return false;
    }
    heldAt ??= now;
    const lacksMs = now - heldAt;
    return lacksMs < HELD_MS && (isBeginning || lacksMs > GRACE_MS);
  }

  function tick(): void {
    if (isClosed || (fault.value !== null && fault.value !== "offline")) return;
    const reached = clock.positionMs();
    const playable = playableFrom(timeline.value, reached);
    if (isPlaying.value && playable > reached + 1) {
      jump(playable);
      return;
    }
    batch(() => {
      positionMs.value = playable;
      const leftMs = timeline.value.durationMs - playable;
      // The last sound is a little shorter than the recording, and an element stops just before its end.
      const isAtEnd = leftMs <= 1 || (leftMs < LAST_MS && !clock.isReady());
      if (isAtEnd && isPlaying.value) pause();
      hasEnded.value = isAtEnd;
      const isRunning = isPlaying.value && !isHeld(performance.now());
      clock.run(isRunning);
      clock.feed(isBeginning);
      const isMoving = isRunning && clock.isReady();
      for (const { follower, stills } of attached) {
        follower?.follow({ positionMs: playable, isRunning: isMoving, isBeginning, speed: speed.value });
        stills?.follow(playable);
      }
      wait(isPlaying.value && !isMoving);
      isLineSlow.value = mode.value === "full" && isLineTooSlow(line, neededKbits());
    });
  }

  function wait(isToWait: boolean): void {
    if (isToWait && !isWaiting.value && !isBeginning) line = lineAfterWait(line, performance.now());
    isWaiting.value = isToWait;
  }

  function neededKbits(): number {
    const pictures = [...attached].map(({ follower }) => follower?.kbitsAt(positionMs.value) ?? 0);
    return speed.value * pictures.reduce((sum, kbits) => sum + kbits, SOUND_KBITS[mode.value]);
  }

  function jump(target: number): void {
    isBeginning = true;
    heldAt = null;
    positionMs.value = target;
    hasEnded.value = false;
    clock.seek(target);
    tick();
  }

  function pause(): void {
    isPlaying.value = false;
    clock.run(false);
    tick();
  }

  async function refresh(): Promise<void> {
    if (!timeline.value.isUnderWay) return;
    const answer = await refreshPlayback(leave);
    if (!answer.ok || isClosed) return;
    leave = answer.data.leave;
    timeline.value = answer.data;
    clock.refresh();
    for (const { follower } of attached) follower?.refresh();
  }

  const ticking = setInterval(tick, TICK_MS);
  const renewal = setInterval(() => void renewOnce(), first.leave.renewInMs);
  const refreshing = setInterval(() => void refresh(), REFRESH_MS);
  clock.feed(true);

  return {
    timeline,
    positionMs,
    isPlaying,
    isWaiting,
    hasEnded,
    speed,
    mode,
    room,
    isLineSlow,
    fault,
    play() {
      if (isPlaying.value || isClosed) return;
      isPlaying.value = true;
      if (hasEnded.value) jump(playableFrom(timeline.value, 0));
      // In the click itself: what is held back in the next moment may begin by itself afterwards.
      clock.run(true);
      tick();
    },
    pause,
    seek: (target) => jump(playableFrom(timeline.value, target)),
    setSpeed(next) {
      speed.value = next;
      clock.element.defaultPlaybackRate = next;
      clock.element.playbackRate = next;
      tick();
    },
    setMode(next) {
      if (next === mode.value) return;
      mode.value = next;
      line = { ...line, waitedAt: [] };
      isBeginning = true;
      for (const one of attached) engage(one);
      tick();
    },
    setRoom(next) {
      if (next === room.value) return;
      room.value = next;
      clock.close();
      clock = newClock(positionMs.value);
      isBeginning = true;
      tick();
    },
    setVolume(next) {
      volume = Math.min(1, Math.max(0, next));
      clock.element.volume = volume;
    },
    attach(element, tracks) {
      const one: Attached = { element, tracks, follower: null, stills: null };
      attached.add(one);
      engage(one);
      tick();
      return () => {
        if (attached.delete(one)) disengage(one);
      };
    },
    address: (path) => leave.path + path,
    retry() {
      fault.value = null;
      tick();
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(ticking);
      clearInterval(renewal);
      clearInterval(refreshing);
      clock.close();
      for (const one of attached) disengage(one);
      attached.clear();
    },
  };
}
