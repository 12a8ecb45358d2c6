import { UnsupportedError } from "mediasoup/errors";
import type { Consumer, Router } from "mediasoup/types";
import type { Log } from "../server/ports.ts";
import { accept, type Result, refuse } from "../server/protocol/errors.ts";
import type { ConnectionId } from "../server/protocol/ids.ts";
import {
  type DtlsParametersJson,
  type MediaSignal,
  mediaKindOf,
  type TransportOffer,
} from "../server/protocol/media.ts";
import type { ReceivingCapabilities } from "./known-capabilities.ts";
import type { LayerDemand } from "./layer-demand.ts";
import { PeerConsumer } from "./peer-consumer.ts";
import { PeerTransport } from "./peer-transport.ts";
import type { ProducerWay } from "./producer-pipes.ts";
import {
  type PublishedMedia,
  type SubscriptionChange,
  subscriptionChangeFrom,
  type WantedConsumer,
} from "./subscription.ts";
import type { RouterPlace } from "./workers.ts";

/** Opened at once in one pass; sound comes first, pictures after it. */
const OPEN_AT_ONCE = 4;
/** A share is read: it gets its bitrate before any face. mediasoup's range is 1 to 255. */
const SCREEN_PRIORITY = 200;

/** What the class knows that this needs, asked anew each time. */
export interface ReceivingContext {
  reachable(): readonly PublishedMedia[];
  wanted(): readonly WantedConsumer[];
  /** Makes a producer reachable from this router; null where it is gone. */
  bring(producerId: string, router: Router): Promise<ProducerWay | null>;
  /** Null where its layers are nobody's concern. */
  demandOf(producerId: string): LayerDemand | null;
  onSignal(signal: MediaSignal): void;
  readonly log: Log;
}

/** What one peer receives: its receive transport and its consumers, brought in line with what it shows. */
export class PeerReceiving {
  readonly #context: ReceivingContext;
  readonly #held = new Map<string, PeerConsumer>();
  /** The client cannot, whatever happens. */
  readonly #unconsumable = new Set<string>();
  /** Could not be opened since the last change: tried again with the next. */
  readonly #failed = new Set<string>();
  #transport: PeerTransport | null = null;
  #place: RouterPlace | null = null;
  #capabilities: ReceivingCapabilities | null = null;
  #changes = 0;
  #idleCount = 0;
  #isUpdating = false;
  #isDirty = false;
  #isClosed = false;

  constructor(context: ReceivingContext) {
    this.#context = context;
  }

