import { generateRouterRtpCapabilities } from "mediasoup/ortc";
import type { ClassMedia, EdgeNodes, MediaCarrier, MediaServer } from "../server/ports.ts";
import type { SessionId } from "../server/protocol/ids.ts";
import { rtpCapabilitiesSchema } from "../server/protocol/media.ts";
import { ClassRouter } from "./class-router.ts";
import { MEDIA_CODECS } from "./codecs.ts";
import { CarriedClass } from "./edges/carried-class.ts";
import type { PipePlace } from "./edges/node-pipe.ts";
import { SpreadClass } from "./edges/spread-class.ts";
import { CONSUMERS_PER_ROUTER } from "./placement.ts";
import { Workers, type WorkersOptions } from "./workers.ts";

export interface MediaServerOptions extends WorkersOptions {
  /** What one worker carries of a class before another helps; measured when unset. */
  readonly consumersPerRouter?: number;
  /** Other nodes of a cluster, and how media come from them. Left out where one server alone carries all. */
  readonly cluster?: {
    readonly nodes: EdgeNodes;
    /** The address at which other nodes reach this one's media, where that is not `listenIp`. */
    readonly address?: string;
    readonly ports: PipePlace["ports"];
  };
}

/**
 * The media server on mediasoup: one worker process and one port (UDP and TCP) each, `port` and up. Throws
 * with its cause when the workers do not start. Opening a class that is open throws.
 */
export async function createMediaServer(options: MediaServerOptions): Promise<MediaServer & MediaCarrier> {
  const workers = await Workers.create(options);
  const { cluster, listenIp } = options;
  const rtpCapabilities = rtpCapabilitiesSchema.parse(generateRouterRtpCapabilities(MEDIA_CODECS));
  const shared = {
    workers,
    rtpCapabilities,
    consumersPerRouter: options.consumersPerRouter ?? CONSUMERS_PER_ROUTER,
  };
  const classes = new Map<SessionId, ClassMedia>();
  const carried = new Set<CarriedClass>();
  const endCarried = () => {
    for (const one of [...carried]) one.close();
  };
  return {
    rtpCapabilities,
    async openClass(sessionId, listener) {
      if (classes.has(sessionId)) throw new Error(`the media of ${sessionId} is open already`);
      const log = options.log.child({ sessionId });
      const classRouter = new ClassRouter({
        ...shared,
        listener,
        log,
        onClosed: () => classes.delete(sessionId),
      });
      const media = cluster
        ? new SpreadClass({
            ...{ sessionId, listener, log, router: classRouter },
            nodes: cluster.nodes,
            pipePlace: { listenIp, ...cluster },
          })
        : classRouter;
      classes.set(sessionId, media);
      const placed = classRouter.open();
      // Without a worker the class opens all the same: its peers are told when there is one.
      if (!workers.isReady())
        placed.catch((err: unknown) => log.error({ err }, "a class has no media worker"));
      else await placed;
      return media;
    },
    carry(sessionId, link) {
      if (!cluster) throw new Error("a server alone carries no other node's class");
      const log = options.log.child({ sessionId, isCarried: true });
      const one: CarriedClass = new CarriedClass({
        link,
        router: { ...shared, log },
        pipePlace: { listenIp, ...cluster },
        log,
        onClosed: () => carried.delete(one),
      });
      carried.add(one);
    },
    carriedPeople: () => [...carried].reduce((sum, { people }) => sum + people, 0),
    endCarried,
    isReady: () => workers.isReady(),
    workerCpu: () => workers.cpu(),
    async close() {
      endCarried();
      for (const media of [...classes.values()]) media.close();
      await workers.close();
    },
  };
}
