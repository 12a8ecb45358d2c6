import type { Producer, Router } from "mediasoup/types";
import type {
  ClassMedia,
  ClassMediaListener,
  Log,
  MediaTap,
  PeerListener,
  PeerMedia,
  ProducerView,
  TapOrder,
} from "../server/ports.ts";
import { type Result, refuse } from "../server/protocol/errors.ts";
import type { ConnectionId, RoomId } from "../server/protocol/ids.ts";
import type { MediaSource } from "../server/protocol/media.ts";
import { ClassBranches } from "./class-branches.ts";
import { ClassSpeakers } from "./class-speakers.ts";
import { KnownCapabilities } from "./known-capabilities.ts";
import { Peer } from "./peer-media.ts";
import { DIRECT_WAY, ProducerPipes, type ProducerWay } from "./producer-pipes.ts";
import { PublisherOrders } from "./publisher-orders.ts";
import { MAX_MICROPHONES, type PublishedMedia } from "./subscription.ts";
import type { Workers } from "./workers.ts";

export interface ClassRouterOptions {
  readonly workers: Workers;
  readonly listener: ClassMediaListener;
  readonly log: Log;
  /** Known before any worker: the codecs are always the same. */
  readonly rtpCapabilities: unknown;
  readonly consumersPerRouter: number;
  onClosed(): void;
}

/** The media of one class: its routers, its peers by room, who speaks. */
export class ClassRouter implements ClassMedia {
  readonly #options: ClassRouterOptions;
  readonly #peers = new Map<ConnectionId, Peer>();
  readonly #speakers: ClassSpeakers;
  readonly #branches: ClassBranches;
  readonly #pipes: ProducerPipes;
  /** Who published what, by producer. */
  readonly #publishers = new Map<string, Peer>();
  /** What is published, by room; forgotten with every change. */
  readonly #published = new Map<RoomId, readonly PublishedMedia[]>();
  readonly #changedRooms = new Set<RoomId>();
  readonly #orders = new PublisherOrders();
  readonly #capabilities = new KnownCapabilities();
  #voice: ConnectionId | null = null;
  #isClosed = false;

