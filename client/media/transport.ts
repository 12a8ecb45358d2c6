import type { Device } from "mediasoup-client";
import type {
  DtlsParameters,
  IceCandidate,
  IceParameters,
  Transport,
  TransportOptions,
} from "mediasoup-client/types";
import { accept, type Result } from "../../server/protocol/errors.ts";
import {
  type MediaSource,
  mediaSourceSchema,
  type TransportDirection,
  type TransportOffer,
} from "../../server/protocol/media.ts";
import { RefusedError, type SendCommand } from "./media-command.ts";

/** Told of each transport that is made. */
export type TransportWatch = (direction: TransportDirection, transport: Transport) => void;

export interface TransportQuestion {
  readonly device: Device;
  readonly direction: TransportDirection;
  readonly iceServers: RTCIceServer[];
  readonly command: SendCommand;
  readonly watch: TransportWatch;
}

/** Asks the server for a transport and makes this side of it; refuses with the server's code. */
export async function openTransport(question: TransportQuestion): Promise<Result<Transport>> {
  const { device, direction, command, iceServers } = question;
  const answer = await command("media.transport", { direction });
  if (!answer.ok) return answer;
  const options = transportOptionsFrom(answer.data as TransportOffer, iceServers);
  const transport =
    direction === "send" ? device.createSendTransport(options) : device.createRecvTransport(options);
  transport.on("connect", ({ dtlsParameters }, done, fail) => {
    command("media.connect", { direction, dtlsParameters }).then((connected) => {
      if (connected.ok) done();
      else fail(new RefusedError(connected));
    }, fail);
  });
  transport.on("produce", ({ rtpParameters, appData }, done, fail) => {
    const source: MediaSource = mediaSourceSchema.parse(appData.source);
    const paused = appData.isPaused === true;
    // Through JSON, as the socket does it: mediasoup-client's types are wider than the schema's input.
    const wire = JSON.parse(JSON.stringify(rtpParameters));
    command("media.produce", { source, rtpParameters: wire, paused }).then((produced) => {
      if (produced.ok) done({ id: (produced.data as { producerId: string }).producerId });
      else fail(new RefusedError(produced));
    }, fail);
  });
  question.watch(direction, transport);
  return accept(transport);
}

function transportOptionsFrom(offer: TransportOffer, iceServers: RTCIceServer[]): TransportOptions {
  return {
    id: offer.id,
    iceParameters: offer.iceParameters as IceParameters,
    iceCandidates: offer.iceCandidates as IceCandidate[],
    dtlsParameters: offer.dtlsParameters as DtlsParameters,
    iceServers,
  };
}
