import { createSocket, type Socket } from "node:dgram";
import { setImmediate as turn } from "node:timers/promises";
import type { ClassMedia, Clock, MediaTap, TapOrder } from "../../server/ports.ts";
import { accept, type Result } from "../../server/protocol/errors.ts";
import { senderReport } from "./rtp-packets.ts";

/** Sender reports come so often: pictures' as mediasoup sends them, sound's as seldom as it ever does. */
const REPORT_EVERY_MS = { audio: 5_000, video: 1_000 } as const;

/** One tap's RTP on its way to ffmpeg, with sender reports by a clock that a test moves. */
export interface TapRelay {
  readonly producerId: string;
  readonly kind: "audio" | "video";
  /** Where ffmpeg listens. */
  readonly port: number;
  hasStarted(): boolean;
  /** The last RTP timestamp that passed; null before the first. */
  passed(): number | null;
  /** The width of the last keyframe that passed. */
  width(): number | null;
  /** Sends the report that is due, if one is; resolves once it was heard. */
  report(): Promise<void>;
}

/** Heads of RTP with the extensions that the worker adds, and of VP8. */
const MAX_HEADS = 60;

export interface RelayParts {
  readonly media: ClassMedia;
  readonly clock: Clock;
  readonly kindOf: (producerId: string) => "audio" | "video";
  readonly onPassed: () => void;
  /** Whether a producer's first picture is to come broken. */
  readonly isBrokenFirst: (producerId: string) => boolean;
}

/**
 * Taps through a relay: the media worker counts in real time, so its sender reports and the time of the first packet
 * are made here as it would make them, by the clock of the test.
 */
export function relayTaps({ media, clock, kindOf, onPassed, isBrokenFirst }: RelayParts) {
  const relays = new Set<TapRelay>();

  async function tap(producerId: string, order: TapOrder): Promise<Result<MediaTap>> {
    const [rtp, rtcp] = [await bound(), await bound()];
    const kind = kindOf(producerId);
    const rate = kind === "audio" ? 48_000 : 90_000;
    let last: { readonly timestamp: number; readonly at: number } | null = null;
    let reportedAt = clock.now();
    let hasStarted = false;
    let width: number | null = null;
    let broken: number | null = null;
    rtp.on("message", (packet) => {
      const timestamp = packet.readUInt32BE(4);
      if (last === null && isBrokenFirst(producerId)) broken = timestamp;
      if (timestamp === broken) breakPicture(packet);
      if (last === null) order.onFirstPacket(timestamp, Number(process.hrtime.bigint()) / 1e6);
      if (kind === "video") width = keyFrameWidth(packet) ?? width;
      last = { timestamp, at: clock.now() };
      rtp.send(packet, order.rtpPort, "127.0.0.1");
      onPassed();
    });
    const close = () => {
      relays.delete(relay);
      rtp.close();
      rtcp.close();
    };
    const ports = { rtpPort: rtp.address().port, rtcpPort: rtcp.address().port };
    const onEnded = () => {
      close();
      order.onEnded();
    };
    const tapped = await media.tap(producerId, { ...ports, onFirstPacket() {}, onEnded });
    const relay: TapRelay = {
      producerId,
      kind,
      port: order.rtpPort,
      hasStarted: () => hasStarted,
      width: () => width,
      passed: () => last?.timestamp ?? null,
      async report() {
        if (!last || !tapped.ok || clock.now() - reportedAt < REPORT_EVERY_MS[kind]) return;
        reportedAt = clock.now();
        const timestamp = last.timestamp + Math.round(((clock.now() - last.at) * rate) / 1000);
        rtcp.send(senderReport(tapped.data.ssrc, timestamp, Date.now()), order.rtcpPort, "127.0.0.1");
        // After the poll of the next turn the recorder has it.
        await turn();
        await turn();
      },
    };
    if (!tapped.ok) {
      close();
      return tapped;
    }
    relays.add(relay);
    return accept({
      ...tapped.data,
      async start() {
        const started = await tapped.data.start();
        hasStarted = true;
        return started;
      },
      close() {
        if (!relays.has(relay)) return;
        close();
        tapped.data.close();
      },
    });
  }

  return { tap, relays: () => [...relays] };
}

async function bound(): Promise<Socket> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return socket;
}

/** Makes a picture one that depends on another (RFC 6386 section 9.1), which never came. */
function breakPicture(packet: Buffer): void {
  const extended = (packet[0] ?? 0) & 0x10 ? 4 + 4 * packet.readUInt16BE(14) : 0;
  const tag = 12 + extended + 1;
  packet[tag] = (packet[tag] ?? 0) | 1;
}

/** Of a packet in which a VP8 keyframe begins (RFC 6386 section 9.1). */
function keyFrameWidth(packet: Buffer): number | null {
  const begins = packet.indexOf(Buffer.from([0x9d, 0x01, 0x2a]), 12);
  return begins === -1 || begins > MAX_HEADS ? null : packet.readUInt16LE(begins + 3) & 0x3fff;
}
