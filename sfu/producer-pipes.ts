import type { Consumer, Router } from "mediasoup/types";
import type { Log } from "../server/ports.ts";

/** A pipe that nobody uses is kept so long: people leaf through pages of tiles and come back. */
const UNUSED_MS = 10_000;
/** Loopback alone: what is piped between the workers of one machine is not encrypted. */
const LISTEN_INFO = {
  protocol: "udp",
  ip: "127.0.0.1",
  recvBufferSize: 4_194_304,
  sendBufferSize: 4_194_304,
} as const;

/** A producer within reach of a router: there, or piped to it. */
export interface ProducerWay {
  /** Whether this consumer of it is wanted; a pipe ends once none has been for a while. */
  setUsed(isUsed: boolean): void;
}

export const DIRECT_WAY: ProducerWay = { setUsed: () => undefined };

interface Pipe {
  readonly consumer: Promise<Consumer | null>;
  uses: number;
  timer: NodeJS.Timeout | null;
}

/**
 * Carries producers from the router where they are published to others of the same class, once each, and only while
 * somebody there receives them (MS18).
 */
export class ProducerPipes {
  readonly #pipes = new Map<string, Pipe>();
  readonly #log: Log;
  readonly #unusedMs: number;
  #isClosed = false;

  constructor(log: Log, unusedMs: number = UNUSED_MS) {
    this.#log = log;
    this.#unusedMs = unusedMs;
  }

  /** Each way begins used. Null where the producer or a worker is gone. */
  async bring(producerId: string, from: Router, to: Router): Promise<ProducerWay | null> {
    if (this.#isClosed || from.closed || to.closed) return null;
    const key = `${producerId}>${to.id}`;
    const pipe = this.#pipes.get(key) ?? this.#lay(key, producerId, from, to);
    this.#count(key, pipe, 1);
    if (!(await pipe.consumer)) return null;
    let isUsed = true;
    return {
      setUsed: (now) => {
        if (now === isUsed) return;
        isUsed = now;
        this.#count(key, pipe, now ? 1 : -1);
      },
    };
  }

  /** The pipes themselves end with their routers. */
  close(): void {
    this.#isClosed = true;
    for (const pipe of this.#pipes.values()) if (pipe.timer) clearTimeout(pipe.timer);
    this.#pipes.clear();
  }

  #lay(key: string, producerId: string, from: Router, to: Router): Pipe {
    const laid = from
      .pipeToRouter({ producerId, router: to, listenInfo: LISTEN_INFO, enableSctp: false })
      .then(({ pipeConsumer, pipeProducer }) => {
        const consumer = pipeConsumer ?? null;
        if (!consumer || !pipeProducer || consumer.closed || pipeProducer.closed)
          return this.#gone(key, pipe);
        consumer.observer.once("close", () => this.#gone(key, pipe));
        return consumer;
      })
      .catch((err: unknown) => {
        if (!from.closed && !to.closed) this.#log.warn({ err }, "a producer could not be piped");
        return this.#gone(key, pipe);
      });
    const pipe: Pipe = { consumer: laid, uses: 0, timer: null };
    this.#pipes.set(key, pipe);
    return pipe;
  }

  #gone(key: string, pipe: Pipe): null {
    if (pipe.timer) clearTimeout(pipe.timer);
    if (this.#pipes.get(key) === pipe) this.#pipes.delete(key);
    return null;
  }

  #count(key: string, pipe: Pipe, change: 1 | -1): void {
    pipe.uses += change;
    if (pipe.timer) clearTimeout(pipe.timer);
    pipe.timer = null;
    if (pipe.uses > 0 || this.#pipes.get(key) !== pipe) return;
    pipe.timer = setTimeout(() => {
      this.#gone(key, pipe);
      void pipe.consumer.then((consumer) => consumer?.close());
    }, this.#unusedMs);
  }
}
