import type { Socket } from "node:dgram";
import { type ClockSamples, PICTURES_PER_S, SOUND_MS } from "./clock-samples.ts";
import type { PlainProducer } from "./plain-class-media.ts";
import { rtpPacket, senderReport, vp8Payloads } from "./rtp-packets.ts";

/** A beep comes so often: seldom where a segment begins. */
const BEEP_EVERY_MS = 7_000;
const PICTURE_MS = 1000 / PICTURES_PER_S;
const REPORT_EVERY_MS = 1_000;
/** Timestamps begin here, so that they wrap after a few seconds. */
const FIRST_TIMESTAMP = 2 ** 32 - 400_000;

export interface PerformerParts {
  readonly socket: Socket;
  readonly samples: ClockSamples;
  /** Time zero of the picture's clock. */
  readonly zeroAt: number;
  /** How much faster the microphone's clock runs than it should, in parts per million. */
  readonly driftPpm: number;
  /** The share of packets that is lost on the way. */
  readonly loss: number;
}

/** Somebody whose camera shows what second it is and whose microphone beeps every seven seconds. */
export interface Performer {
  camera: PlainProducer | null;
  microphone: PlainProducer | null;
  /** Layers of the camera that are sent. */
  layersSent: number;
  /** When each beep was first heard. */
  readonly beepsAt: readonly number[];
  /** Sends what is due. */
  perform(now: number): void;
  /** The last timestamp of sound that was sent through this producer. */
  soundSent(producerId: string): number | null;
}

export function createPerformer({ socket, samples, zeroAt, driftPpm, loss }: PerformerParts): Performer {
  const beepsAt: number[] = [];
  const soundFrameMs = SOUND_MS / (1 + driftPpm / 1e6);
  const isLost = lossOf(loss);
  let pictureCount = 0;
  let soundCount = 0;
  const sequences = new Map<number, number>();
  let reportedAt = zeroAt;
  let sound: { readonly producerId: string; readonly timestamp: number } | null = null;
  /** The packet of the beep that comes next. */
  let beepNext: number | null = null;

  function send(to: PlainProducer, layer: number, timestamp: number, payloads: readonly Buffer[]): boolean {
    const { codecs, encodings } = to.producer.rtpParameters;
    const payloadType = codecs[0]?.payloadType ?? 0;
    const ssrc = encodings?.[layer]?.ssrc ?? 0;
    let isWhole = true;
    for (const [index, payload] of payloads.entries()) {
      const isMarked = index === payloads.length - 1;
      const sequence = (sequences.get(ssrc) ?? 0) + 1;
      sequences.set(ssrc, sequence);
      if (isLost()) {
        isWhole = false;
        continue;
      }
      socket.send(
        rtpPacket({ payloadType, sequence, timestamp, ssrc, isMarked }, payload),
        to.port,
        "127.0.0.1",
      );
    }
    return isWhole;
  }

  function showNext(at: number): void {
    const { camera } = performer;
    const index = pictureCount;
    if (!camera || camera.producer.paused) return;
    for (let layer = 0; layer < performer.layersSent; layer += 1) {
      const frame = samples.pictures[layer]?.[index];
      if (frame) send(camera, layer, pictureTimestamp(at, layer), vp8Payloads(frame));
    }
  }

  /** Each layer begins to count elsewhere, as in a browser. */
  function pictureTimestamp(at: number, layer: number): number {
    return FIRST_TIMESTAMP + layer * 1_234_567 + Math.round((at - zeroAt) * 90);
  }

  function soundNext(at: number): void {
    const { microphone } = performer;
    if (!microphone || microphone.producer.paused) return;
    const beepIndex = Math.floor((at - zeroAt) / BEEP_EVERY_MS);
    const isDue = beepIndex > 0 && at - zeroAt - beepIndex * BEEP_EVERY_MS < SOUND_MS;
    if (isDue) beepNext = 0;
    const timestamp = (FIRST_TIMESTAMP + soundCount * 48 * SOUND_MS) >>> 0;
    const beep = beepNext === null ? undefined : samples.beep[beepNext];
    beepNext = beep && beepNext !== null ? beepNext + 1 : null;
    if (!send(microphone, 0, timestamp, [beep ?? samples.silence])) return;
    sound = { producerId: microphone.producer.id, timestamp };
    const before = beepsAt.at(-1) ?? 0;
    if (beep && at - before > BEEP_EVERY_MS / 2) beepsAt.push(at);
  }

  /** Where several layers are sent, the media worker matches them by their reports. */
  function report(now: number): void {
    reportedAt = now;
    const { camera, microphone } = performer;
    for (let layer = 0; camera && layer < performer.layersSent; layer += 1) {
      const ssrc = camera.producer.rtpParameters.encodings?.[layer]?.ssrc ?? 0;
      socket.send(senderReport(ssrc, pictureTimestamp(now, layer), now), camera.rtcpPort, "127.0.0.1");
    }
    if (!microphone) return;
    const ssrc = microphone.producer.rtpParameters.encodings?.[0]?.ssrc ?? 0;
    const passed = Math.round((now - zeroAt) * 48 * (1 + driftPpm / 1e6));
    socket.send(senderReport(ssrc, FIRST_TIMESTAMP + passed, now), microphone.rtcpPort, "127.0.0.1");
  }

  const performer: Performer = {
    camera: null,
    microphone: null,
    layersSent: 1,
    beepsAt,
    perform(now) {
      if (now - reportedAt >= REPORT_EVERY_MS) report(now);
      for (; zeroAt + pictureCount * PICTURE_MS <= now; pictureCount += 1) {
        showNext(zeroAt + pictureCount * PICTURE_MS);
      }
      for (; zeroAt + soundCount * soundFrameMs <= now; soundCount += 1) {
        soundNext(zeroAt + soundCount * soundFrameMs);
      }
    },
    soundSent: (producerId) => (sound?.producerId === producerId ? sound.timestamp : null),
  };
  return performer;
}

/** The same packets are lost in every run. */
function lossOf(share: number): () => boolean {
  let state = 7;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31 < share;
  };
}
