import type { RouterRtpCodecCapability } from "mediasoup/types";
import { RTP_PAYLOAD_TYPES } from "../server/protocol/media.ts";

/**
 * What a class speaks. Opus carries its own repair (in-band FEC) and is silent when nobody talks (DTX);
 * VP8 is what every browser encodes in simulcast. Fewer codecs are fewer ways to harm the worker.
 */
export const MEDIA_CODECS: RouterRtpCodecCapability[] = [
  {
    kind: "audio",
    mimeType: "audio/opus",
    preferredPayloadType: RTP_PAYLOAD_TYPES.audio,
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  {
    kind: "video",
    mimeType: "video/VP8",
    preferredPayloadType: RTP_PAYLOAD_TYPES.video,
    clockRate: 90_000,
    parameters: { "x-google-start-bitrate": 600 },
  },
];
