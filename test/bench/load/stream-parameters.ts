import type { RtpParametersJson } from "../../../server/protocol/media.ts";
import { AUDIO_TYPE, VIDEO_TYPE } from "./load-client.ts";

/** What a publisher says of an Opus stream of the load client. */
export function soundParameters(ssrc: number): RtpParametersJson {
  return {
    mid: String(ssrc),
    codecs: [{ mimeType: "audio/opus", payloadType: AUDIO_TYPE, clockRate: 48_000, channels: 2 }],
    encodings: [{ ssrc }],
    rtcp: { cname: "load" },
  };
}

/** What it says of VP8: one stream, or one for each simulcast layer, smallest first. */
export function filmParameters(ssrcs: readonly number[]): RtpParametersJson {
  const rtcpFeedback = [
    { type: "nack" },
    { type: "nack", parameter: "pli" },
    { type: "ccm", parameter: "fir" },
  ];
  return {
    mid: String(ssrcs[0]),
    codecs: [{ mimeType: "video/VP8", payloadType: VIDEO_TYPE, clockRate: 90_000, rtcpFeedback }],
    encodings: ssrcs.map((ssrc) => ({ ssrc })),
    rtcp: { cname: "load" },
  };
}
