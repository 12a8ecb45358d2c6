import type {
  DtlsParametersJson,
  RtpCapabilitiesJson,
  RtpParametersJson,
} from "../../server/protocol/media.ts";
import { rtpCapabilitiesSchema } from "../../server/protocol/media.ts";

/** What a browser would send, as far as the media server looks at it. */
export const DTLS: DtlsParametersJson = {
  role: "client",
  fingerprints: [{ algorithm: "sha-256", value: Array.from({ length: 32 }, () => "AB").join(":") }],
};

export const OPUS: RtpParametersJson = {
  mid: "0",
  codecs: [
    {
      mimeType: "audio/opus",
      payloadType: 111,
      clockRate: 48_000,
      channels: 2,
      parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
      rtcpFeedback: [{ type: "transport-cc" }],
    },
  ],
  headerExtensions: [{ uri: "urn:ietf:params:rtp-hdrext:sdes:mid", id: 4 }],
  encodings: [{ ssrc: 1111 }],
  rtcp: { cname: "a" },
};

export const VP8: RtpParametersJson = {
  mid: "1",
  codecs: [
    { mimeType: "video/VP8", payloadType: 96, clockRate: 90_000, rtcpFeedback: [{ type: "nack" }] },
    { mimeType: "video/rtx", payloadType: 97, clockRate: 90_000, parameters: { apt: 96 } },
  ],
  headerExtensions: [
    { uri: "urn:ietf:params:rtp-hdrext:sdes:mid", id: 4 },
    { uri: "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", id: 10 },
  ],
  encodings: [
    { rid: "r0", maxBitrate: 120_000, scalabilityMode: "L1T3" },
    { rid: "r1", maxBitrate: 400_000, scalabilityMode: "L1T3" },
    { rid: "r2", maxBitrate: 1_300_000, scalabilityMode: "L1T3" },
  ],
  rtcp: { cname: "a" },
};

/** The router's own capabilities, as a client that can do everything says them back. */
export function capabilitiesFrom(routerCapabilities: unknown): RtpCapabilitiesJson {
  return rtpCapabilitiesSchema.parse(JSON.parse(JSON.stringify(routerCapabilities)));
}
