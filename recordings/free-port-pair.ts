import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

const TRIES = 50;

async function bind(port: number): Promise<Socket | null> {
  const socket = createSocket("udp4");
  const failed = once(socket, "error").then(() => null);
  const bound = new Promise<Socket>((resolve) => socket.bind(port, "127.0.0.1", () => resolve(socket)));
  const result = await Promise.race([bound, failed]);
  if (result === null) socket.close();
  return result;
}

/** The first of two neighbouring UDP ports on loopback that are free: RTP's and RTCP's. Throws when there are none. */
export async function freePortPair(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const first = await bind(0);
    const port = first?.address().port ?? 0;
    const second = port % 2 === 0 && port < 65_535 ? await bind(port + 1) : null;
    first?.close();
    if (!second) continue;
    second.close();
    return port;
  }
  throw new Error("no two neighbouring UDP ports are free");
}
