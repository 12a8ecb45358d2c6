import type { Producer, Router } from "mediasoup/types";
import type { Log, PeerListener, PeerMedia } from "../server/ports.ts";
import { accept, type Result, refuse } from "../server/protocol/errors.ts";
import type { ConnectionId, RoomId } from "../server/protocol/ids.ts";
import {
  type DtlsParametersJson,
  type MediaSignal,
  type MediaSource,
  type MediaView,
  mediaSourceSchema,
  mediaViewSchema,
  type RtpCapabilitiesJson,
  type RtpParametersJson,
  type TransportDirection,
  type TransportOffer,
  transportDirectionSchema,
} from "../server/protocol/media.ts";
import type { KnownCapabilities } from "./known-capabilities.ts";
import type { LayerDemand } from "./layer-demand.ts";
import { PeerReceiving } from "./peer-receiving.ts";
import { PeerSending } from "./peer-sending.ts";
import type { ProducerWay } from "./producer-pipes.ts";
import { type PublishedMedia, subscriptionFrom } from "./subscription.ts";
import type { RouterPlace } from "./workers.ts";

/** What a peer needs of its class. */
export interface PeerContext {
  readonly capabilities: KnownCapabilities;
  /** Null while the class's worker is being replaced. */
  place(peer: Peer): Promise<RouterPlace | null>;
  /** Null where the producer is gone. */
  bring(producerId: string, router: Router): Promise<ProducerWay | null>;
  /** Null where its layers are nobody's concern. */
  demandOf(producerId: string): LayerDemand | null;
  publishedIn(room: RoomId): readonly PublishedMedia[];
  recentSpeakers(room: RoomId): readonly ConnectionId[];
  onPublishedChanged(room: RoomId): void;
  onProducerMade(connectionId: ConnectionId, source: MediaSource, producer: Producer): void;
  onProducerEnded(connectionId: ConnectionId, source: MediaSource): void;
  onRoomChanged(peer: Peer, from: RoomId): void;
  onClosed(peer: Peer): void;
  readonly log: Log;
}

const NOTHING_SHOWN: MediaView = { mode: "gallery", tiles: [] };

