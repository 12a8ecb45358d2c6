import type { Producer } from "mediasoup/types";
import type { MediaSignal, MediaSource } from "../server/protocol/media.ts";
import { LayerDemand } from "./layer-demand.ts";
import { isShareHeld, shareLimitFrom } from "./share-limit.ts";

interface Publisher {
  tell(signal: MediaSignal): void;
}

/** What the publishers of a class are told to send less of: layers that nobody receives, shares of a large class. */
export class PublisherOrders {
  /** By camera that comes in layers. */
  readonly #demands = new Map<string, LayerDemand>();
  readonly #sharers = new Map<string, Publisher>();
  #isHeld = false;

  /** Whether the class is so large that shares are held. */
  get isShareHeld(): boolean {
    return this.#isHeld;
  }

  follow(publisher: Publisher, source: MediaSource, producer: Producer): void {
    if (source === "camera") this.#followLayers(publisher, producer);
    if (source !== "screen") return;
    this.#sharers.set(producer.id, publisher);
    producer.observer.once("close", () => this.#sharers.delete(producer.id));
    if (this.#isHeld) publisher.tell(shareLimitFrom(true));
  }

  demandOf(producerId: string): LayerDemand | null {
    return this.#demands.get(producerId) ?? null;
  }

  setPeople(people: number): void {
    const isHeld = isShareHeld(people, this.#isHeld);
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    for (const publisher of this.#sharers.values()) publisher.tell(shareLimitFrom(isHeld));
  }

  close(): void {
    for (const demand of this.#demands.values()) demand.close();
    this.#demands.clear();
    this.#sharers.clear();
  }

  #followLayers(publisher: Publisher, producer: Producer): void {
    const top = (producer.rtpParameters.encodings?.length ?? 1) - 1;
    if (top < 1) return;
    const onHighest = (highest: number) =>
      publisher.tell({ type: "producer.layers", source: "camera", highest });
    const demand = new LayerDemand({ top, onHighest });
    this.#demands.set(producer.id, demand);
    producer.observer.once("close", () => {
      demand.close();
      this.#demands.delete(producer.id);
    });
  }
}
