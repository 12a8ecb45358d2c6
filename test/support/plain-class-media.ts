import { createWorker } from "mediasoup";
import type { PlainTransport, Producer, Router, Worker } from "mediasoup/types";
import type { ClassMedia, ClassMediaListener, MediaServer, ProducerView } from "../../server/ports.ts";
import { refuse } from "../../server/protocol/errors.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import { type MediaSource, mediaKindOf } from "../../server/protocol/media.ts";
import { MEDIA_CODECS } from "../../sfu/codecs.ts";
import { tapProducer } from "../../sfu/producer-tap.ts";
import { OPUS, VP8 } from "./rtp-samples.ts";

export interface PlainProducer {
  /** Where RTP and RTCP are to be sent, on 127.0.0.1. */
  readonly port: number;
  readonly rtcpPort: number;
  readonly producer: Producer;
}

/** A real worker and router whose producers are fed with plain RTP: media without browsers. */
export interface PlainMedia {
  readonly server: MediaServer;
  worker(): Worker;
  /** Publishes for a connection, as its peer would; in several layers of one SSRC each. */
  publish(connectionId: ConnectionId, source: MediaSource, layers?: number): Promise<PlainProducer>;
  setPaused(producer: Producer, isPaused: boolean): Promise<void>;
  close(): Promise<void>;
}

export async function createPlainMedia(): Promise<PlainMedia> {
  const views = new Map<Producer, Omit<ProducerView, "isLive">>();
  const transports = new Set<PlainTransport>();
  const listeners = new Set<ClassMediaListener>();
  let worker: Worker;
  let router: Router;

  async function start(): Promise<void> {
    worker = await createWorker({ logLevel: "error" });
    router = await worker.createRouter({ mediaCodecs: MEDIA_CODECS });
  }

  const tell = () => {
    for (const listener of listeners) listener.onProducersChanged?.();
  };
  const producers = () =>
    [...views].flatMap(([producer, view]) => {
      return producer.closed ? [] : [{ ...view, isLive: !producer.paused }];
    });

  await start();
  const media: ClassMedia = {
    rtpCapabilities: () => router.rtpCapabilities,
    addPeer: () =>
      ({
        close() {},
        setRoom() {},
        stop: async () => refuse("media-source-missing"),
        pause: async () => refuse("media-source-missing"),
      }) as never,
    setVoice() {},
    producers,
    tap: (producerId, order) => tapProducer(router, producerId, order),
    close() {},
  };
  return {
    server: {
      rtpCapabilities: { codecs: [] },
      async openClass(_sessionId, listener) {
        listeners.add(listener);
        return media;
      },
      isReady: () => true,
      workerCpu: async () => [],
      close: async () => undefined,
    },
    worker: () => worker,
    async publish(connectionId, source, layers = 1) {
      if (worker.closed) await start();
      const transport = await router.createPlainTransport({
        listenInfo: { protocol: "udp", ip: "127.0.0.1" },
        comedia: true,
        rtcpMux: false,
      });
      transports.add(transport);
      const kind = mediaKindOf(source);
      const { codecs } = kind === "audio" ? OPUS : VP8;
      const ssrc = 1_000 + 10 * transports.size;
      const producer = await transport.produce({
        kind,
        rtpParameters: {
          codecs: codecs.filter(({ mimeType }) => mimeType !== "video/rtx") as never,
          encodings: Array.from({ length: layers }, (_, layer) => ({ ssrc: ssrc + layer })),
          rtcp: { cname: connectionId },
        },
      });
      views.set(producer, { producerId: producer.id, connectionId, source });
      producer.observer.once("close", tell);
      tell();
      const rtcpPort = transport.rtcpTuple?.localPort ?? 0;
      return { port: transport.tuple.localPort, rtcpPort, producer };
    },
    async setPaused(producer, isPaused) {
      await (isPaused ? producer.pause() : producer.resume());
      tell();
    },
    async close() {
      worker.close();
    },
  };
}
