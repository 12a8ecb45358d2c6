import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** Stands between a client and a server on loopback, and can lose the server's answer to one message. */
export interface CuttingProxy {
  readonly port: number;
  /** The next message with this text reaches the server; its answer does not come back, and the line is cut. */
  cutAfter(text: string): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(serverPort: number): Promise<CuttingProxy> {
  let awaited: string | null = null;
  const server = createServer((client) => {
    let isCutting = false;
    const upstream = connect(serverPort, "127.0.0.1");
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
    client.on("data", (bytes) => {
      if (awaited !== null && bytes.includes(awaited)) {
        awaited = null;
        isCutting = true;
      }
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => (isCutting ? end() : client.write(bytes)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter(text) {
      awaited = text;
    },
    async close() {
      server.close();
      await once(server, "close");
    },
  };
}
