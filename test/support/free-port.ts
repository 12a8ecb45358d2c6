import { once } from "node:events";
import { createServer } from "node:net";

/** Below what systems give to outgoing connections (Linux: 32768 and up), which could take a port in between. */
const FIRST_PORT = 22_000;
/** Whoever asks may use the seven that follow too, such as a server with several media workers. */
const STEP = 8;
const STEPS = 1_250;
/** Test files that run at once draw from shares of their own: a port is free until its server has started. */
const SHARES = 8;
const share = Number(process.env.VITEST_POOL_ID ?? 0) % SHARES;
const given = new Set<number>();

/** A TCP port of loopback that nothing used a moment ago, and that was not given before. */
export async function freePort(): Promise<number> {
  for (;;) {
    const step = share + SHARES * Math.floor((STEPS / SHARES) * Math.random());
    const port = FIRST_PORT + STEP * step;
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
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
