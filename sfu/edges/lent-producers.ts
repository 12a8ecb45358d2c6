import type { PipeTransport } from "mediasoup/types";
import type { Log } from "../../server/ports.ts";
import type { PipedProducer, PipeEnd } from "../../server/protocol/edge-media.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import { rtpParametersSchema } from "../../server/protocol/media.ts";
import type { ReachedProducer } from "../class-router.ts";
import { TOP_LAYER } from "../layer-demand.ts";
import { connectPipe, openPipe, type PipePlace, pipeEndOf } from "./node-pipe.ts";

interface Lent {
  readonly pipe: PipeTransport;
  readonly reached: ReachedProducer;
  highest: number;
}

export interface LentProducersParts {
  readonly place: PipePlace;
  reach(producerId: string): Promise<ReachedProducer | null>;
  /** What was lent comes to its end here; the other node may ask anew. */
  onLost(producerId: string): void;
  readonly log: Log;
}

/** Producers within reach here that another node has asked for, each through a pipe of its own. */
export class LentProducers {
  readonly #parts: LentProducersParts;
  readonly #lent = new Map<string, Lent>();
  /** The end that was asked for last: an older request that is still under way is void. */
  readonly #asked = new Map<string, PipeEnd>();

  constructor(parts: LentProducersParts) {
    this.#parts = parts;
  }

  /** Refuses `media-source-missing`, `media-unavailable`. What was lent before under this id ends. */
  async lend(producerId: string, end: PipeEnd): Promise<Result<PipedProducer>> {
    this.release(producerId);
    this.#asked.set(producerId, end);
    const reached = await this.#parts.reach(producerId);
    if (!reached) return refuse("media-source-missing");
    try {
      return accept(await this.#pipe(producerId, reached, end));
    } catch (err) {
      reached.way.setUsed(false);
      if (!reached.router.closed) this.#parts.log.warn({ err, producerId }, "a producer could not be lent");
      return refuse("media-unavailable");
    }
  }

  demand(producerId: string, highest: number): void {
    const one = this.#lent.get(producerId);
    if (one) changeDemand(one, highest);
  }

  release(producerId: string): void {
    const one = this.#lent.get(producerId);
    this.#lent.delete(producerId);
    this.#asked.delete(producerId);
    if (one) end(one);
  }

  close(): void {
    for (const producerId of [...this.#asked.keys()]) this.release(producerId);
  }

  async #pipe(producerId: string, reached: ReachedProducer, to: PipeEnd): Promise<PipedProducer> {
    const { place } = this.#parts;
    const pipe = await openPipe(reached.router, place);
    try {
      await connectPipe(pipe, to);
      const consumer = await pipe.consume({ producerId });
      if (this.#asked.get(producerId) !== to || consumer.closed) throw new Error("gone meanwhile");
      const lent: Lent = { pipe, reached, highest: -1 };
      changeDemand(lent, TOP_LAYER);
      this.#lent.set(producerId, lent);
      consumer.observer.once("close", () => {
        if (this.#lent.get(producerId) !== lent) return;
        this.release(producerId);
        this.#parts.onLost(producerId);
      });
      const rtpParameters = rtpParametersSchema.parse(consumer.rtpParameters);
      return { end: pipeEndOf(pipe, place), kind: consumer.kind, rtpParameters };
    } catch (cause) {
      pipe.close();
      throw cause;
    }
  }
}

function changeDemand(one: Lent, highest: number): void {
  one.reached.demand?.change(one.highest < 0 ? null : one.highest, highest < 0 ? null : highest);
  one.highest = highest;
}

function end(one: Lent): void {
  changeDemand(one, -1);
  one.reached.way.setUsed(false);
  one.pipe.close();
}
