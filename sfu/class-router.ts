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
import type { Volume } from "../server/protocol/edge-media.ts";
import { type Result, refuse } from "../server/protocol/errors.ts";
import type { ConnectionId, RoomId } from "../server/protocol/ids.ts";
import type { MediaSource } from "../server/protocol/media.ts";
import { ClassBranches } from "./class-branches.ts";
import { ClassPublished } from "./class-published.ts";
import { ClassSpeakers } from "./class-speakers.ts";
import { KnownCapabilities } from "./known-capabilities.ts";
import type { LayerDemand } from "./layer-demand.ts";
import { Peer } from "./peer-media.ts";
import { DIRECT_WAY, ProducerPipes, type ProducerWay } from "./producer-pipes.ts";
import { tapReached } from "./producer-tap.ts";
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

/** What a class has on other nodes, as far as its people on this one need it. */
export interface Elsewhere {
  published(): readonly PublishedMedia[];
  /** How many people's media other nodes carry. */
  people(): number;
  /** Makes a producer of another node reachable from this router; null where it is gone. */
  bring(producerId: string, to: Router): Promise<ProducerWay | null>;
  demandOf(producerId: string): LayerDemand | null;
  /** What this node's people publish has changed. */
  onOwnChanged(): void;
  onVolumes(volumes: readonly Volume[]): void;
}

/** A producer where some router of this node has it. */
export interface ReachedProducer {
  readonly router: Router;
  readonly way: ProducerWay;
  /** Null where its layers are nobody's concern. */
  readonly demand: LayerDemand | null;
}

/** The media of one class on this node: its routers, its peers by room, who speaks. */
export class ClassRouter implements ClassMedia {
  readonly #options: ClassRouterOptions;
  readonly #peers = new Map<ConnectionId, Peer>();
  readonly #speakers: ClassSpeakers;
  readonly #branches: ClassBranches;
  readonly #pipes: ProducerPipes;
  /** Who published what, by producer. */
  readonly #publishers = new Map<string, Peer>();
  readonly #published: ClassPublished;
  readonly #changedRooms = new Set<RoomId>();
  readonly #orders = new PublisherOrders();
  readonly #capabilities = new KnownCapabilities();
  /** Null while this node alone carries the class. */
  #elsewhere: Elsewhere | null = null;
  #isClosed = false;

