import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";

const KEY_BYTES = 16;
/** RFC 6455, section 5.2. */
const LAST_TEXT = 0x81;
const MASKED = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const OPCODE = { text: 1, close: 8 } as const;
/** Nobody on loopback has to be protected from what a client writes: the mask changes nothing. */
const NO_MASK = Buffer.alloc(4);

/** A WebSocket that knows whole text messages only: a library's costs as much as the server that is measured. */
export interface TextLine {
  send(text: string): void;
  close(): void;
}

/** Opens one; throws where the server does not take it. `onText` is called from the next turn on. */
export function openTextLine(
  url: string,
  headers: Readonly<Record<string, string>>,
  onText: (text: string) => void,
): Promise<TextLine> {
  return new Promise((resolve, reject) => {
    const opening = request(url, {
      agent: false,
      headers: {
        ...headers,
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(KEY_BYTES).toString("base64"),
      },
    });
    opening.once("error", reject);
    opening.once("response", ({ statusCode }) => reject(new Error(`no WebSocket: HTTP ${statusCode}`)));
    opening.once("upgrade", (_response, socket: Socket, head: Buffer) => {
      socket.setNoDelay(true);
      const read = createReader(onText, () => socket.end());
      socket.on("data", read);
      // A line that breaks is seen by what is no longer answered.
      socket.on("error", () => socket.destroy());
      if (head.length > 0) setImmediate(read, head);
      resolve({ send: (text) => void socket.write(frameOf(text)), close: () => void socket.end() });
    });
    opening.end();
  });
}

function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const isShort = length < LENGTH_16;
  const start = isShort ? 2 : 4;
  const frame = Buffer.allocUnsafe(start + NO_MASK.length + length);
  frame[0] = LAST_TEXT;
  frame[1] = MASKED | (isShort ? length : LENGTH_16);
  // What a client says here is short: capabilities are some 6 kB.
  if (!isShort) frame.writeUInt16BE(length, 2);
  NO_MASK.copy(frame, start);
  frame.write(text, start + NO_MASK.length);
  return frame;
}

/** Takes bytes as they come, and calls with each whole message. */
function createReader(onText: (text: string) => void, onClose: () => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    let at = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    for (;;) {
      const frame = frameIn(at);
      if (!frame) break;
      if (frame.opcode === OPCODE.text) onText(frame.body.toString());
      if (frame.opcode === OPCODE.close) onClose();
      at = at.subarray(frame.end);
    }
    rest = at;
  };
}

/** The first frame, unmasked as servers send them; null where it is not whole yet. */
function frameIn(bytes: Buffer): { opcode: number; body: Buffer; end: number } | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] ?? 0) & ~MASKED;
  const start = short === LENGTH_16 ? 4 : short === LENGTH_64 ? 10 : 2;
  if (bytes.length < start) return null;
  const length =
    short === LENGTH_16
      ? bytes.readUInt16BE(2)
      : short === LENGTH_64
        ? Number(bytes.readBigUInt64BE(2))
        : short;
  const end = start + length;
  if (bytes.length < end) return null;
  return { opcode: (bytes[0] ?? 0) & 15, body: bytes.subarray(start, end), end };
}
