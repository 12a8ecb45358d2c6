import type { PlaybackTrack } from "../../server/protocol/playback.ts";
import { SOUND_PIECE_MS } from "../../server/protocol/playback.ts";

/** A file that is put into an element as a whole; `startMs` is where its first picture or sound belongs. */
export interface Piece {
  /** Below the recording's address. */
  readonly path: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly bytes: number;
}

/** What a piece of sound weighs, about. */
const SOUND_BYTES = { full: 40_000, thin: 20_000 } as const;

/** Pieces of sound, in order, as far as there is something to hear: what is still being captured comes later. */
export function soundPiecesFrom(
  timeline: { readonly durationMs: number; readonly isUnderWay: boolean },
  room: string,
  quality: "full" | "thin",
): readonly Piece[] {
  // A segment is told of when it is whole, and some are late.
  const knownMs = timeline.isUnderWay ? timeline.durationMs - LATE_MS : timeline.durationMs;
  const count = timeline.isUnderWay
    ? Math.floor(knownMs / SOUND_PIECE_MS)
    : Math.ceil(knownMs / SOUND_PIECE_MS);
  return Array.from({ length: Math.max(0, count) }, (_, number) => ({
    path: `sound/${quality}/${room}/${number}`,
    startMs: number * SOUND_PIECE_MS,
    endMs: (number + 1) * SOUND_PIECE_MS,
    bytes: SOUND_BYTES[quality],
  }));
}

const LATE_MS = 12_000;

/** The segments of tracks that follow each other, in order; where two overlap the one that began later counts. */
export function picturePiecesFrom(tracks: readonly PlaybackTrack[]): readonly Piece[] {
  const pieces = tracks.flatMap(({ trackId, segments }) =>
    segments.map(({ number, ...segment }) => ({ path: `tracks/${trackId}/${number}`, ...segment })),
  );
  return pieces
    .sort((a, b) => a.startMs - b.startMs)
    .flatMap((piece, index, all) => {
      const endMs = Math.min(piece.endMs, all[index + 1]?.startMs ?? Infinity);
      return endMs > piece.startMs ? [{ ...piece, endMs }] : [];
    });
}

/** The piece at a moment; undefined where there is none. */
export function pieceAt(pieces: readonly Piece[], positionMs: number): Piece | undefined {
  const piece = pieces[indexAfter(pieces, positionMs) - 1];
  return piece && positionMs < piece.endMs ? piece : undefined;
}

/** What to fetch next: the piece at the position, then those that follow within `aheadMs`; undefined: nothing now. */
export function nextPiece(
  pieces: readonly Piece[],
  isLoaded: (piece: Piece) => boolean,
  positionMs: number,
  aheadMs: number,
): Piece | undefined {
  const first = Math.max(0, indexAfter(pieces, positionMs) - 1);
  for (let index = first; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (!piece || piece.startMs > positionMs + aheadMs) return undefined;
    if (piece.endMs > positionMs && !isLoaded(piece)) return piece;
  }
  return undefined;
}

/** What lies so far from the position that it need not be kept. */
export function farPieces(
  loaded: Iterable<Piece>,
  positionMs: number,
  { behindMs, aheadMs }: { readonly behindMs: number; readonly aheadMs: number },
): readonly Piece[] {
  return [...loaded].filter(
    ({ startMs, endMs }) => endMs < positionMs - behindMs || startMs > positionMs + aheadMs,
  );
}

/** How many begin at or before a moment. */
function indexAfter(pieces: readonly Piece[], positionMs: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.startMs ?? Infinity) <= positionMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
