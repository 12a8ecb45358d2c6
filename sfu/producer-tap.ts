import type { Consumer, PlainTransport, Router, RtpCapabilities } from "mediasoup/types";
import type { MediaTap, TapOrder } from "../server/ports.ts";
import { accept, type Result, refuse } from "../server/protocol/errors.ts";
import type { ReachedProducer } from "./class-router.ts";
import { TOP_LAYER } from "./layer-demand.ts";
import { ask } from "./worker-request.ts";

/** Loopback alone: what is tapped is not encrypted. */
const LOOPBACK = "127.0.0.1";

/** Plain codecs: nothing is sent twice or asked for on loopback, and no header extension is of use there. */
function plainCapabilities({ rtpCapabilities }: Router): RtpCapabilities {
  const codecs = (rtpCapabilities.codecs ?? []).filter(({ mimeType }) => !mimeType.endsWith("/rtx"));
  return { codecs: codecs.map((codec) => ({ ...codec, rtcpFeedback: [] })), headerExtensions: [] };
}

/**
 * Taps a producer where it was reached; a recording takes the highest layer, whoever else looks. Refuses as
 * `tapProducer` does.
 */
export async function tapReached(
  { router, way, demand }: ReachedProducer,
  producerId: string,
  order: TapOrder,
): Promise<Result<MediaTap>> {
  let isWanted = true;
  demand?.change(null, TOP_LAYER);
  const forget = () => {
    if (isWanted) demand?.change(TOP_LAYER, null);
    isWanted = false;
    way.setUsed(false);
  };
  const onEnded = () => {
    forget();
    order.onEnded();
  };
  const made = await tapProducer(router, producerId, { ...order, onEnded });
  if (!made.ok) {
    forget();
    return made;
  }
  const close = () => {
    forget();
    made.data.close();
  };
  return accept({ ...made.data, close });
}

/** Sends one producer to a recorder: of several layers the highest that arrives. Refuses `media-unavailable`. */
export async function tapProducer(
  router: Router,
  producerId: string,
  order: TapOrder,
): Promise<Result<MediaTap>> {
  let transport: PlainTransport | null = null;
  const isAlive = () => !router.closed && router.canConsume({ producerId, rtpCapabilities: capabilities });
  const capabilities = plainCapabilities(router);
  const made = await ask({ what: "tapping a producer", isAlive }, async () => {
    transport = await router.createPlainTransport({
      listenInfo: { protocol: "udp", ip: LOOPBACK },
      rtcpMux: false,
    });
    await transport.connect({ ip: LOOPBACK, port: order.rtpPort, rtcpPort: order.rtcpPort });
    return transport.consume({ producerId, rtpCapabilities: capabilities, paused: true });
  }).catch((cause: unknown) => {
    transport?.close();
    throw cause;
  });
  if (!made.ok || !transport) {
    (transport as PlainTransport | null)?.close();
    return made.ok ? refuse("media-unavailable") : made;
  }
  return accept(tapOf(transport, made.data, order));
}

function tapOf(transport: PlainTransport, consumer: Consumer, order: TapOrder): MediaTap {
  let isClosed = false;
  const onGone = () => {
    if (isClosed) return;
    isClosed = true;
    transport.close();
    order.onEnded();
  };
  consumer.once("producerclose", onGone);
  consumer.once("transportclose", onGone);
  consumer.on("trace", ({ timestamp, info }) => {
    const first = (info as { rtpPacket?: { timestamp?: number } }).rtpPacket?.timestamp;
    if (first === undefined || isClosed || !isWaiting) return;
    isWaiting = false;
    order.onFirstPacket(first, timestamp);
    consumer.enableTraceEvent([]).catch(() => undefined);
  });
  let isWaiting = true;
  return {
    ssrc: consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0,
    start: () =>
      ask({ what: "starting a tap", isAlive: () => !consumer.closed }, async () => {
        await consumer.enableTraceEvent(["rtp"]);
        await consumer.resume();
      }),
    requestKeyFrame() {
      // A worker that died meanwhile ends the tap, and says so.
      if (consumer.kind === "video" && !consumer.closed) consumer.requestKeyFrame().catch(() => undefined);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      transport.close();
    },
  };
}
