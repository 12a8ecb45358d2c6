const NTP_TO_EPOCH_S = 2_208_988_800;
const MAX_PAYLOAD = 1_100;

export interface RtpHead {
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly isMarked: boolean;
}

/** An RTP packet (RFC 3550 section 5.1). */
export function rtpPacket(head: RtpHead, payload: Buffer): Buffer {
  const packet = Buffer.alloc(12 + payload.length);
  packet[0] = 0x80;
  packet[1] = head.payloadType | (head.isMarked ? 0x80 : 0);
  packet.writeUInt16BE(head.sequence & 0xffff, 2);
  packet.writeUInt32BE(head.timestamp >>> 0, 4);
  packet.writeUInt32BE(head.ssrc, 8);
  payload.copy(packet, 12);
  return packet;
}

/** The payloads of one VP8 frame (RFC 7741 section 4.2). */
export function vp8Payloads(frame: Buffer): readonly Buffer[] {
  const payloads: Buffer[] = [];
  for (let from = 0; from < frame.length; from += MAX_PAYLOAD) {
    const descriptor = Buffer.from([from === 0 ? 0x10 : 0x00]);
    payloads.push(Buffer.concat([descriptor, frame.subarray(from, from + MAX_PAYLOAD)]));
  }
  return payloads;
}

/** A sender report without blocks (RFC 3550 section 6.4.1). */
export function senderReport(ssrc: number, rtpTimestamp: number, epochMs: number): Buffer {
  const packet = Buffer.alloc(28);
  packet.set([0x80, 200, 0, 6]);
  packet.writeUInt32BE(ssrc, 4);
  packet.writeUInt32BE(Math.floor(epochMs / 1000) + NTP_TO_EPOCH_S, 8);
  packet.writeUInt32BE(Math.floor(((epochMs % 1000) / 1000) * 2 ** 32), 12);
  packet.writeUInt32BE(rtpTimestamp >>> 0, 16);
  return packet;
}
