/** Elements of Matroska (RFC 9559 section 5). */
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
/** A block's time counts from its cluster's in 16 bits. */
const MAX_CLUSTER_MS = 32_000;

interface Element {
  readonly id: number;
  /** Where it begins, and where its data lies. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

interface Block {
  readonly timeMs: number;
  /** Number of the track, the two bytes of its time, flags and frame. */
  readonly body: Buffer;
}

/**
 * The same WebM with all of its pictures in one cluster, or as few as there can be. ffmpeg makes a cluster every tenth of
 * a second, so that a fault costs little; but browsers learn from the next picture of the same cluster how long one
 * stands, believe 63 ms where there is none, and drop what comes later than that up to the next keyframe (Media Source
 * Extensions, coded frame processing). Null where it is not as ffmpeg writes it.
 */
export function withOneCluster(webm: Buffer): Buffer | null {
  const segment = elementsIn(webm, 0, webm.length).find(({ id }) => id === SEGMENT);
  if (!segment) return null;
  const parts = elementsIn(webm, segment.from, segment.to);
  const heads = parts.filter(({ id }) => id === INFO || id === TRACKS);
  const blocks = parts.filter(({ id }) => id === CLUSTER).flatMap((cluster) => blocksOf(webm, cluster));
  if (heads.length !== 2 || blocks.length === 0 || blocks.includes(null)) return null;
  const clusters: Buffer[] = [];
  let gathered: Block[] = [];
  for (const block of blocks) {
    if (block === null) return null;
    if (block.timeMs - (gathered[0]?.timeMs ?? block.timeMs) > MAX_CLUSTER_MS) {
      clusters.push(clusterOf(gathered));
      gathered = [];
    }
    gathered.push(block);
  }
  clusters.push(clusterOf(gathered));
  const body = [...heads.map(({ at, to }) => webm.subarray(at, to)), ...clusters];
  return Buffer.concat([webm.subarray(0, segment.at), element(SEGMENT, Buffer.concat(body))]);
}

/** As far as it is whole: what a fault cut off does not count. */
function elementsIn(bytes: Buffer, from: number, to: number): readonly Element[] {
  const found: Element[] = [];
  for (let at = from; at < to; ) {
    const idLength = Math.clz32(bytes[at] ?? 0) - 23;
    const sizeLength = Math.clz32(bytes[at + idLength] ?? 0) - 23;
    const start = at + idLength + sizeLength;
    if (idLength > 4 || sizeLength > 8 || start > to) break;
    const size = sizeOf(bytes.subarray(at + idLength, start));
    const end = size === null ? to : start + size;
    if (end > to) break;
    found.push({ id: bytes.readUIntBE(at, idLength), at, from: start, to: end });
    at = end;
  }
  return found;
}

/** Null where all bits are set: as far as there is something. */
function sizeOf(bytes: Buffer): number | null {
  const bits = 7 * bytes.length;
  const size = BigInt(`0x${bytes.toString("hex")}`) & (2n ** BigInt(bits) - 1n);
  return size === 2n ** BigInt(bits) - 1n ? null : Number(size);
}

/** A null for what is no simple block. */
function blocksOf(webm: Buffer, cluster: Element): readonly (Block | null)[] {
  const parts = elementsIn(webm, cluster.from, cluster.to);
  const timestamp = parts.find(({ id }) => id === TIMESTAMP);
  if (!timestamp) return [null];
  const clusterMs = Number(`0x${webm.subarray(timestamp.from, timestamp.to).toString("hex")}`);
  const rest = parts.filter((part) => part !== timestamp);
  return rest.map(({ id, from, to }) => {
    const body = webm.subarray(from, to);
    // A track number of more than one byte is none of ours.
    if (id !== SIMPLE_BLOCK || ((body[0] ?? 0) & 0x80) === 0) return null;
    return { timeMs: clusterMs + body.readInt16BE(1), body };
  });
}

function clusterOf(blocks: readonly Block[]): Buffer {
  const firstMs = Math.max(0, blocks[0]?.timeMs ?? 0);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(firstMs));
  const parts = blocks.map(({ timeMs, body }) => {
    const moved = Buffer.from(body);
    moved.writeInt16BE(timeMs - firstMs, 1);
    return element(SIMPLE_BLOCK, moved);
  });
  return element(CLUSTER, Buffer.concat([element(TIMESTAMP, time), ...parts]));
}

function element(id: number, data: Buffer): Buffer {
  const name = Buffer.from(id.toString(16).padStart(id > 0xff ? 8 : 2, "0"), "hex");
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(data.length));
  size[0] = 0x01;
  return Buffer.concat([name, size, data]);
}
