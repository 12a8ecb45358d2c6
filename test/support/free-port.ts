import { once } from "node:events";
import { createServer } from "node:net";

/** Below what systems give to outgoing connections (Linux: 32768 and up), which could take a port in between. */
const FIRST_PORT = 22_000;
/** Whoever asks may use the seven that follow too, such as a server with several media workers. */
const STEP = 8;
const STEPS = 1_250;

/** A TCP port of loopback that nothing used a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + STEP * Math.floor(STEPS * Math.random());
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
