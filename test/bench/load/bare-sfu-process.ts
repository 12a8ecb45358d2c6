import { createWorker } from "mediasoup";
import type { MediaKind, RtpCapabilities, RtpParameters } from "mediasoup/types";
import { MEDIA_CODECS } from "../../../sfu/codecs.ts";
import { serveBarePage } from "../first-frame/bare-page-server.ts";

/**
 * mediasoup alone, as little around it as can be: one worker, one router, one port. Ordered by its parent process, one
 * message for each request and one for its answer.
 */
const SOCKET_BUFFER_BYTES = 4_194_304;

export type BareOrder =
  | { readonly kind: "transport"; readonly dtlsParameters: unknown }
  | {
      readonly kind: "produce";
      readonly transport: number;
      readonly media: MediaKind;
      readonly rtpParameters: unknown;
    }
  /** Serves a page that shows what was published first. */
  | { readonly kind: "page" }
  | { readonly kind: "consume"; readonly transport: number; readonly rtpCapabilities: unknown };

export type BareAnswer = { readonly id: number } & Record<string, unknown>;

const { MEDIASOUP_WORKER_BIN: workerBin } = process.env;
const worker = await createWorker({ logLevel: "warn", ...(workerBin ? { workerBin } : {}) });
const router = await worker.createRouter({ mediaCodecs: MEDIA_CODECS });
const buffers = { recvBufferSize: SOCKET_BUFFER_BYTES, sendBufferSize: SOCKET_BUFFER_BYTES };
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: [{ protocol: "udp", ip: "127.0.0.1", ...buffers }],
});
const transports: Awaited<ReturnType<typeof router.createWebRtcTransport>>[] = [];
const producerIds: string[] = [];

async function answerTo(order: BareOrder): Promise<Record<string, unknown>> {
  if (order.kind === "page") return { port: await serveBarePage({ router, webRtcServer, producerIds }) };
  if (order.kind === "transport") {
    const transport = await router.createWebRtcTransport({
      webRtcServer,
      enableUdp: true,
      initialAvailableOutgoingBitrate: 1_000_000,
    });
    await transport.connect({ dtlsParameters: order.dtlsParameters as never });
    const { iceParameters, iceCandidates } = transport;
    return { transport: transports.push(transport) - 1, iceParameters, iceCandidates };
  }
  const transport = transports[order.transport];
  if (!transport) throw new Error("no such transport");
  if (order.kind === "produce") {
    const rtpParameters = order.rtpParameters as RtpParameters;
    const producer = await transport.produce({ kind: order.media, rtpParameters });
    producerIds.push(producer.id);
    return {};
  }
  const rtpCapabilities = order.rtpCapabilities as RtpCapabilities;
  for (const producerId of producerIds) await transport.consume({ producerId, rtpCapabilities });
  return {};
}

process.on("message", ({ id, order }: { id: number; order: BareOrder }) => {
  answerTo(order).then(
    (answer) => process.send?.({ id, ...answer }),
    (err: unknown) => process.send?.({ id, error: String(err) }),
  );
});
process.on("disconnect", () => process.exit());
process.send?.({ id: 0, rtpCapabilities: router.rtpCapabilities });