  constructor(options: ClassRouterOptions) {
    this.#options = options;
    this.#speakers = new ClassSpeakers({
      roomOf: (connectionId) => this.#peers.get(connectionId)?.room ?? null,
      onSpeakers: (room, connectionIds) => this.#onSpeakers(room, connectionIds),
      log: options.log,
    });
    this.#pipes = new ProducerPipes(options.log);
    this.#branches = new ClassBranches({
      workers: options.workers,
      consumersPerRouter: options.consumersPerRouter,
      onRouter: (router) => this.#speakers.follow(router),
      onLost: (peers) => {
        for (const peer of peers) peer.reset(this.rtpCapabilities());
      },
      log: options.log,
    });
  }

  /** Finds the class a router, waiting for a worker if need be; throws with its cause. */
  open(): Promise<void> {
    return this.#branches.open();
  }

  rtpCapabilities(): unknown {
    return this.#options.rtpCapabilities;
  }

  addPeer(connectionId: ConnectionId, room: RoomId, listener: PeerListener): PeerMedia {
    if (this.#isClosed) throw new Error("the class's media is closed");
    if (this.#peers.has(connectionId)) throw new Error(`${connectionId} has media already`);
    const peer = new Peer(connectionId, room, listener, {
      capabilities: this.#capabilities,
      place: (who) => this.#branches.placeOf(who),
      bring: (producerId, router) => this.#bring(producerId, router),
      demandOf: (producerId) => this.#orders.demandOf(producerId),
      publishedIn: (where) => this.#publishedIn(where),
      recentSpeakers: (where) => this.#speakers.recent(where),
      onPublishedChanged: (where) => this.#onPublishedChanged(where),
      onProducerMade: (by, source, producer) => this.#onProducerMade(by, source, producer),
      onProducerEnded: (by, source) => this.#onProducerEnded(by, source),
      onRoomChanged: (who, from) => this.#onRoomChanged(who, from),
      onClosed: (who) => this.#onPeerClosed(who),
      log: this.#options.log.child({ connectionId }),
    });
    this.#peers.set(connectionId, peer);
    this.#branches.add(peer);
    this.#orders.setPeople(this.#peers.size);
    return peer;
  }

  setVoice(connectionId: ConnectionId | null): void {
    if (connectionId === this.#voice) return;
    this.#voice = connectionId;
    this.#everyRoomChanged();
  }

  producers(): readonly ProducerView[] {
    return [...this.#peers.values()].flatMap((peer) => peer.published());
  }

  async tap(producerId: string, order: TapOrder): Promise<Result<MediaTap>> {
    const publisher = this.#publishers.get(producerId);
    if (!publisher) return refuse("media-source-missing");
    const router = this.#branches.routerOf(publisher);
    if (!router || router.closed) return refuse("media-unavailable");
    return this.#orders.tap(router, producerId, order);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const peer of [...this.#peers.values()]) peer.close();
    this.#pipes.close();
    this.#orders.close();
    this.#branches.close();
    this.#speakers.close();
    this.#options.onClosed();
  }

  /** A producer where this router reaches it; null where it is gone. */
  async #bring(producerId: string, to: Router): Promise<ProducerWay | null> {
    const publisher = this.#publishers.get(producerId);
    const from = publisher ? this.#branches.routerOf(publisher) : null;
    if (!from) return null;
    return from === to ? DIRECT_WAY : this.#pipes.bring(producerId, from, to);
  }

  #peersIn(room: RoomId): readonly Peer[] {
    return [...this.#peers.values()].filter((peer) => peer.room === room);
  }

  #publishedIn(room: RoomId): readonly PublishedMedia[] {
    const known = this.#published.get(room);
    if (known) return known;
    const own = this.#peersIn(room).flatMap((peer) => peer.published());
    const published = [...this.#voiceIn(room), ...own.map((media) => this.#asHeld(media))];
    this.#published.set(room, published);
    return published;
  }

  /** A share that is held leaves nothing to choose. */
  #asHeld(media: PublishedMedia): PublishedMedia {
    return this.#orders.isShareHeld && media.source === "screen" ? { ...media, hasLayers: false } : media;
  }

  /** The voice for all rooms, as a room other than its own has it. */
  #voiceIn(room: RoomId): readonly PublishedMedia[] {
    const peer = this.#voice === null ? undefined : this.#peers.get(this.#voice);
    if (!peer || peer.room === room) return [];
    return peer
      .published()
      .filter((media) => media.source === "microphone")
      .map((media) => ({ ...media, room, isVoice: true }));
  }

  #everyRoomChanged(): void {
    for (const room of new Set([...this.#peers.values()].map((peer) => peer.room))) {
      this.#roomChanged(room);
    }
  }

  #onPublishedChanged(room: RoomId): void {
    const voice = this.#voice === null ? undefined : this.#peers.get(this.#voice);
    if (voice?.room === room) this.#everyRoomChanged();
    this.#roomChanged(room);
  }

  /** A join storm changes a room many times in one turn of the event loop: its peers follow once. */
  #roomChanged(room: RoomId): void {
    this.#published.delete(room);
    if (this.#changedRooms.size === 0) setImmediate(() => this.#updateChangedRooms());
    this.#changedRooms.add(room);
  }

  #updateChangedRooms(): void {
    const rooms = new Set(this.#changedRooms);
    this.#changedRooms.clear();
    if (!this.#isClosed) this.#options.listener.onProducersChanged?.();
    for (const peer of this.#peers.values()) {
      if (rooms.has(peer.room)) peer.update();
    }
  }

  #onRoomChanged(peer: Peer, from: RoomId): void {
    this.#published.delete(from);
    this.#published.delete(peer.room);
    const left = this.#peersIn(from);
    for (const one of left) one.closeFrom(peer.connectionId);
    if (left.length === 0) this.#speakers.forget(from);
    this.#onPublishedChanged(from);
    this.#onPublishedChanged(peer.room);
  }

  #onPeerClosed(peer: Peer): void {
    this.#peers.delete(peer.connectionId);
    this.#branches.remove(peer);
    this.#orders.setPeople(this.#peers.size);
    if (peer.connectionId === this.#voice) this.setVoice(null);
    if (this.#peersIn(peer.room).length === 0) this.#speakers.forget(peer.room);
    this.#onPublishedChanged(peer.room);
  }

  #onProducerMade(connectionId: ConnectionId, source: MediaSource, producer: Producer): void {
    const publisher = this.#peers.get(connectionId);
    if (!publisher) return;
    this.#publishers.set(producer.id, publisher);
    producer.observer.once("close", () => this.#publishers.delete(producer.id));
    this.#orders.follow(publisher, source, producer);
    const router = this.#branches.routerOf(publisher);
    if (source === "microphone" && router) this.#speakers.add(connectionId, producer, router);
  }

  #onProducerEnded(connectionId: ConnectionId, source: MediaSource): void {
    if (!this.#isClosed) this.#options.listener.onProducerClosed(connectionId, source);
  }

  #onSpeakers(room: RoomId, connectionIds: readonly ConnectionId[]): void {
    if (this.#isClosed) return;
    this.#options.listener.onSpeakers(room, connectionIds);
    const microphones = this.#publishedIn(room).filter(
      (media) => media.source === "microphone" && media.isLive,
    );
    if (microphones.length > MAX_MICROPHONES) this.#onPublishedChanged(room);
  }
}
