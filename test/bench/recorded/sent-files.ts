import { type ChildProcess, execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PlainProducer } from "../../support/plain-class-media.ts";

const run = promisify(execFile);
/** Of what is sent over and over again. */
const LENGTH_S = 20;
const VP8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"];

/** Media encoded once, so that what sends them costs little while it is measured. */
export interface SentFiles {
  readonly camera: string;
  readonly microphone: string;
  readonly screen: string;
}

export async function encodeFiles(folder: string): Promise<SentFiles> {
  async function encode(name: string, args: readonly string[]): Promise<string> {
    const file = join(folder, name);
    await run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", ...args, "-t", String(LENGTH_S), file]);
    return file;
  }
  return {
    camera: await encode("camera.webm", ["testsrc2=s=640x360:r=30", ...VP8, "-g", "60", "-b:v", "600k"]),
    screen: await encode("screen.webm", ["testsrc2=s=1280x720:r=15", ...VP8, "-g", "60", "-b:v", "1200k"]),
    microphone: await encode("microphone.webm", ["sine=440", "-ac", "2", "-c:a", "libopus", "-b:a", "32k"]),
  };
}

/** Sends a file to any number of producers, until it is killed. */
export function sendFile(file: string, producers: readonly PlainProducer[]): ChildProcess {
  const outputs = producers.flatMap(({ port, rtcpPort, producer }) => {
    const { codecs, encodings } = producer.rtpParameters;
    const numbers = ["-payload_type", String(codecs[0]?.payloadType), "-ssrc", String(encodings?.[0]?.ssrc)];
    return [
      "-map",
      "0",
      "-c",
      "copy",
      "-f",
      "rtp",
      ...numbers,
      `rtp://127.0.0.1:${port}?rtcpport=${rtcpPort}`,
    ];
  });
  const input = ["-v", "error", "-nostdin", "-re", "-stream_loop", "100", "-i", file];
  return spawn("ffmpeg", [...input, ...outputs], { stdio: "ignore" });
}
