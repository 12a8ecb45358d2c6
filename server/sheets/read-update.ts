import * as Y from "yjs";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { CHOICES_ROOT } from "../protocol/sheets.ts";
import { isPlaceOf, type Place, type SheetShape } from "./sheet-shape.ts";

/** More Yjs clients than a person can have had in one sheet, and few enough to look at in no time. */
const MAX_CLIENTS = 100;
/** No clock of an honest client gets there: all that one person could type in years. */
const MAX_CLOCK = 2 ** 40;

export interface ReadUpdate {
  /** Letters that come new into each text, by root. */
  readonly inserted: ReadonlyMap<string, number>;
  /** The Yjs clients under whose numbers something is new. */
  readonly clients: readonly number[];
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/**
 * Looks at an update before the document sees it: whether it is well formed, touches only what the sheet's
 * shape has, and builds on nothing that the document lacks. Changes nothing and never throws.
 *
 * Yjs takes almost anything and keeps what it cannot place for later; therefore everything that it would have to
 * believe (parents, origins, clocks, ranges of deletions) is followed here first.
 */
export function readUpdate(doc: Y.Doc, shape: SheetShape, update: Uint8Array): Result<ReadUpdate> {
  const decoded = decodedFrom(update);
  if (!decoded) return refuse("sheet-malformed", "no Yjs update");
  const items = itemsIn(decoded);
  if (!items) return refuse("sheet-malformed", "holds more than texts, choices and deletions");
  const queues = Map.groupBy(items, (item) => item.id.client);
  if (queues.size > MAX_CLIENTS) return refuse("sheet-malformed", "too many clients");
  const reading = createReading(doc, queues);
  const inserted = new Map<string, number>();
  const clients = new Set<number>();
  for (;;) {
    const before = reading.count();
    for (const queue of queues.keys()) {
      for (let item = reading.next(queue); item; item = reading.next(queue)) {
        const place = reading.placeOf(item);
        if (!place || !isPlaceOf(shape, place) || !isContentOf(shape, place, item.content)) {
          return refuse("sheet-malformed", "stands where nothing may stand");
        }
        if (!isContinued(doc, item, place)) {
          return refuse("sheet-malformed", "goes on with something else");
        }
        const isNew = item.id.clock + item.length > Y.getState(doc.store, item.id.client);
        if (isNew) clients.add(item.id.client);
        if (isNew && item.content instanceof Y.ContentString) {
          inserted.set(place.root, (inserted.get(place.root) ?? 0) + item.length);
        }
        reading.take(item, place);
      }
    }
    if (reading.count() === before) break;
  }
  if (reading.count() < items.length || !reading.hasAll(decoded.ds)) return refuse("sheet-behind");
  return accept({ inserted, clients: [...clients] });
}

function decodedFrom(update: Uint8Array): Decoded | null {
  try {
    return Y.decodeUpdate(update);
  } catch {
    return null;
  }
}

/** Null where something is no item of a known kind: what a sheet never holds can never be in its history. */
function itemsIn({ structs, ds }: Decoded): readonly Y.Item[] | null {
  for (const [, ranges] of ds.clients) {
    if (ranges.some(({ clock, len }) => !isClock(clock) || !isClock(len) || len === 0)) return null;
  }
  const items: Y.Item[] = [];
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) return null;
    if (!isClock(struct.id.clock) || !isClock(struct.length) || struct.length === 0) return null;
    items.push(struct);
  }
  return items;
}

function isClock(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < MAX_CLOCK;
}

function isContentOf({ options }: SheetShape, { root, key }: Place, content: Y.Item["content"]): boolean {
  if (content instanceof Y.ContentDeleted) return true;
  if (root !== CHOICES_ROOT) return content instanceof Y.ContentString;
  if (!(content instanceof Y.ContentAny) || content.arr.length !== 1) return false;
  const [code] = content.arr;
  return typeof code === "string" && options.get(key ?? "")?.has(code) === true;
}

/**
 * Of an item whose beginning is known Yjs takes the rest alone and hangs it on what it knows before it, whatever the
 * item says: that must be of the same place.
 */
function isContinued(doc: Y.Doc, { id: { client, clock }, length }: Y.Item, place: Place): boolean {
  const state = Y.getState(doc.store, client);
  if (clock >= state || clock + length <= state) return true;
  const known = placeIn(doc, client, state - 1);
  return known === null || (known.root === place.root && known.key === place.key);
}

interface Taken {
  readonly item: Y.Item;
  readonly place: Place;
}

/** By halves: an update can hold thousands of items that each point at another. */
function takenAt(taken: readonly Taken[], clock: number): Place | null {
  let [low, high] = [0, taken.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { item, place } = taken[middle] as Taken;
    if (clock < item.id.clock) high = middle - 1;
    else if (clock >= item.id.clock + item.length) low = middle + 1;
    else return place;
  }
  return null;
}

/** Follows the items of an update in an order in which each builds only on what is known. */
function createReading(doc: Y.Doc, queues: ReadonlyMap<number, readonly Y.Item[]>) {
  const taken = new Map<number, Taken[]>();
  const states = new Map<number, number>();
  let count = 0;

  /** How far a client's history is known, this update's items included. */
  const stateOf = (client: number) => states.get(client) ?? Y.getState(doc.store, client);
  const isKnown = (id: Y.ID | null) => id === null || id.clock < stateOf(id.client);

  function placeAt({ client, clock }: Y.ID): Place | null {
    if (clock < Y.getState(doc.store, client)) return placeIn(doc, client, clock);
    return takenAt(taken.get(client) ?? [], clock);
  }

  return {
    count: () => count,
    /** The client's next item, if all that it builds on is known. */
    next(client: number): Y.Item | null {
      const item = queues.get(client)?.[taken.get(client)?.length ?? 0];
      if (!item || item.id.clock > stateOf(client)) return null;
      return isKnown(item.origin) && isKnown(item.rightOrigin) ? item : null;
    },
    /** Neighbours and parent must name one place; null where they do not. */
    placeOf(item: Y.Item): Place | null {
      if (item.origin === null && item.rightOrigin === null) {
        return typeof item.parent === "string" ? { root: item.parent, key: item.parentSub } : null;
      }
      const places = [item.origin, item.rightOrigin].filter((id) => id !== null).map(placeAt);
      const [first, other = first] = places;
      return first && other && first.root === other.root && first.key === other.key ? first : null;
    },
    take(item: Y.Item, place: Place): void {
      const { client, clock } = item.id;
      const before = taken.get(client) ?? [];
      before.push({ item, place });
      taken.set(client, before);
      states.set(client, Math.max(stateOf(client), clock + item.length));
      count += 1;
    },
    hasAll(deletions: Decoded["ds"]): boolean {
      return [...deletions.clients].every(([client, ranges]) =>
        ranges.every(({ clock, len }) => clock + len <= stateOf(client)),
      );
    },
  };
}

function placeIn(doc: Y.Doc, client: number, clock: number): Place | null {
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  if (!(item instanceof Y.Item) || !(item.parent instanceof Y.AbstractType)) return null;
  return { root: Y.findRootTypeKey(item.parent), key: item.parentSub };
}
