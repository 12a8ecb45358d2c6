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
import { ClassSpeakers } from "./class-speakers.ts";
import { Peer } from "./peer-media.ts";
import { tapProducer } from "./producer-tap.ts";
import { MAX_MICROPHONES, type PublishedMedia } from "./subscription.ts";
import type { RouterPlace, Workers } from "./workers.ts";

export interface ClassRouterOptions {
  readonly workers: Workers;
  readonly listener: ClassMediaListener;
  readonly log: Log;
  /** Known before any worker: the codecs are always the same. */
  readonly rtpCapabilities: unknown;
  onClosed(): void;
}

/** The media of one class: one router, its peers by room, who speaks. */
export class ClassRouter implements ClassMedia {
  readonly #options: ClassRouterOptions;
  readonly #peers = new Map<ConnectionId, Peer>();
  readonly #speakers: ClassSpeakers;
  /** What is published, by room; forgotten with every change. */
  readonly #published = new Map<RoomId, readonly PublishedMedia[]>();
  readonly #changedRooms = new Set<RoomId>();
  #voice: ConnectionId | null = null;
  #place: RouterPlace | null = null;
  #router: Router | null = null;
  #isClosed = false;

  constructor(options: ClassRouterOptions) {
    this.#options = options;
    this.#speakers = new ClassSpeakers({
      roomOf: (connectionId) => this.#peers.get(connectionId)?.room ?? null,
      onSpeakers: (room, connectionIds) => this.#onSpeakers(room, connectionIds),
      log: options.log,
    });
  }

  /** Finds the class a router, waiting for a worker if need be; throws with its cause. */
  async place(): Promise<void> {
    const place = await this.#options.workers.createRouter();
    const { router } = place;
    if (this.#isClosed) {
      router.close();
      return;
    }
    this.#router = router;
    router.once("workerclose", () => this.#replace());
    try {
      await this.#speakers.follow(router);
    } catch (cause) {
      if (!router.closed) throw new Error("a class's speakers could not be followed", { cause });
    }
    // The worker died meanwhile, and the next one is being waited for; or the class was closed.
    if (router.closed) return;
    this.#place = place;
    place.setLoad(this.#peers.size);
    for (const peer of this.#peers.values()) peer.reset(this.rtpCapabilities());
  }

  rtpCapabilities(): unknown {
    return this.#options.rtpCapabilities;
  }

  addPeer(connectionId: ConnectionId, room: RoomId, listener: PeerListener): PeerMedia {
    if (this.#isClosed) throw new Error("the class's media is closed");
    if (this.#peers.has(connectionId)) throw new Error(`${connectionId} has media already`);
    const peer = new Peer(connectionId, room, listener, {
      place: () => this.#place,
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
    this.#place?.setLoad(this.#peers.size);
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
    const router = this.#router;
    if (!router || router.closed) return refuse("media-unavailable");
    if (!this.producers().some((one) => one.producerId === producerId)) return refuse("media-source-missing");
    return tapProducer(router, producerId, order);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const peer of [...this.#peers.values()]) peer.close();
    this.#router?.close();
    this.#place = null;
    this.#options.onClosed();
  }

  #replace(): void {
    this.#place = null;
    if (this.#isClosed) return;
    this.place().catch((err: unknown) => {
      if (!this.#isClosed)
        this.#options.log.error({ err }, "a class could not be given another media worker");
    });
  }

  #peersIn(room: RoomId): readonly Peer[] {
    return [...this.#peers.values()].filter((peer) => peer.room === room);
  }

  #publishedIn(room: RoomId): readonly PublishedMedia[] {
    const known = this.#published.get(room);
    if (known) return known;
    const published = [...this.#voiceIn(room), ...this.#peersIn(room).flatMap((peer) => peer.published())];
    this.#published.set(room, published);
    return published;
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
    if (peer.connectionId === this.#voice) this.setVoice(null);
    this.#place?.setLoad(this.#peers.size);
    if (this.#peersIn(peer.room).length === 0) this.#speakers.forget(peer.room);
    this.#onPublishedChanged(peer.room);
  }

  #onProducerMade(connectionId: ConnectionId, source: MediaSource, producer: Producer): void {
    if (source === "microphone") this.#speakers.add(connectionId, producer);
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
