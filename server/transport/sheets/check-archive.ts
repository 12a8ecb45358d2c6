import { inflateRawSync } from "node:zlib";

/** What an archive may unpack to: a roster of 20,000 people takes a tenth of it. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 500;

const END = { signature: 0x06054b50, length: 22, maxCommentLength: 0xffff } as const;
const ENTRY = { signature: 0x02014b50, length: 46 } as const;
const LOCAL = { signature: 0x04034b50, length: 30 } as const;
const METHODS = { stored: 0, deflated: 8 } as const;

/**
 * What is wrong with a ZIP archive, before anything else reads it: unpacks every entry against what is left of
 * the bounds, so that neither a bomb nor sizes that lie get further. Null when nothing is.
 */
export function archiveFaultFrom(bytes: Buffer): "too-large" | "broken" | null {
  try {
    return faultFrom(bytes);
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    // Offsets out of the file, or deflated data that are none.
    return isTooLarge ? "too-large" : "broken";
  }
}

function faultFrom(bytes: Buffer): "too-large" | "broken" | null {
  const end = endOf(bytes);
  if (end === -1) return "broken";
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) return "too-large";
  let at = bytes.readUInt32LE(end + 16);
  let left = MAX_UNPACKED_BYTES;
  for (let entry = 0; entry < count; entry += 1) {
    if (bytes.readUInt32LE(at) !== ENTRY.signature) return "broken";
    const unpacked = bytes.readUInt32LE(at + 24);
    if (unpacked > left) return "too-large";
    if (lengthOf(bytes, at, left) !== unpacked) return "broken";
    left -= unpacked;
    at +=
      ENTRY.length + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return null;
}

/** Where the end-of-directory record begins: behind it there is at most a comment. */
function endOf(bytes: Buffer): number {
  const last = bytes.length - END.length;
  for (let at = last; at >= 0 && at >= last - END.maxCommentLength; at -= 1) {
    if (bytes.readUInt32LE(at) === END.signature) return at;
  }
  return -1;
}

/** The bytes that the entry described at `at` really unpacks to; -1 for one that is encrypted or of another method. */
function lengthOf(bytes: Buffer, at: number, left: number): number {
  const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1;
  const method = bytes.readUInt16LE(at + 10);
  const local = bytes.readUInt32LE(at + 42);
  if (isEncrypted || bytes.readUInt32LE(local) !== LOCAL.signature) return -1;
  const from = local + LOCAL.length + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
  if (method === METHODS.stored) return packed.length;
  if (method !== METHODS.deflated) return -1;
  return inflateRawSync(packed, { maxOutputLength: left + 1 }).length;
}
