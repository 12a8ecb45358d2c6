import type { Producer, RtpParameters } from "mediasoup/types";
import { accept, type Result, refuse } from "../server/protocol/errors.ts";
import {
  type DtlsParametersJson,
  type MediaSource,
  mediaKindOf,
  type RtpParametersJson,
  rtpParametersSchema,
  type TransportOffer,
} from "../server/protocol/media.ts";
import { keyFrameDelayMsFrom } from "./key-frame-delay.ts";
import { PeerTransport } from "./peer-transport.ts";
import { sourceProblemFrom } from "./source-rules.ts";
import type { PublishedMedia } from "./subscription.ts";
import { ask, askForClient } from "./worker-request.ts";
import type { RouterPlace } from "./workers.ts";

export interface SendingListener {
  /** Something was published, paused, resumed or stopped: subscriptions follow. */
  onPublishedChanged(): void;
  onProducerMade(source: MediaSource, producer: Producer): void;
  /** Ended by itself, not by `stop` or `close`. */
  onProducerEnded(source: MediaSource): void;
}

/** What one peer publishes: its send transport and at most one producer for each source. */
export class PeerSending {
  readonly #listener: SendingListener;
  readonly #producers = new Map<MediaSource, Producer>();
  #transport: PeerTransport | null = null;
  #isClosed = false;

  constructor(listener: SendingListener) {
    this.#listener = listener;
  }

  /** In the order of publication. */
  published(): readonly Pick<PublishedMedia, "source" | "producerId" | "isLive" | "hasLayers">[] {
    return [...this.#producers].map(([source, producer]) => ({
      source,
      producerId: producer.id,
      isLive: !producer.paused,
      // Temporal ones count too: mediasoup calls simulcast whatever has any to choose from.
      hasLayers: producer.type === "simulcast",
    }));
  }

  /** Replaces an older transport, whose producers end. */
  async createTransport(place: RouterPlace): Promise<Result<TransportOffer>> {
    this.#transport?.close();
    this.#transport = null;
    const made = await PeerTransport.create(place, "send");
    if (!made.ok) return made;
    if (this.#isClosed) {
      made.data.close();
      return refuse("media-unavailable");
    }
    this.#transport = made.data;
    return accept(made.data.offer);
  }

  async connectTransport(parameters: DtlsParametersJson): Promise<Result> {
    return this.#open()?.connect(parameters) ?? refuse("media-transport-missing");
  }

  async restartIce(): Promise<Result<unknown>> {
    return this.#open()?.restartIce() ?? refuse("media-transport-missing");
  }

  async produce(
    source: MediaSource,
    parameters: RtpParametersJson,
    paused: boolean,
  ): Promise<Result<{ readonly producerId: string }>> {
    const transport = this.#open();
    if (!transport) return refuse("media-transport-missing");
    if (this.#producers.has(source)) return refuse("media-source-exists", source);
    const parsed = rtpParametersSchema.safeParse(parameters);
    if (!parsed.success) return refuse("media-bad-parameters", parsed.error.message);
    const problem = sourceProblemFrom(source, parsed.data);
    if (problem !== null) return refuse("media-bad-parameters", problem);
    // The schema's encodings and mediasoup's differ only in priorities, which mediasoup types more narrowly.
    const rtpParameters = parsed.data as RtpParameters;
    const made = await askForClient({ what: `producing ${source}`, isAlive: () => transport.isOpen }, () =>
      transport.webRtc.produce({
        kind: mediaKindOf(source),
        rtpParameters,
        paused,
        keyFrameRequestDelay: keyFrameDelayMsFrom(source),
      }),
    );
    if (!made.ok) return made;
    if (made.data.closed) return refuse("media-unavailable");
    this.#keep(source, made.data);
    return accept({ producerId: made.data.id });
  }

  pause(source: MediaSource): Promise<Result> {
    return this.#change(source, `pausing ${source}`, (producer) => producer.pause());
  }

  resume(source: MediaSource): Promise<Result> {
    return this.#change(source, `resuming ${source}`, (producer) => producer.resume());
  }

  stop(source: MediaSource): Result {
    const producer = this.#producers.get(source);
    if (!producer) return refuse("media-source-missing", source);
    this.#producers.delete(source);
    producer.close();
    this.#listener.onPublishedChanged();
    return accept();
  }

  /** Ends what there is without a word; the class tells whoever has to know. */
  close(): void {
    this.#isClosed = true;
    this.#producers.clear();
    this.#transport?.close();
    this.#transport = null;
  }

  #open(): PeerTransport | null {
    return this.#transport?.isOpen ? this.#transport : null;
  }

  #keep(source: MediaSource, producer: Producer): void {
    this.#producers.set(source, producer);
    producer.once("transportclose", () => {
      if (this.#producers.get(source) !== producer) return;
      this.#producers.delete(source);
      this.#listener.onPublishedChanged();
      this.#listener.onProducerEnded(source);
    });
    this.#listener.onProducerMade(source, producer);
    this.#listener.onPublishedChanged();
  }

  async #change(
    source: MediaSource,
    what: string,
    change: (producer: Producer) => Promise<void>,
  ): Promise<Result> {
    const producer = this.#producers.get(source);
    if (!producer) return refuse("media-source-missing", source);
    const changed = await ask({ what, isAlive: () => !producer.closed }, () => change(producer));
    this.#listener.onPublishedChanged();
    return changed;
  }
}
