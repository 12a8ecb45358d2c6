import { type MediaSource, mediaKindOf, type RtpParametersJson } from "../server/protocol/media.ts";

const MAX_ENCODINGS: Readonly<Record<MediaSource, number>> = {
  microphone: 1,
  camera: 3,
  screen: 2,
  "screen-audio": 1,
};
/** One spatial layer an encoding: VP8 has no more, and the worker believes what it is told. */
const SCALABILITY_MODE = /^L1T[1-3]$/;

/**
 * Why these RTP parameters cannot be this source, in English for people who debug; null when they can.
 * mediasoup checks the rest; what is here would confuse its worker or somebody's subscription.
 */
export function sourceProblemFrom(source: MediaSource, parameters: RtpParametersJson): string | null {
  const kind = mediaKindOf(source);
  const { codecs, encodings } = parameters;
  const foreign = codecs.find((codec) => !codec.mimeType.toLowerCase().startsWith(`${kind}/`));
  if (foreign) return `${source} is ${kind}, not ${foreign.mimeType}`;
  if (encodings.length > MAX_ENCODINGS[source])
    return `${source} has at most ${MAX_ENCODINGS[source]} encodings`;
  const payloadTypes = new Set(codecs.map((codec) => codec.payloadType));
  for (const { ssrc, rid, scalabilityMode, codecPayloadType } of encodings) {
    if (encodings.length > 1 && ssrc === undefined && rid === undefined)
      return "an encoding has no ssrc, no rid";
    if (scalabilityMode !== undefined && !SCALABILITY_MODE.test(scalabilityMode)) {
      return `scalability mode ${scalabilityMode} is not supported`;
    }
    if (codecPayloadType !== undefined && !payloadTypes.has(codecPayloadType)) {
      return `no codec has payload type ${codecPayloadType}`;
    }
  }
  if (
    parameters.mid === undefined &&
    encodings.some((one) => one.ssrc === undefined && one.rid === undefined)
  ) {
    return "neither mid, ssrc nor rid says which packets are meant";
  }
  return null;
}
