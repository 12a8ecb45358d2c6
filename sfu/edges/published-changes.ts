import type { PublishedMedia } from "../subscription.ts";

/** So many in one letter; links take no letters of any size. */
const AT_ONCE = 500;

export interface PublishedChange {
  /** New, or not what it was. */
  readonly published: readonly PublishedMedia[];
  /** Producers that are gone. */
  readonly gone: readonly string[];
}

/** What another node has been told of what is published, and what it has to be told yet. */
export class PublishedChanges {
  readonly #told = new Map<string, string>();

  /** In pieces, none where nothing has changed; counts as told from here on. */
  next(now: readonly PublishedMedia[]): readonly PublishedChange[] {
    const ids = new Set(now.map(({ producerId }) => producerId));
    const gone = [...this.#told.keys()].filter((producerId) => !ids.has(producerId));
    for (const producerId of gone) this.#told.delete(producerId);
    const changed = now.filter((media) => {
      const text = JSON.stringify(media);
      if (this.#told.get(media.producerId) === text) return false;
      this.#told.set(media.producerId, text);
      return true;
    });
    if (changed.length === 0 && gone.length === 0) return [];
    const pieces = Math.max(1, Math.ceil(changed.length / AT_ONCE));
    return Array.from({ length: pieces }, (_, index) => ({
      published: changed.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
      gone: index === 0 ? gone : [],
    }));
  }
}

/** What is published after a change, in the order in which it was first. */
export function publishedAfter(
  before: readonly PublishedMedia[],
  { published, gone }: PublishedChange,
): readonly PublishedMedia[] {
  const now = new Map(before.map((media) => [media.producerId, media]));
  for (const producerId of gone) now.delete(producerId);
  for (const media of published) now.set(media.producerId, media);
  return [...now.values()];
}
