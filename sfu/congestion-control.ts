import type { RtpCapabilities } from "mediasoup/types";

/** By one of these header extensions the media server decides that it has to estimate a line (mediasoup, `ortc`). */
const EXTENSIONS: ReadonlySet<string> = new Set([
  "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
  "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
]);
const FEEDBACK: ReadonlySet<string> = new Set(["transport-cc", "goog-remb"]);

/**
 * Capabilities without congestion control, for what has no layers to choose from (MS20): it would cost as much again as
 * forwarding itself (docs/performance.md), and there is nothing to choose by it.
 */
export function withoutCongestionControl(capabilities: RtpCapabilities): RtpCapabilities {
  return {
    ...capabilities,
    codecs: (capabilities.codecs ?? []).map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => !FEEDBACK.has(type)),
    })),
    headerExtensions: (capabilities.headerExtensions ?? []).filter(({ uri }) => !EXTENSIONS.has(uri)),
  };
}
