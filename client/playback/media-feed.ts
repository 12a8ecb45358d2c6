import { createSerialQueue } from "../media/serial-queue.ts";
import { farPieces, nextPiece, type Piece, pieceAt } from "./piece-plan.ts";

/** How far ahead of the position an element is fed while it plays, and how much stays behind it. */
const AHEAD_MS = 25_000;
/** While it is to begin, only what it begins with: others need the line too. */
const BEGINNING_MS = 1_500;
const BEHIND_MS = 20_000;
const KEPT_AHEAD_MS = 60_000;

export interface MediaFeedParts {
  readonly element: HTMLMediaElement;
  readonly mime: string;
  durationMs(): number;
  /** In order, without overlap. May become others while it plays. */
  pieces(): readonly Piece[];
  /** Rejects when it is given up or cannot be fetched at all. */
  fetchPiece(piece: Piece, signal: AbortSignal): Promise<ArrayBuffer>;
  onLoaded(): void;
  onFault(fault: unknown): void;
}

/** Feeds one element with the pieces around a position, and with nothing else. */
export interface MediaFeed {
  /** Fetches what is missing around here; what is fetched for elsewhere is given up. */
  follow(positionMs: number, isBeginning: boolean): void;
  /** Whether what belongs here is in the element; also where nothing belongs. */
  isLoadedAt(positionMs: number): boolean;
  /** The pieces are others now: what is in the element stays, what is missing is fetched. */
  refresh(): void;
  close(): void;
}

type SourceClass = typeof MediaSource;
/** iPhones have this one alone. */
const Source: SourceClass | undefined =
  (globalThis as { ManagedMediaSource?: SourceClass }).ManagedMediaSource ?? globalThis.MediaSource;

export const SOUND_MIME = 'audio/webm; codecs="opus"';
export const PICTURE_MIME = 'video/webm; codecs="vp8"';

/** Whether this browser can play recordings at all. */
export function canPlayRecordings(): boolean {
  return Source?.isTypeSupported(PICTURE_MIME) === true && Source.isTypeSupported(SOUND_MIME);
}

/** Where the browser cannot play this at all, that is a fault. */
export function createMediaFeed(parts: MediaFeedParts): MediaFeed {
  if (Source?.isTypeSupported(parts.mime)) return feedFrom(new Source(), parts);
  queueMicrotask(() => parts.onFault(new Error(`this browser plays no ${parts.mime}`)));
  return { follow() {}, isLoadedAt: () => false, refresh() {}, close() {} };
}

function feedFrom(source: MediaSource, parts: MediaFeedParts): MediaFeed {
  const { element, onFault } = parts;
  const address = URL.createObjectURL(source);
  const queue = createSerialQueue();
  const loaded = new Map<number, Piece>();
  let buffer: SourceBuffer | null = null;
  let position = 0;
  let aheadMs = BEGINNING_MS;
  let fetching: { readonly piece: Piece; readonly abort: AbortController } | null = null;
  let isClosed = false;

  element.disableRemotePlayback = true;
  element.src = address;
  source.addEventListener("sourceopen", open, { once: true });

  function open(): void {
    URL.revokeObjectURL(address);
    if (isClosed) return;
    source.duration = parts.durationMs() / 1000;
    buffer = source.addSourceBuffer(parts.mime);
    void pump();
  }

  const isLoaded = ({ startMs }: Piece) => loaded.has(startMs);

  async function pump(): Promise<void> {
    if (fetching || isClosed || !buffer) return;
    const piece = nextPiece(parts.pieces(), isLoaded, position, aheadMs);
    if (!piece) return;
    const abort = new AbortController();
    fetching = { piece, abort };
    let fault: unknown = null;
    try {
      const bytes = await parts.fetchPiece(piece, abort.signal);
      await queue(() => append(piece, bytes));
    } catch (thrown) {
      fault = thrown;
    }
    fetching = null;
    if (isClosed) return;
    if (fault !== null && !abort.signal.aborted) onFault(fault);
    else void pump();
  }

  async function append(piece: Piece, bytes: ArrayBuffer): Promise<void> {
    if (isClosed || !buffer) return;
    await forget(farPieces(loaded.values(), position, { behindMs: BEHIND_MS, aheadMs: KEPT_AHEAD_MS }));
    buffer.appendWindowStart = 0;
    buffer.appendWindowEnd = piece.endMs / 1000;
    buffer.timestampOffset = piece.startMs / 1000;
    buffer.appendBuffer(bytes);
    await updated(buffer);
    loaded.set(piece.startMs, piece);
    if (!isClosed) parts.onLoaded();
  }

  async function forget(pieces: readonly Piece[]): Promise<void> {
    for (const { startMs, endMs } of pieces) {
      if (isClosed || !buffer) return;
      buffer.remove(startMs / 1000, endMs / 1000);
      await updated(buffer);
      loaded.delete(startMs);
    }
  }

  return {
    follow(positionMs, isBeginning) {
      position = positionMs;
      aheadMs = isBeginning ? BEGINNING_MS : AHEAD_MS;
      const wanted = nextPiece(parts.pieces(), isLoaded, position, aheadMs);
      // Somebody jumped: what they left behind is not waited for.
      const isElsewhere =
        fetching !== null &&
        (fetching.piece.endMs <= position || fetching.piece.startMs > position + aheadMs);
      const isLate = fetching !== null && wanted !== undefined && wanted.startMs < fetching.piece.startMs;
      if (isElsewhere || isLate) fetching?.abort.abort();
      void pump();
    },
    isLoadedAt(positionMs) {
      const piece = pieceAt(parts.pieces(), positionMs);
      return piece === undefined || isLoaded(piece);
    },
    refresh() {
      if (source.readyState === "open") {
        void queue(async () => {
          if (!isClosed && buffer) source.duration = Math.max(source.duration, parts.durationMs() / 1000);
        }).catch(() => undefined);
      }
      void pump();
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      fetching?.abort.abort();
      element.pause();
      element.removeAttribute("src");
      element.load();
    },
  };
}

function updated(buffer: SourceBuffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (!buffer.updating) return Promise.resolve();
  const end = () => {
    buffer.removeEventListener("updateend", end);
    buffer.removeEventListener("error", fail);
    resolve();
  };
  const fail = () => {
    buffer.removeEventListener("updateend", end);
    reject(new Error("the browser could not read a piece of the recording"));
  };
  buffer.addEventListener("updateend", end);
  buffer.addEventListener("error", fail, { once: true });
  return promise;
}
