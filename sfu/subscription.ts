import type { ConnectionId, RoomId } from "../server/protocol/ids.ts";
import type { MediaSource, MediaView } from "../server/protocol/media.ts";

/** The most microphones one listener gets at once: more voices than that nobody follows. */
export const MAX_MICROPHONES = 8;
/** Consumers kept paused for whoever comes into view again; a renegotiation costs more than keeping them. */
export const MAX_IDLE_CONSUMERS = 16;
/** Widths of a tile in device pixels up to which the 180p and the 360p layer suffice. */
const LAYER_WIDTHS = [240, 560] as const;

/** One producer of the class, as a subscriber may see it. */
export interface PublishedMedia {
  readonly connectionId: ConnectionId;
  readonly room: RoomId;
  readonly source: MediaSource;
  readonly producerId: string;
  /** False while its publisher has paused it. */
  readonly isLive: boolean;
  /** There are layers to choose from, each receiver its own. */
  readonly hasLayers?: boolean;
  /** Speaks to all rooms: always among the microphones (MS16). */
  readonly isVoice?: boolean;
}

/** A producer that a viewer should receive; `layer` is the spatial layer, null where there are none. */
export interface WantedConsumer {
  readonly producerId: string;
  readonly connectionId: ConnectionId;
  readonly source: MediaSource;
  readonly layer: number | null;
}

export interface SubscriptionQuestion {
  readonly view: MediaView;
  readonly viewer: { readonly connectionId: ConnectionId; readonly room: RoomId };
  /** In the order in which they were published. */
  readonly published: readonly PublishedMedia[];
  /** Who spoke last in the viewer's room, most recent and loudest first. */
  readonly speakers: readonly ConnectionId[];
}

/** The spatial layer for a camera shown `width` device pixels wide (MS4). */
export function layerFrom(width: number): number {
  const layer = LAYER_WIDTHS.findIndex((widest) => width <= widest);
  return layer === -1 ? LAYER_WIDTHS.length : layer;
}

/** What a viewer should receive, in the order in which it is worth opening (rules MS1 to MS8). */
export function subscriptionFrom(question: SubscriptionQuestion): readonly WantedConsumer[] {
  const { viewer } = question;
  const audible = question.published.filter(
    (media) => media.isLive && media.room === viewer.room && media.connectionId !== viewer.connectionId,
  );
  return [
    ...microphonesFrom(audible, question.speakers),
    ...audible.filter((media) => media.source === "screen-audio").map((media) => wanted(media, null)),
    ...picturesFrom(audible, question.view),
  ];
}

function wanted(media: PublishedMedia, layer: number | null): WantedConsumer {
  const { producerId, connectionId, source } = media;
  return { producerId, connectionId, source, layer };
}

function microphonesFrom(
  audible: readonly PublishedMedia[],
  speakers: readonly ConnectionId[],
): readonly WantedConsumer[] {
  const microphones = audible.filter((media) => media.source === "microphone");
  if (microphones.length <= MAX_MICROPHONES) return microphones.map((media) => wanted(media, null));
  const ranks = new Map(speakers.map((connectionId, rank) => [connectionId, rank]));
  const rankOf = (media: PublishedMedia) =>
    media.isVoice ? -1 : (ranks.get(media.connectionId) ?? Number.MAX_SAFE_INTEGER);
  return microphones
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, MAX_MICROPHONES)
    .map((media) => wanted(media, null));
}

function picturesFrom(audible: readonly PublishedMedia[], view: MediaView): readonly WantedConsumer[] {
  const widths = new Map<string, number>();
  for (const tile of view.tiles) {
    const key = `${tile.connectionId}/${tile.source}`;
    widths.set(key, Math.max(tile.width, widths.get(key) ?? 0));
  }
  const shown = audible.flatMap((media) => {
    if (media.source === "camera" && view.mode === "data-saver") return [];
    const width = widths.get(`${media.connectionId}/${media.source}`);
    return width === undefined ? [] : [{ media, width }];
  });
  const screens = shown.filter(({ media }) => media.source === "screen");
  const cameras = shown
    .filter(({ media }) => media.source === "camera")
    .toSorted((a, b) => b.width - a.width);
  return [
    ...screens.map(({ media }) => wanted(media, null)),
    ...cameras.map(({ media, width }) => wanted(media, layerFrom(width))),
  ];
}

/** A consumer that is there, as far as deciding about it needs. */
export interface HeldConsumer {
  readonly producerId: string;
  /** The client has made its side: only then may it flow. */
  readonly isReady: boolean;
  readonly isResumed: boolean;
  readonly layer: number | null;
  /** Rises with every consumer that falls out of use; null while it is wanted. */
  readonly idleOrder: number | null;
}

/** What to do, by producer. Everything that is not named stays as it is. */
export interface SubscriptionChange {
  readonly close: readonly string[];
  readonly pause: readonly string[];
  readonly resume: readonly string[];
  readonly relayer: readonly { readonly producerId: string; readonly layer: number }[];
  /** Wanted no more, or again: for the order in which the idle ones are given up. */
  readonly idle: readonly string[];
  readonly busy: readonly string[];
  readonly open: readonly WantedConsumer[];
}

/** The difference between what is wanted and what is there (rules MS9 to MS12). */
export function subscriptionChangeFrom(
  wantedConsumers: readonly WantedConsumer[],
  held: readonly HeldConsumer[],
  reachable: readonly PublishedMedia[],
): SubscriptionChange {
  const wantedBy = new Map(wantedConsumers.map((one) => [one.producerId, one]));
  const reachableBy = new Map(reachable.map((media) => [media.producerId, media]));
  const heldIds = new Set(held.map((one) => one.producerId));
  const isReachable = (one: HeldConsumer) => reachableBy.has(one.producerId);
  const isWanted = (one: HeldConsumer) => wantedBy.has(one.producerId);
  const kept = held.filter(isReachable);
  const idle = kept.filter((one) => !isWanted(one));
  const excess = idle
    .toSorted((a, b) => (a.idleOrder ?? Number.MAX_SAFE_INTEGER) - (b.idleOrder ?? Number.MAX_SAFE_INTEGER))
    .slice(0, Math.max(0, idle.length - MAX_IDLE_CONSUMERS));
  const isExcess = new Set(excess.map((one) => one.producerId));
  return {
    close: [...held.filter((one) => !isReachable(one)), ...excess].map((one) => one.producerId),
    pause: idle
      .filter((one) => one.isResumed && !isExcess.has(one.producerId))
      .filter((one) => reachableBy.get(one.producerId)?.isLive)
      .map((one) => one.producerId),
    resume: kept.filter((one) => isWanted(one) && one.isReady && !one.isResumed).map((one) => one.producerId),
    relayer: kept.flatMap(({ producerId, layer: current }) => {
      const layer = wantedBy.get(producerId)?.layer ?? null;
      return layer === null || layer === current ? [] : [{ producerId, layer }];
    }),
    idle: idle
      .filter((one) => one.idleOrder === null && !isExcess.has(one.producerId))
      .map((one) => one.producerId),
    busy: kept.filter((one) => isWanted(one) && one.idleOrder !== null).map((one) => one.producerId),
    open: wantedConsumers.filter((one) => !heldIds.has(one.producerId)),
  };
}
