import * as Y from "yjs";

/** Well under what the server takes at once (64 kB). */
const BATCH_BYTES = 48_000;

/** Where bytes are kept that a reload must not lose; sessionStorage, or a Map in tests. */
export type Keep = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What was written here and has not been acknowledged: in memory, and in this tab's own store. */
export interface PendingUpdates {
  add(update: Uint8Array): void;
  /** The oldest of them as one update; null where all is acknowledged. They stay until `settle`. */
  next(): Uint8Array | null;
  /** What `next` gave has been acknowledged. */
  settle(): void;
  /** Puts one update in the place of all. */
  replace(update: Uint8Array | null): void;
  all(): readonly Uint8Array[];
  isEmpty(): boolean;
}

export function createPendingUpdates(keep: Keep, key: string): PendingUpdates {
  let updates: readonly Uint8Array[] = keptIn(keep, key);
  let given = 0;

  function store(): void {
    try {
      if (updates.length === 0) keep.removeItem(key);
      else keep.setItem(key, updates.map(textFrom).join(" "));
    } catch {
      // A full store: what was written is still in memory and goes out with the next connection.
    }
  }

  return {
    add(update) {
      updates = [...updates, update];
      store();
    },
    next() {
      let bytes = 0;
      given = updates.findIndex((update, index) => {
        bytes += update.byteLength;
        return index > 0 && bytes > BATCH_BYTES;
      });
      if (given < 0) given = updates.length;
      return given === 0 ? null : Y.mergeUpdates(updates.slice(0, given));
    },
    settle() {
      updates = updates.slice(given);
      given = 0;
      store();
    },
    replace(update) {
      updates = update ? [update] : [];
      given = 0;
      store();
    },
    all: () => updates,
    isEmpty: () => updates.length === 0,
  };
}

function keptIn(keep: Keep, key: string): readonly Uint8Array[] {
  const text = keep.getItem(key);
  if (!text) return [];
  try {
    return text.split(" ").map((part) => Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0)));
  } catch {
    return [];
  }
}

function textFrom(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
