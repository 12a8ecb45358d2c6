import type { Consumer } from "mediasoup/types";
import type { Log } from "../server/ports.ts";
import type { ConnectionId } from "../server/protocol/ids.ts";
import type { MediaSignal } from "../server/protocol/media.ts";
import type { HeldConsumer, WantedConsumer } from "./subscription.ts";

export interface PeerConsumerContext {
  onSignal(signal: MediaSignal): void;
  /** Wanted in this layer (null where there are none), or (null) not wanted; at first, and when it changes. */
  onWanted(wanted: { readonly layer: number | null } | null): void;
  /** Its producer or its transport is gone; it has told the client what there is to tell. */
  onGone(): void;
  readonly log: Log;
}

/**
 * One consumer of a peer. What it should do is known here at once; the worker follows, in the order in
 * which it was asked.
 */
export class PeerConsumer {
  readonly connectionId: ConnectionId;
  readonly #producerId: string;
  readonly #consumer: Consumer;
  readonly #context: PeerConsumerContext;
  #isReady = false;
  #isResumed = false;
  #layer: number | null;
  #idleOrder: number | null = null;
  /** What the client was last told. */
  #isFlowing = false;

  /** Tells the client of a consumer that was made paused. */
  constructor(consumer: Consumer, wanted: WantedConsumer, transportId: string, context: PeerConsumerContext) {
    const { connectionId, producerId, source, layer } = wanted;
    this.connectionId = connectionId;
    this.#producerId = producerId;
    this.#consumer = consumer;
    this.#layer = layer;
    this.#context = context;
    consumer.observer.once("close", () => this.#tellWanted());
    this.#tellWanted();
    consumer.on("producerpause", () => this.#tellFlow());
    consumer.on("producerresume", () => this.#tellFlow());
    consumer.on("producerclose", () => {
      this.close();
      context.onGone();
    });
    consumer.on("transportclose", () => context.onGone());
    context.onSignal({
      type: "consumer.opened",
      consumerId: consumer.id,
      transportId,
      producerId,
      connectionId,
      source,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters,
      producerPaused: consumer.producerPaused,
    });
  }

  get id(): string {
    return this.#consumer.id;
  }

  get held(): HeldConsumer {
    return {
      producerId: this.#producerId,
      isReady: this.#isReady,
      isResumed: this.#isResumed,
      layer: this.#layer,
      idleOrder: this.#idleOrder,
    };
  }

  setReady(): void {
    this.#isReady = true;
  }

  setIdleOrder(idleOrder: number | null): void {
    this.#idleOrder = idleOrder;
    this.#tellWanted();
  }

  /** mediasoup asks the publisher for a keyframe by itself when a video consumer is resumed. */
  setResumed(isResumed: boolean): void {
    this.#isResumed = isResumed;
    this.#follow(isResumed ? this.#consumer.resume() : this.#consumer.pause());
    this.#tellFlow();
  }

  setLayer(layer: number): void {
    this.#layer = layer;
    this.#tellWanted();
    // A camera in one layer has nothing to choose from.
    if (this.#consumer.type === "simulcast") {
      this.#follow(this.#consumer.setPreferredLayers({ spatialLayer: layer }));
    }
  }

  setPriority(priority: number): void {
    this.#follow(this.#consumer.setPriority(priority));
  }

  close(): void {
    this.#consumer.close();
    this.#context.onSignal({ type: "consumer.closed", consumerId: this.id });
  }

  #follow(request: Promise<void>): void {
    request.catch((err: unknown) => {
      if (!this.#consumer.closed) this.#context.log.error({ err }, "a consumer could not be changed");
    });
  }

  #tellWanted(): void {
    const isWanted = this.#idleOrder === null && !this.#consumer.closed;
    this.#context.onWanted(isWanted ? { layer: this.#layer } : null);
  }

  #tellFlow(): void {
    const isFlowing = this.#isResumed && !this.#consumer.producerPaused;
    if (isFlowing === this.#isFlowing) return;
    this.#isFlowing = isFlowing;
    this.#context.onSignal({
      type: isFlowing ? "consumer.resumed" : "consumer.paused",
      consumerId: this.id,
    });
  }
}
