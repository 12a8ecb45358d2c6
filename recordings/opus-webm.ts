/** One Opus packet and when it sounds, in milliseconds of the file. */
export interface TimedPacket {
  readonly atMs: number;
  readonly data: Buffer;
}

const CLUSTER_MS = 1_000;
const KEY_FRAME = 0x80;
/** What a decoder needs to hear before it sounds right (RFC 7845, 4.6). */
const SEEK_PREROLL_NS = 80_000_000;

/**
 * A WebM file of Opus packets in their order (RFC 8794, RFC 9559). It has no delay of its own: a packet sounds when its
 * time says, so that files can follow each other without a seam.
 */
export function webmFromOpus(packets: readonly TimedPacket[], channels: 1 | 2): Buffer {
  const head = element(0x1a45dfa3, [
    element(0x4286, number(1)),
    element(0x42f7, number(1)),
    element(0x42f2, number(4)),
    element(0x42f3, number(8)),
    element(0x4282, text("webm")),
    element(0x4287, number(4)),
    element(0x4285, number(2)),
  ]);
  const info = element(0x1549a966, [
    element(0x2ad7b1, number(1_000_000)),
    element(0x4d80, text("balai")),
    element(0x5741, text("balai")),
  ]);
  return Buffer.concat([head, element(0x18538067, [info, tracks(channels), ...clustersFrom(packets)])]);
}

function tracks(channels: 1 | 2): Buffer {
  const opusHead = Buffer.alloc(19);
  opusHead.write("OpusHead", "latin1");
  opusHead.writeUInt8(1, 8);
  opusHead.writeUInt8(channels, 9);
  opusHead.writeUInt32LE(48_000, 12);
  const rate = Buffer.alloc(8);
  rate.writeDoubleBE(48_000);
  const audio = element(0xe1, [element(0xb5, rate), element(0x9f, number(channels))]);
  return element(0x1654ae6b, [
    element(0xae, [
      element(0xd7, number(1)),
      element(0x73c5, number(1)),
      element(0x83, number(2)),
      element(0x86, text("A_OPUS")),
      element(0x63a2, opusHead),
      element(0x56aa, number(0)),
      element(0x56bb, number(SEEK_PREROLL_NS)),
      audio,
    ]),
  ]);
}

function clustersFrom(packets: readonly TimedPacket[]): readonly Buffer[] {
  const clusters: Buffer[] = [];
  let startMs = 0;
  let blocks: Buffer[] = [];
  const end = () => {
    if (blocks.length > 0) clusters.push(element(0x1f43b675, [element(0xe7, number(startMs)), ...blocks]));
    blocks = [];
  };
  for (const { atMs, data } of packets) {
    if (blocks.length === 0 || atMs - startMs >= CLUSTER_MS) {
      end();
      startMs = atMs;
    }
    const head = Buffer.from([0x81, 0, 0, KEY_FRAME]);
    head.writeInt16BE(atMs - startMs, 1);
    blocks.push(element(0xa3, [head, data]));
  }
  end();
  return clusters;
}

function element(id: number, content: Buffer | readonly Buffer[]): Buffer {
  const body = Buffer.concat(Buffer.isBuffer(content) ? [content] : content);
  return Buffer.concat([number(id), size(body.length), body]);
}

/** In eight bytes, whatever it is: files are small, and readers take any length. */
function size(length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE((1n << 56n) | BigInt(length));
  return bytes;
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(first === -1 ? 7 : first);
}

const text = (value: string) => Buffer.from(value, "latin1");
