import { STILL_EVERY_S } from "../../server/protocol/playback.ts";
import type { FetchFile } from "./file-fetcher.ts";
import { type Piece, pieceAt } from "./piece-plan.ts";

/** Where the still of a moment is; null where there is no picture then. */
export function stillPathAt(pieces: readonly Piece[], positionMs: number): string | null {
  const piece = pieceAt(pieces, positionMs);
  if (!piece) return null;
  const second = Math.floor((positionMs - piece.startMs) / 1000 / STILL_EVERY_S) * STILL_EVERY_S;
  return `${piece.path.replace(/^tracks/, "stills")}/${second}`;
}

/** Shows in an element's place a still every few seconds. */
export interface StillFollower {
  follow(positionMs: number): void;
  close(): void;
}

export function createStillFollower(
  element: HTMLVideoElement,
  pieces: () => readonly Piece[],
  fetchFile: FetchFile,
): StillFollower {
  let shown: string | null = null;
  let address: string | null = null;
  let abort = new AbortController();

  function put(next: string | null): void {
    if (address) URL.revokeObjectURL(address);
    address = next;
    if (next === null) element.removeAttribute("poster");
    else element.poster = next;
  }

  async function show(path: string | null): Promise<void> {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    if (path === null) return put(null);
    try {
      const bytes = await fetchFile(path, signal);
      if (!signal.aborted) put(URL.createObjectURL(new Blob([bytes], { type: "image/webp" })));
    } catch {
      // Given up for a later one, or it could not be made: the one before stays.
    }
  }

  return {
    follow(positionMs) {
      const path = stillPathAt(pieces(), positionMs);
      if (path === shown) return;
      shown = path;
      void show(path);
    },
    close() {
      abort.abort();
      put(null);
    },
  };
}
