const HEADER_BYTES = 27;

/** The packets of an Ogg stream (RFC 3533), in order, headers included. Throws for what is none. */
export function oggPacketsIn(bytes: Buffer): readonly Buffer[] {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  let offset = 0;
  while (offset + HEADER_BYTES <= bytes.length) {
    if (bytes.toString("latin1", offset, offset + 4) !== "OggS") throw new Error("this is no Ogg page");
    const segments = bytes[offset + 26] ?? 0;
    const table = bytes.subarray(offset + HEADER_BYTES, offset + HEADER_BYTES + segments);
    offset += HEADER_BYTES + segments;
    for (const length of table) {
      parts.push(bytes.subarray(offset, offset + length));
      offset += length;
      // A packet ends with the first piece that is not full; it may go on in the next page.
      if (length === 255) continue;
      packets.push(parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts));
      parts = [];
    }
  }
  return packets;
}
