import { Device } from "mediasoup-client";
import type { ConsumerOptions, RtpCapabilities, TransportOptions } from "mediasoup-client/types";
import { io } from "socket.io-client";

/** A page that shows one camera of mediasoup, with nothing that is not needed for it. */
const button = document.querySelector("button");
const video = document.querySelector("video");

button?.addEventListener("click", () => void show());

async function show(): Promise<void> {
  const socket = io({ transports: ["websocket"] });
  const ask = (name: string, args: unknown) => socket.emitWithAck(name, args);
  const device = await Device.factory();
  const routerRtpCapabilities: RtpCapabilities = await ask("capabilities", {});
  await device.load({ routerRtpCapabilities });
  const offered: TransportOptions = await ask("transport", {});
  const transport = device.createRecvTransport(offered);
  transport.on("connect", ({ dtlsParameters }, done, fail) => {
    ask("secure", { dtlsParameters }).then(done, fail);
  });
  const options: ConsumerOptions = await ask("consume", { rtpCapabilities: device.recvRtpCapabilities });
  const consumer = await transport.consume(options);
  if (video) {
    video.srcObject = new MediaStream([consumer.track]);
    void video.play();
  }
  await ask("resume", {});
}