/** One connection's media. What negotiates runs in order, one request after the other. */
export class Peer implements PeerMedia {
  readonly connectionId: ConnectionId;
  readonly #context: PeerContext;
  readonly #listener: PeerListener;
  #room: RoomId;
  #view: MediaView = NOTHING_SHOWN;
  #sending: PeerSending;
  #receiving: PeerReceiving;
  #hasCapabilities = false;
  #isClosed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(connectionId: ConnectionId, room: RoomId, listener: PeerListener, context: PeerContext) {
    this.connectionId = connectionId;
    this.#room = room;
    this.#listener = listener;
    this.#context = context;
    this.#sending = this.#makeSending();
    this.#receiving = this.#makeReceiving();
  }

  get room(): RoomId {
    return this.#room;
  }

  /** How many streams are on their way to this peer. */
  get flowingConsumers(): number {
    return this.#receiving.flowingConsumers;
  }

  published(): readonly PublishedMedia[] {
    const { connectionId } = this;
    return this.#sending.published().map((media) => ({ ...media, connectionId, room: this.#room }));
  }

  setCapabilities(rtpCapabilities: RtpCapabilitiesJson): Promise<Result> {
    return this.#serially(async () => {
      const capabilities = this.#context.capabilities.take(rtpCapabilities);
      if (!capabilities.ok) return capabilities;
      this.#hasCapabilities = true;
      this.#receiving.setCapabilities(capabilities.data);
      return accept();
    });
  }

  createTransport(direction: TransportDirection): Promise<Result<TransportOffer>> {
    return this.#serially(async () => {
      if (!transportDirectionSchema.safeParse(direction).success) return refuse("media-bad-parameters");
      const place = await this.#context.place(this);
      if (!place) return refuse("media-unavailable");
      if (!this.#hasCapabilities) return refuse("media-bad-parameters", "media.capabilities comes first");
      return this.#side(direction).createTransport(place);
    });
  }

  connectTransport(direction: TransportDirection, dtlsParameters: DtlsParametersJson): Promise<Result> {
    return this.#serially(() => this.#side(direction).connectTransport(dtlsParameters));
  }

  restartIce(direction: TransportDirection): Promise<Result<unknown>> {
    return this.#serially(() => this.#side(direction).restartIce());
  }

  produce(source: MediaSource, rtpParameters: RtpParametersJson, paused: boolean) {
    return this.#serially(async () => {
      if (!mediaSourceSchema.safeParse(source).success) return refuse("media-bad-parameters", "source");
      return this.#sending.produce(source, rtpParameters, paused);
    });
  }

  pause(source: MediaSource): Promise<Result> {
    return this.#serially(() => this.#sending.pause(source));
  }

  resume(source: MediaSource): Promise<Result> {
    return this.#serially(() => this.#sending.resume(source));
  }

  stop(source: MediaSource): Promise<Result> {
    return this.#serially(async () => this.#sending.stop(source));
  }

  setView(view: MediaView): void {
    const parsed = mediaViewSchema.safeParse(view);
    if (!parsed.success) return;
    this.#view = parsed.data;
    this.#receiving.update();
  }

  consumerReady(consumerId: string): Promise<Result> {
    return this.#serially(async () => this.#receiving.consumerReady(consumerId));
  }

  setRoom(room: RoomId): void {
    if (this.#isClosed || room === this.#room) return;
    const from = this.#room;
    this.#room = room;
    this.#receiving.closeAll();
    this.#context.onRoomChanged(this, from);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#sending.close();
    this.#receiving.close();
    this.#context.onClosed(this);
  }

  tell(signal: MediaSignal): void {
    if (!this.#isClosed) this.#listener.onSignal(signal);
  }

  /** What others published changed: follow it. */
  update(): void {
    if (!this.#isClosed) this.#receiving.update();
  }

  /** Somebody left this peer's room: nothing of theirs may arrive any more. */
  closeFrom(connectionId: ConnectionId): void {
    this.#receiving.closeFrom(connectionId);
  }

  /** The worker was replaced: everything begins anew on its router. */
  reset(rtpCapabilities: unknown): void {
    if (this.#isClosed) return;
    this.#sending.close();
    this.#receiving.close();
    this.#sending = this.#makeSending();
    this.#receiving = this.#makeReceiving();
    this.#hasCapabilities = false;
    this.#listener.onSignal({ type: "media.reset", rtpCapabilities });
  }

  #side(direction: TransportDirection) {
    return direction === "send" ? this.#sending : this.#receiving;
  }

  #makeSending(): PeerSending {
    return new PeerSending({
      onPublishedChanged: () => this.#context.onPublishedChanged(this.#room),
      onProducerMade: (source, producer) => this.#context.onProducerMade(this.connectionId, source, producer),
      onProducerEnded: (source) => this.#context.onProducerEnded(this.connectionId, source),
    });
  }

  #makeReceiving(): PeerReceiving {
    return new PeerReceiving({
      reachable: () =>
        this.#context.publishedIn(this.#room).filter((media) => media.connectionId !== this.connectionId),
      wanted: () =>
        subscriptionFrom({
          view: this.#view,
          viewer: { connectionId: this.connectionId, room: this.#room },
          published: this.#context.publishedIn(this.#room),
          speakers: this.#context.recentSpeakers(this.#room),
        }),
      bring: (producerId, router) => this.#context.bring(producerId, router),
      demandOf: (producerId) => this.#context.demandOf(producerId),
      onSignal: (signal) => this.tell(signal),
      log: this.#context.log,
    });
  }

  #serially<Data>(task: () => Promise<Result<Data>>): Promise<Result<Data>> {
    const run = this.#queue.then(() => (this.#isClosed ? refuse("media-unavailable") : task()));
    this.#queue = run.catch(() => undefined);
    return run;
  }
}
