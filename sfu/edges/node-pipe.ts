import { lookup } from "node:dns/promises";
import type { PipeTransport, Router, SrtpParameters } from "mediasoup/types";
import type { PipeEnd } from "../../server/protocol/edge-media.ts";

/** Keyframes of many cameras come at once. */
const SOCKET_BUFFER_BYTES = 4_194_304;

/** Where pipes from other nodes' media workers end on this one. */
export interface PipePlace {
  /** The address to listen on. */
  readonly listenIp: string;
  /** The address at which other nodes reach it, where that is not `listenIp`. */
  readonly address?: string;
  /** UDP; one for each producer that is piped. */
  readonly ports: { readonly min: number; readonly max: number };
}

/** One end of a pipe to another node: what goes through it is encrypted (SRTP), and lost packets are sent again. */
export function openPipe(router: Router, place: PipePlace): Promise<PipeTransport> {
  return router.createPipeTransport({
    listenInfo: {
      protocol: "udp",
      ip: place.listenIp,
      portRange: place.ports,
      recvBufferSize: SOCKET_BUFFER_BYTES,
      sendBufferSize: SOCKET_BUFFER_BYTES,
    },
    enableRtx: true,
    enableSrtp: true,
  });
}

/** What the other node has to know of an end. */
export function pipeEndOf(pipe: PipeTransport, place: PipePlace): PipeEnd {
  if (!pipe.srtpParameters) throw new Error("a pipe has no keys");
  return {
    address: place.address ?? place.listenIp,
    port: pipe.tuple.localPort,
    srtpParameters: pipe.srtpParameters,
  };
}

/** Throws where the address cannot be found, or the worker is gone. */
export async function connectPipe(pipe: PipeTransport, { address, port, srtpParameters }: PipeEnd) {
  const { address: ip } = await lookup(address);
  // The suite is one of mediasoup's own, from another mediasoup; it refuses what it does not know.
  await pipe.connect({ ip, port, srtpParameters: srtpParameters as SrtpParameters });
}
