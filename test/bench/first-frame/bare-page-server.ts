import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  Consumer,
  DtlsParameters,
  Router,
  RtpCapabilities,
  WebRtcServer,
  WebRtcTransport,
} from "mediasoup/types";
import { Server, type Socket } from "socket.io";
import { bundledPage } from "../../support/bundled-page.ts";

const PAGE =
  "<!doctype html><title>mediasoup</title><button>Join</button><video muted autoplay playsinline></video>" +
  "<script type=module src=/page.js></script>";

interface Media {
  readonly router: Router;
  readonly webRtcServer: WebRtcServer;
  readonly producerIds: readonly string[];
}

/** Serves the bare page and its signalling on a free port of loopback, which it returns. */
export async function serveBarePage(media: Media): Promise<number> {
  const script = await bundledPage(new URL("./bare-page.ts", import.meta.url).pathname);
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : PAGE);
  });
  new Server(server, { transports: ["websocket"], serveClient: false }).on("connection", (socket) =>
    serve(socket, media),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function serve(socket: Socket, { router, webRtcServer, producerIds }: Media): void {
  let transport: WebRtcTransport | null = null;
  let consumer: Consumer | null = null;
  socket.on("capabilities", (_, ack) => ack(router.rtpCapabilities));
  socket.on("transport", async (_, ack) => {
    transport = await router.createWebRtcTransport({ webRtcServer, enableUdp: true });
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    ack({ id, iceParameters, iceCandidates, dtlsParameters });
  });
  socket.on("secure", async ({ dtlsParameters }: { dtlsParameters: DtlsParameters }, ack) => {
    await transport?.connect({ dtlsParameters });
    ack();
  });
  socket.on("consume", async ({ rtpCapabilities }: { rtpCapabilities: RtpCapabilities }, ack) => {
    const [producerId = ""] = producerIds;
    consumer = (await transport?.consume({ producerId, rtpCapabilities, paused: true })) ?? null;
    ack({ id: consumer?.id, producerId, kind: consumer?.kind, rtpParameters: consumer?.rtpParameters });
  });
  socket.on("resume", async (_, ack) => {
    await consumer?.resume();
    ack();
  });
  socket.on("disconnect", () => transport?.close());
}
