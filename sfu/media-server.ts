import { generateRouterRtpCapabilities } from "mediasoup/ortc";
import type { MediaServer } from "../server/ports.ts";
import type { SessionId } from "../server/protocol/ids.ts";
import { ClassRouter } from "./class-router.ts";
import { MEDIA_CODECS } from "./codecs.ts";
import { CONSUMERS_PER_ROUTER } from "./placement.ts";
import { Workers, type WorkersOptions } from "./workers.ts";

export interface MediaServerOptions extends WorkersOptions {
  /** What one worker carries of a class before another helps; measured when unset. */
  readonly consumersPerRouter?: number;
}

/**
 * The media server on mediasoup: one worker process and one port (UDP and TCP) each, `port` and up. Throws
 * with its cause when the workers do not start. Opening a class that is open throws.
 */
export async function createMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const workers = await Workers.create(options);
  const rtpCapabilities = generateRouterRtpCapabilities(MEDIA_CODECS);
  const classes = new Map<SessionId, ClassRouter>();
  return {
    async openClass(sessionId, listener) {
      if (classes.has(sessionId)) throw new Error(`the media of ${sessionId} is open already`);
      const log = options.log.child({ sessionId });
      const classRouter = new ClassRouter({
        workers,
        listener,
        log,
        rtpCapabilities,
        consumersPerRouter: options.consumersPerRouter ?? CONSUMERS_PER_ROUTER,
        onClosed: () => classes.delete(sessionId),
      });
      classes.set(sessionId, classRouter);
      const placed = classRouter.open();
      // Without a worker the class opens all the same: its peers are told when there is one.
      if (!workers.isReady())
        placed.catch((err: unknown) => log.error({ err }, "a class has no media worker"));
      else await placed;
      return classRouter;
    },
    isReady: () => workers.isReady(),
    workerCpu: () => workers.cpu(),
    async close() {
      for (const classRouter of [...classes.values()]) classRouter.close();
      await workers.close();
    },
  };
}
