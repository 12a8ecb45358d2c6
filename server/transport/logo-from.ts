import { promisify } from "node:util";
import { inflate } from "node:zlib";
import type { Logo } from "../ports.ts";

const unpack = promisify(inflate);

/** No side may be longer (pixels): a small file can be a large picture. */
const MAX_SIDE = 2000;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples of a pixel by PNG's colour type (ISO 15948, table 11.1). */
const PNG_SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The picture that bytes are, by their content and not by what their sender calls them; null if it is none that we draw. */
export async function logoFrom(bytes: Buffer): Promise<Logo | null> {
  if (await isPng(bytes)) return { type: "image/png", bytes };
  return isJpeg(bytes) ? { type: "image/jpeg", bytes } : null;
}

function isSize(width: number, height: number): boolean {
  return width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE;
}

/** Whole chunks from IHDR to IEND, and pixels that unpack to no more than the size says. */
async function isPng(bytes: Buffer): Promise<boolean> {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return false;
  if (bytes.toString("latin1", 12, 16) !== "IHDR") return false;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const samples = PNG_SAMPLES[bytes.readUInt8(25)];
  if (!isSize(width, height) || samples === undefined) return false;
  const chunks = pngChunks(bytes);
  if (chunks?.at(-1)?.type !== "IEND") return false;
  if (bytes.readUInt8(25) === 3 && !chunks.some(({ type }) => type === "PLTE")) return false;
  const pixels = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  const rowBytes = Math.ceil((width * samples * bytes.readUInt8(24)) / 8) + 1;
  // An interlaced picture has seven passes of shorter rows, each with a filter byte.
  const most = rowBytes * height + 8 * (width + height);
  const unpacked = await unpack(pixels, { maxOutputLength: most }).catch(() => null);
  return unpacked !== null && unpacked.length >= rowBytes * height - height;
}

function pngChunks(bytes: Buffer): { readonly type: string; readonly data: Buffer }[] | null {
  const chunks: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) return null;
    const type = bytes.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    if (type === "IEND") return chunks;
    at += 12 + length;
  }
  return null;
}

/** Segments up to a start of frame that says its size (ITU T.81, B.1.1.3), and an end of image. */
function isJpeg(bytes: Buffer): boolean {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return false;
  if (bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0) return false;
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (bytes.readUInt8(at) !== 0xff) return false;
    const marker = bytes.readUInt8(at + 1);
    // Baseline, extended and progressive frames; C4, C8 and CC are other segments.
    if (marker >= 0xc0 && marker <= 0xc2) {
      const samples = bytes.readUInt8(at + 9);
      const isKnown = samples === 1 || samples === 3 || samples === 4;
      return isKnown && isSize(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    }
  }
  return false;
}