  constructor(options: ClassRouterOptions) {
    this.#options = options;
    this.#published = new ClassPublished({
      peers: this.#peers,
      elsewhere: () => this.#elsewhere?.published() ?? [],
      isShareHeld: () => this.#orders.isShareHeld,
    });
    this.#speakers = new ClassSpeakers({
      roomOf: (connectionId) => this.#published.roomOf(connectionId),
      onSpeakers: (room, connectionIds) => this.#onSpeakers(room, connectionIds),
      onVolumes: (volumes) => this.#elsewhere?.onVolumes(volumes),
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
      demandOf: (producerId) => this.#demandOf(producerId),
      publishedIn: (where) => this.#published.in(where),
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
    this.#peopleChanged();
    return peer;
  }

  /** How many more people this node takes of the class. */
  roomFor(): number {
    return this.#branches.roomFor();
  }

  /** Other nodes carry people of the class too, from now on. */
  spread(elsewhere: Elsewhere): void {
    this.#elsewhere = elsewhere;
  }

  /** What other nodes publish has changed from `before`. What must not be received any more is closed at once (MS9). */
  elsewhereChanged(before: readonly PublishedMedia[]): void {
    const now = this.#elsewhere?.published() ?? [];
    const places = new Set(now.map(({ connectionId, room }) => `${connectionId} ${room}`));
    for (const { connectionId, room } of before) {
      if (places.has(`${connectionId} ${room}`) || connectionId === this.#published.voice) continue;
      for (const peer of this.#peersIn(room)) peer.closeFrom(connectionId);
    }
    this.#peopleChanged();
    for (const room of new Set([...before, ...now].map((media) => media.room)))
      this.#onPublishedChanged(room);
  }

  /** Producers of other nodes ended on their way: whoever receives them gets them anew. */
  elsewhereLost({ room }: PublishedMedia): void {
    this.#onPublishedChanged(room);
  }

  hearElsewhere(volumes: readonly Volume[]): void {
    this.#speakers.hearElsewhere(volumes);
  }

  /** All that the people of this node publish. */
  own(): readonly PublishedMedia[] {
    return this.#published.own();
  }

  get people(): number {
    return this.#peers.size;
  }

  get voice(): ConnectionId | null {
    return this.#published.voice;
  }

  /** The ways between the routers of this node. */
  get pipes(): ProducerPipes {
    return this.#pipes;
  }

  /** Where this node has a producer, brought from another if need be; null where it is gone. */
  async reach(producerId: string): Promise<ReachedProducer | null> {
    const publisher = this.#publishers.get(producerId);
    const router = publisher ? this.#branches.routerOf(publisher) : this.#branches.anyRouter();
    if (!router || router.closed) return null;
    const way = publisher ? DIRECT_WAY : ((await this.#elsewhere?.bring(producerId, router)) ?? null);
    return way && { router, way, demand: this.#demandOf(producerId) };
  }

  setVoice(connectionId: ConnectionId | null): void {
    if (connectionId === this.#published.voice) return;
    this.#published.voice = connectionId;
    this.#everyRoomChanged();
  }

  producers(): readonly ProducerView[] {
    return [...this.own(), ...(this.#elsewhere?.published() ?? [])];
  }

  async tap(producerId: string, order: TapOrder): Promise<Result<MediaTap>> {
    if (!this.producers().some((one) => one.producerId === producerId)) return refuse("media-source-missing");
    const reached = await this.reach(producerId);
    return reached ? tapReached(reached, producerId, order) : refuse("media-unavailable");
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
    if (!publisher) return this.#elsewhere?.bring(producerId, to) ?? null;
    const from = this.#branches.routerOf(publisher);
    if (!from) return null;
    return from === to ? DIRECT_WAY : this.#pipes.bring(producerId, from, to);
  }

  #demandOf(producerId: string): LayerDemand | null {
    return this.#orders.demandOf(producerId) ?? this.#elsewhere?.demandOf(producerId) ?? null;
  }

  #peopleChanged(): void {
    this.#orders.setPeople(this.#peers.size + (this.#elsewhere?.people() ?? 0));
    this.#elsewhere?.onOwnChanged();
  }

  #peersIn(room: RoomId): readonly Peer[] {
    return this.#published.peersIn(room);
  }

  #everyRoomChanged(): void {
    for (const room of new Set([...this.#peers.values()].map((peer) => peer.room))) {
      this.#roomChanged(room);
    }
  }

  #onPublishedChanged(room: RoomId): void {
    if (this.#published.hasVoiceIn(room)) this.#everyRoomChanged();
    this.#roomChanged(room);
  }

  /** A join storm changes a room many times in one turn of the event loop: its peers follow once. */
  #roomChanged(room: RoomId): void {
    this.#published.forget(room);
    if (this.#changedRooms.size === 0) setImmediate(() => this.#updateChangedRooms());
    this.#changedRooms.add(room);
  }

  #updateChangedRooms(): void {
    const rooms = new Set(this.#changedRooms);
    this.#changedRooms.clear();
    if (!this.#isClosed) this.#options.listener.onProducersChanged?.();
    this.#elsewhere?.onOwnChanged();
    for (const peer of this.#peers.values()) {
      if (rooms.has(peer.room)) peer.update();
    }
  }

  #onRoomChanged(peer: Peer, from: RoomId): void {
    this.#published.forget(from);
    this.#published.forget(peer.room);
    const left = this.#peersIn(from);
    for (const one of left) one.closeFrom(peer.connectionId);
    if (left.length === 0) this.#speakers.forget(from);
    this.#onPublishedChanged(from);
    this.#onPublishedChanged(peer.room);
  }

  #onPeerClosed(peer: Peer): void {
    this.#peers.delete(peer.connectionId);
    this.#branches.remove(peer);
    this.#peopleChanged();
    if (peer.connectionId === this.#published.voice) this.setVoice(null);
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
    const microphones = this.#published
      .in(room)
      .filter((media) => media.source === "microphone" && media.isLive);
    if (microphones.length > MAX_MICROPHONES) this.#onPublishedChanged(room);
  }
}
