import type { PipeTransport, Producer, Router, RtpParameters } from "mediasoup/types";
import type { Log } from "../../server/ports.ts";
import { type PipeEnd, pipedProducerSchema } from "../../server/protocol/edge-media.ts";
import type { Result } from "../../server/protocol/errors.ts";
import { LayerDemand, TOP_LAYER } from "../layer-demand.ts";
import type { ProducerPipes, ProducerWay } from "../producer-pipes.ts";
import type { PublishedMedia } from "../subscription.ts";
import { connectPipe, openPipe, type PipePlace, pipeEndOf } from "./node-pipe.ts";

/** A pipe from another node that nobody uses is kept so long: people leaf through pages of tiles and come back. */
const UNUSED_MS = 10_000;
/** What could not be brought is tried again so much later, as long as it is published: nothing else would. */
const TRY_AGAIN_MS = 1_000;

export interface BroughtProducersParts {
  readonly place: PipePlace;
  /** Between the routers of this node. */
  readonly pipes: ProducerPipes;
  /** Asks the node that has the producer, or a way to it, to pipe it to this end. */
  bring(producerId: string, end: PipeEnd): Promise<Result<unknown>>;
  /** It is not wanted any more. */
  release(producerId: string): void;
  /** The highest layer that anybody here receives. */
  demand(producerId: string, highest: number): void;
  /** It was brought and came to an end by itself; who still wants it brings it anew. */
  onLost(media: PublishedMedia): void;
  readonly log: Log;
}

interface Brought {
  readonly media: PublishedMedia;
  /** Where it comes in. */
  readonly router: Router;
  readonly producer: Promise<Producer | null>;
  readonly demand: LayerDemand | null;
  pipe: PipeTransport | null;
  uses: number;
  timer: NodeJS.Timeout | null;
}

/** Producers of other nodes, piped here while somebody here receives them, once each (EG2). */
export class BroughtProducers {
  readonly #parts: BroughtProducersParts;
  readonly #brought = new Map<string, Brought>();
  readonly #retries = new Set<NodeJS.Timeout>();
  #published: ReadonlyMap<string, PublishedMedia> = new Map();
  #isClosed = false;

  constructor(parts: BroughtProducersParts) {
    this.#parts = parts;
  }

  /** What other nodes publish now: what is gone ends here too, and what is paused there is paused here. */
  follow(published: readonly PublishedMedia[]): void {
    this.#published = new Map(published.map((media) => [media.producerId, media]));
    for (const [producerId, one] of this.#brought) {
      if (this.#published.has(producerId)) void one.producer.then((made) => made && this.#keepPace(made));
      else this.#end(producerId, one);
    }
  }

  /** Null where it is gone. */
  async bring(producerId: string, to: Router): Promise<ProducerWay | null> {
    const media = this.#published.get(producerId);
    if (!media || this.#isClosed) return null;
    const one = this.#brought.get(producerId) ?? this.#lay(media, to);
    this.#count(producerId, one, 1);
    const isThere = (await one.producer) !== null;
    const local =
      isThere && one.router !== to ? await this.#parts.pipes.bring(producerId, one.router, to) : null;
    if (!isThere || (one.router !== to && !local)) {
      this.#count(producerId, one, -1);
      return null;
    }
    let isUsed = true;
    return {
      setUsed: (now) => {
        if (now === isUsed) return;
        isUsed = now;
        local?.setUsed(now);
        this.#count(producerId, one, now ? 1 : -1);
      },
    };
  }

  demandOf(producerId: string): LayerDemand | null {
    return this.#brought.get(producerId)?.demand ?? null;
  }

  /** The other node says that it comes no more. */
  lost(producerId: string): void {
    const one = this.#brought.get(producerId);
    if (!one) return;
    this.#end(producerId, one);
    this.#parts.onLost(one.media);
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#retries) clearTimeout(timer);
    for (const [producerId, one] of this.#brought) this.#end(producerId, one);
  }

  #lay(media: PublishedMedia, router: Router): Brought {
    const { producerId } = media;
    const one: Brought = {
      media,
      router,
      producer: Promise.resolve().then(() => this.#produce(one)),
      demand: media.hasLayers
        ? new LayerDemand({ top: TOP_LAYER, onHighest: (highest) => this.#parts.demand(producerId, highest) })
        : null,
      pipe: null,
      uses: 0,
      timer: null,
    };
    this.#brought.set(producerId, one);
    return one;
  }

  async #produce(one: Brought): Promise<Producer | null> {
    const { producerId } = one.media;
    try {
      return await this.#piped(one);
    } catch (err) {
      if (!one.router.closed && !this.#isClosed) {
        this.#parts.log.warn({ err, producerId }, "a producer could not be brought from another node");
      }
      this.#end(producerId, one);
      if (!this.#isClosed) this.#tryAgain(one.media);
      return null;
    }
  }

  #tryAgain(media: PublishedMedia): void {
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      if (this.#published.has(media.producerId)) this.#parts.onLost(media);
    }, TRY_AGAIN_MS);
    this.#retries.add(timer);
  }

  async #piped(one: Brought): Promise<Producer> {
    const { router, media } = one;
    const { producerId } = media;
    const pipe = await openPipe(router, this.#parts.place);
    one.pipe = pipe;
    if (this.#brought.get(producerId) !== one) pipe.close();
    const answer = await this.#parts.bring(producerId, pipeEndOf(pipe, this.#parts.place));
    if (!answer.ok) throw new Error(`refused: ${answer.code}`);
    const { end, kind, rtpParameters } = pipedProducerSchema.parse(answer.data);
    await connectPipe(pipe, end);
    const producer = await pipe.produce({
      id: producerId,
      kind,
      rtpParameters: rtpParameters as RtpParameters,
      paused: !(this.#published.get(producerId)?.isLive ?? false),
    });
    producer.observer.once("close", () => {
      if (this.#brought.get(producerId) === one) this.lost(producerId);
    });
    this.#keepPace(producer);
    return producer;
  }

  #keepPace(producer: Producer): void {
    const isLive = this.#published.get(producer.id)?.isLive ?? false;
    if (producer.closed || isLive !== producer.paused) return;
    (isLive ? producer.resume() : producer.pause()).catch((err: unknown) => {
      if (!producer.closed) this.#parts.log.error({ err }, "a producer of another node could not follow it");
    });
  }

  #end(producerId: string, one: Brought): void {
    if (one.timer) clearTimeout(one.timer);
    if (this.#brought.get(producerId) === one) {
      this.#brought.delete(producerId);
      this.#parts.release(producerId);
    }
    one.demand?.close();
    one.pipe?.close();
  }

  #count(producerId: string, one: Brought, change: 1 | -1): void {
    one.uses += change;
    if (one.timer) clearTimeout(one.timer);
    one.timer = null;
    if (one.uses > 0 || this.#brought.get(producerId) !== one) return;
    one.timer = setTimeout(() => this.#end(producerId, one), UNUSED_MS);
  }
}
