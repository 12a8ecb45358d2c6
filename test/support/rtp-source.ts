import { spawn } from "node:child_process";
import { once } from "node:events";
import type { PlainProducer } from "./plain-class-media.ts";

const SIZE = "160x120";
/** Dark and silent in the first half of each second, bright and loud in the second. */
const BLINK = "lt(mod(t\\,1)\\,0.5)";
const PICTURE = `color=white:s=${SIZE}:r=25,drawbox=enable='${BLINK}':color=black:t=fill`;
const SOUND = `sine=frequency=880:sample_rate=48000,volume=enable='${BLINK}':volume=0`;

/** A source that a killed test leaves behind ends by itself. */
const LASTS_S = "120";

export interface RtpSource {
  stop(): Promise<void>;
}

/** ffmpeg sends a blinking picture and a beeping sound in step, as VP8 with a keyframe a second and Opus. */
export function sendRtp(to: { readonly video?: PlainProducer; readonly audio?: PlainProducer }): RtpSource {
  const args = ["-v", "error", "-nostdin"];
  if (to.video) args.push("-re", "-t", LASTS_S, "-f", "lavfi", "-i", PICTURE);
  if (to.audio) args.push("-re", "-t", LASTS_S, "-f", "lavfi", "-i", SOUND);
  if (to.video) {
    args.push("-map", "0:v", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "25");
    args.push("-b:v", "100k", "-f", "rtp", ...numbersOf(to.video));
  }
  if (to.audio) {
    args.push("-map", `${to.video ? 1 : 0}:a`, "-ac", "2", "-c:a", "libopus", "-b:a", "24k", "-f", "rtp");
    args.push(...numbersOf(to.audio));
  }
  const child = spawn("ffmpeg", args, { stdio: "ignore" });
  const ended = once(child, "close");
  return {
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Payload type and SSRC as the producer expects them, and where to send. */
function numbersOf({ producer, port, rtcpPort }: PlainProducer): string[] {
  const { codecs, encodings } = producer.rtpParameters;
  const payloadType = String(codecs[0]?.payloadType);
  const ssrc = String(encodings?.[0]?.ssrc);
  return ["-payload_type", payloadType, "-ssrc", ssrc, `rtp://127.0.0.1:${port}?rtcpport=${rtcpPort}`];
}