  get flowingConsumers(): number {
    let flowing = 0;
    for (const { held } of this.#held.values()) if (held.isResumed) flowing += 1;
    return flowing;
  }

  setCapabilities(capabilities: ReceivingCapabilities): void {
    this.#capabilities = capabilities;
    this.#unconsumable.clear();
    this.update();
  }

  /** Replaces an older transport, whose consumers are gone: the client that asks has dropped its side. */
  async createTransport(place: RouterPlace): Promise<Result<TransportOffer>> {
    this.#held.clear();
    this.#transport?.close();
    this.#transport = null;
    const made = await PeerTransport.create(place, "receive");
    if (!made.ok) return made;
    if (this.#isClosed) {
      made.data.close();
      return refuse("media-unavailable");
    }
    this.#transport = made.data;
    this.#place = place;
    // After the ack: the client can do nothing with a consumer before it has the transport.
    setImmediate(() => this.update());
    return accept(made.data.offer);
  }

  async connectTransport(parameters: DtlsParametersJson): Promise<Result> {
    return this.#openTransport()?.connect(parameters) ?? refuse("media-transport-missing");
  }

  async restartIce(): Promise<Result<unknown>> {
    return this.#openTransport()?.restartIce() ?? refuse("media-transport-missing");
  }

  /** The client has made its side: from here the consumer may flow. */
  consumerReady(consumerId: string): Result {
    for (const held of this.#held.values()) {
      if (held.id !== consumerId) continue;
      held.setReady();
      this.update();
      return accept();
    }
    return refuse("media-consumer-missing", consumerId);
  }

  /** Closes at once what comes from this connection; the request leaves before this returns (MS9). */
  closeFrom(connectionId: ConnectionId): void {
    for (const [producerId, held] of [...this.#held]) {
      if (held.connectionId === connectionId) this.#close(producerId);
    }
  }

  /** The same for everything: the viewer has left the room. */
  closeAll(): void {
    for (const producerId of [...this.#held.keys()]) this.#close(producerId);
  }

  /** Brings the consumers in line with what is wanted now; calls during one update become one more. */
  update(): void {
    this.#changes += 1;
    this.#failed.clear();
    this.#isDirty = true;
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    this.#untilClean().catch((err: unknown) =>
      this.#context.log.error({ err }, "a media subscription could not be updated"),
    );
  }

  close(): void {
    this.#isClosed = true;
    this.#held.clear();
    this.#transport?.close();
    this.#transport = null;
  }

  #openTransport(): PeerTransport | null {
    return this.#transport?.isOpen ? this.#transport : null;
  }

  async #untilClean(): Promise<void> {
    try {
      while (this.#isDirty && !this.#isClosed) await this.#updateOnce();
    } finally {
      // In the same turn as the last look: a call in between would set the mark and be forgotten.
      this.#isUpdating = false;
    }
  }

  async #updateOnce(): Promise<void> {
    this.#isDirty = false;
    const transport = this.#openTransport();
    if (!transport || !this.#capabilities) return;
    const change = subscriptionChangeFrom(
      this.#context.wanted(),
      [...this.#held.values()].map((one) => one.held),
      this.#context.reachable(),
    );
    this.#apply(change);
    const missing = change.open.filter(
      ({ producerId }) => !this.#unconsumable.has(producerId) && !this.#failed.has(producerId),
    );
    if (missing.length > OPEN_AT_ONCE) this.#isDirty = true;
    await Promise.all(missing.slice(0, OPEN_AT_ONCE).map((one) => this.#open(transport, one)));
  }

  #apply(change: SubscriptionChange): void {
    for (const producerId of change.close) this.#close(producerId);
    for (const producerId of change.idle) {
      this.#idleCount += 1;
      this.#held.get(producerId)?.setIdleOrder(this.#idleCount);
    }
    for (const producerId of change.busy) this.#held.get(producerId)?.setIdleOrder(null);
    for (const producerId of change.pause) this.#held.get(producerId)?.setResumed(false);
    for (const { producerId, layer } of change.relayer) this.#held.get(producerId)?.setLayer(layer);
    for (const producerId of change.resume) this.#held.get(producerId)?.setResumed(true);
  }

  #close(producerId: string): void {
    const held = this.#held.get(producerId);
    this.#held.delete(producerId);
    held?.close();
  }

  async #open(transport: PeerTransport, one: WantedConsumer): Promise<void> {
    const changes = this.#changes;
    const isOpened = await this.#consume(transport, one);
    // What has changed meanwhile may have been what was missing.
    if (!isOpened && changes === this.#changes) this.#failed.add(one.producerId);
  }

  /** Whether it was opened, or need not be any more. */
  async #consume(transport: PeerTransport, one: WantedConsumer): Promise<boolean> {
    const { producerId, layer, source } = one;
    const hasLayers = this.#reachable(producerId)?.hasLayers ?? false;
    const rtpCapabilities = this.#capabilities?.forMedia(mediaKindOf(source), hasLayers);
    const router = this.#place?.router;
    if (!rtpCapabilities || !router || router.closed) return false;
    const way = await this.#context.bring(producerId, router);
    if (!way) return false;
    try {
      // It looks for itself whether the client can: asking beforehand would cost a third as much again.
      const consumer = await transport.webRtc.consume({
        producerId,
        rtpCapabilities,
        paused: true,
        ...(layer === null ? {} : { preferredLayers: { spatialLayer: layer } }),
      });
      this.#keep(transport, consumer, one, way);
      return true;
    } catch (err) {
      way.setUsed(false);
      if (!transport.isOpen || !this.#isReachable(producerId)) return false;
      // What failed otherwise may go well next time: a pipe from another node can end just here, and is laid anew.
      if (err instanceof UnsupportedError) this.#unconsumable.add(producerId);
      else this.#context.log.warn({ err, source }, "a producer could not be consumed");
      return false;
    }
  }

  #reachable(producerId: string): PublishedMedia | undefined {
    return this.#context.reachable().find((media) => media.producerId === producerId);
  }

  #isReachable(producerId: string): boolean {
    return this.#reachable(producerId) !== undefined;
  }

  #keep(transport: PeerTransport, consumer: Consumer, wanted: WantedConsumer, way: ProducerWay): void {
    const { producerId, source } = wanted;
    // The room may have changed, or the transport, while the worker answered.
    if (this.#isClosed || this.#transport !== transport || !this.#isReachable(producerId)) {
      way.setUsed(false);
      consumer.close();
      return;
    }
    const demand = this.#context.demandOf(producerId);
    let layer: number | null = null;
    const held: PeerConsumer = new PeerConsumer(consumer, wanted, transport.webRtc.id, {
      onSignal: (signal) => this.#context.onSignal(signal),
      onWanted: (now) => {
        way.setUsed(now !== null);
        demand?.change(layer, now?.layer ?? null);
        layer = now?.layer ?? null;
      },
      onGone: () => {
        if (this.#held.get(producerId) === held) this.#held.delete(producerId);
      },
      log: this.#context.log,
    });
    this.#held.set(producerId, held);
    if (source === "screen") held.setPriority(SCREEN_PRIORITY);
  }
}
