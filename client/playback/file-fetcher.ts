import type { PlaybackLeave } from "../../server/protocol/playback.ts";

/** Why a recording does not go on. */
export type PlaybackFault =
  /** Nothing answers; it is tried again all the while. */
  | "offline"
  /** One may not watch it any more, or it is gone. */
  | "refused"
  /** The browser cannot read what was recorded. */
  | "unreadable";

export class PlaybackError extends Error {
  readonly fault: PlaybackFault;
  constructor(fault: PlaybackFault) {
    super(`a recording's file could not be fetched: ${fault}`);
    this.fault = fault;
  }
}

const RETRY_MS = [300, 1_000, 2_000, 4_000] as const;

export interface FileFetcherParts {
  /** The leave that counts now. */
  leave(): PlaybackLeave;
  /** Gets another one; false where there is none any more. */
  renew(): Promise<boolean>;
  onFetched(bytes: number, tookMs: number): void;
  /** It fails, and is tried again; null: it works again. */
  onTrouble(fault: PlaybackFault | null): void;
}

/** Fetches a file of the recording, again and again while the line is down. Rejects with a PlaybackError, or given up. */
export type FetchFile = (path: string, signal: AbortSignal) => Promise<ArrayBuffer>;

export function createFileFetcher({ leave, renew, onFetched, onTrouble }: FileFetcherParts): FetchFile {
  async function once(path: string, signal: AbortSignal): Promise<ArrayBuffer | number> {
    const response = await fetch(leave().path + path, { signal, credentials: "same-origin" });
    if (!response.ok) return response.status;
    // What the server needs to make it says nothing of the line.
    const begunAt = performance.now();
    const bytes = await response.arrayBuffer();
    onFetched(bytes.byteLength, performance.now() - begunAt);
    return bytes;
  }

  return async (path, signal) => {
    let hasRenewed = false;
    for (let attempt = 0; ; attempt += 1) {
      const got = await once(path, signal).catch(() => null);
      signal.throwIfAborted();
      if (got instanceof ArrayBuffer) {
        onTrouble(null);
        return got;
      }
      if ((got === 403 || got === 401) && !hasRenewed) {
        hasRenewed = true;
        if (await renew()) continue;
      }
      if (got !== null && got < 500 && got !== 429) throw new PlaybackError("refused");
      onTrouble("offline");
      await waited(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0, signal);
    }
  };
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
