import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

const SENDER_REPORT = 200;
/** NTP counts from 1900 (RFC 5905), computers from 1970. */
const NTP_TO_EPOCH_S = 2_208_988_800;
/** A report is on its way for less than this; else the machine's clock was set meanwhile. */
const MAX_DELAY_MS = 2_000;

export interface SenderReport {
  readonly ssrc: number;
  readonly rtpTimestamp: number;
  /** When that would be, by the machine's clock (epoch ms). */
  readonly epochMs: number;
}

/** The sender report of an RTCP packet (RFC 3550 section 6.4.1), which stands first in a compound one; else null. */
export function senderReportFrom(packet: Buffer): SenderReport | null {
  if (packet.length < 28 || packet[0] === undefined || packet[0] >> 6 !== 2) return null;
  if (packet[1] !== SENDER_REPORT) return null;
  const seconds = packet.readUInt32BE(8);
  const fraction = packet.readUInt32BE(12);
  return {
    ssrc: packet.readUInt32BE(4),
    rtpTimestamp: packet.readUInt32BE(16),
    epochMs: (seconds - NTP_TO_EPOCH_S) * 1000 + (fraction * 1000) / 2 ** 32,
  };
}

/** How long ago a report was made; 0 where the clock does not allow to say. */
export function delayOf({ epochMs }: SenderReport, now: number): number {
  const delay = now - epochMs;
  return delay > 0 && delay < MAX_DELAY_MS ? delay : 0;
}

export interface SenderReports {
  readonly port: number;
  /** Tells of one stream's reports until the result is called. */
  follow(ssrc: number, onReport: (report: SenderReport) => void): () => void;
  close(): void;
}

/** One socket on loopback for the sender reports of all that is recorded. */
export async function listenToSenderReports(): Promise<SenderReports> {
  const followers = new Map<number, (report: SenderReport) => void>();
  const socket = createSocket("udp4");
  socket.on("message", (packet) => {
    const report = senderReportFrom(packet);
    if (report) followers.get(report.ssrc)?.(report);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", resolve);
  });
  socket.unref();
  let isClosed = false;
  return {
    port: (socket.address() as AddressInfo).port,
    follow(ssrc, onReport) {
      followers.set(ssrc, onReport);
      return () => followers.delete(ssrc);
    },
    close() {
      if (!isClosed) socket.close();
      isClosed = true;
    },
  };
}
