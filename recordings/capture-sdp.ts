import { RTP_PAYLOAD_TYPES } from "../server/protocol/media.ts";

/** What ffmpeg listens to (RFC 8866): one medium on one port of this machine, and RTCP on the next. */
export function captureSdp(kind: "audio" | "video", port: number): string {
  const payloadType = RTP_PAYLOAD_TYPES[kind];
  const codec = kind === "audio" ? "opus/48000/2" : "VP8/90000";
  return [
    "v=0",
    "o=- 0 0 IN IP4 127.0.0.1",
    "s=-",
    "c=IN IP4 127.0.0.1",
    "t=0 0",
    `m=${kind} ${port} RTP/AVP ${payloadType}`,
    `a=rtpmap:${payloadType} ${codec}`,
    "",
  ].join("\n");
}
