import type { MediaSignal, RtpCapabilitiesJson, RtpParametersJson } from "../../../server/protocol/media.ts";

type Kind = "audio" | "video";

const isTransportCcUri = (uri: string) => /transport-wide-cc/.test(uri);

/** The capabilities with as much taken away as these tests say. */
function filtered(
  offered: RtpCapabilitiesJson,
  keepsExtension: (kind: Kind, uri: string) => boolean,
  keepsFeedback: (kind: Kind, type: string) => boolean,
): RtpCapabilitiesJson {
  return {
    codecs: offered.codecs.map((codec) => ({
      ...codec,
      rtcpFeedback: codec.rtcpFeedback?.filter(({ type }) => keepsFeedback(codec.kind, type)),
    })),
    headerExtensions: offered.headerExtensions?.filter(({ kind, uri }) => keepsExtension(kind, uri)),
  };
}

/** Those of a client that takes part in no estimation of bandwidth. */
export function withoutCongestionControl(offered: RtpCapabilitiesJson): RtpCapabilitiesJson {
  return filtered(
    offered,
    (_, uri) => !isTransportCcUri(uri) && !/abs-send-time/.test(uri),
    (_, type) => !/transport-cc|goog-remb/.test(type),
  );
}

/** Those with which mediasoup makes consumers like these: the same header extensions, the same feedback. */
export function capabilitiesLike(
  opened: readonly Extract<MediaSignal, { type: "consumer.opened" }>[],
): (offered: RtpCapabilitiesJson) => RtpCapabilitiesJson {
  const parameters = opened.map(({ kind, rtpParameters }) => ({
    kind,
    ...(rtpParameters as RtpParametersJson),
  }));
  const of = (kind: Kind) => parameters.filter((one) => one.kind === kind);
  return (offered) =>
    filtered(
      offered,
      (kind, uri) => of(kind).some((one) => one.headerExtensions?.some((extension) => extension.uri === uri)),
      (kind, type) =>
        of(kind).some(({ codecs }) =>
          codecs.some((codec) => codec.rtcpFeedback?.some((feedback) => feedback.type === type)),
        ),
    );
}

/** Whether packets of this consumer are numbered for transport-wide congestion control. */
export function hasTransportCc(rtpParameters: unknown): boolean {
  const { headerExtensions } = rtpParameters as RtpParametersJson;
  return headerExtensions?.some(({ uri }) => isTransportCcUri(uri)) ?? false;
}
