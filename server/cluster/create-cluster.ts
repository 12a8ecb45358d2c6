import type { Server as SocketServer } from "socket.io";
import type { Registry } from "../live/registry.ts";
import type {
  Classes,
  ClassHomes,
  ClassNodes,
  Clock,
  EdgeNodes,
  GuardCounts,
  Log,
  MediaCarrier,
  NodeLink,
  Store,
} from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { LinkId, SessionId } from "../protocol/ids.ts";
import { claimRedis } from "./admit-node.ts";
import { createClassLeases } from "./class-leases.ts";
import { type ClassPlaces, createClassPlaces } from "./class-places.ts";
import { createClassReader } from "./class-reader.ts";
import { type ClusterBus, openBus } from "./cluster-bus.ts";
import { createDrain, type Drain } from "./drain.ts";
import { createEdgeNodes } from "./edge-nodes.ts";
import { createHeldTurns } from "./held-turns.ts";
import { joinDirectory } from "./node-directory.ts";
import type { NodeFacts } from "./node-entry.ts";
import { serveNodeLinks } from "./node-links.ts";
import { createNodeRequests } from "./node-requests.ts";
import { createNodeUrls } from "./node-urls.ts";
import type { RedisAddress } from "./redis-address.ts";
import { createRedisCounts } from "./redis-counts.ts";
import { workKey } from "./redis-keys.ts";
import type { RedisLink } from "./redis-link.ts";
import { routedClasses } from "./routed-classes.ts";
import { createTakeover } from "./takeover.ts";

const WORK_MS = 60_000;
const CLAIM = `
  local owner = redis.call('get', KEYS[1])
  if owner ~= false and owner ~= ARGV[1] then return 0 end
  redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return 1
`;

export interface ClusterParts {
  readonly redis: RedisLink;
  readonly address: RedisAddress;
  readonly me: NodeFacts;
  readonly installationId: string;
  /** What all nodes sign with. */
  readonly secret: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/** This node's part in a cluster, from before it has classes. */
export interface Cluster {
  readonly homes: ClassHomes;
  /** The epoch in which this node has a class. */
  epochOf(sessionId: SessionId): number | undefined;
  /** What people's browsers have to know of the nodes. */
  readonly nodes: ClassNodes;
  /** Who helps to carry classes that are larger than this node. */
  readonly edges: EdgeNodes;
  /** Begins to take part: other nodes' requests are answered, and classes of dead ones taken up. */
  serve(parts: {
    readonly registry: Registry;
    readonly local: Classes;
    readonly carrier: MediaCarrier;
    /** Where other nodes' links come in. */
    readonly sockets: SocketServer;
    /** Those by which people are here. */
    links(): readonly LinkId[];
    endLink(linkId: LinkId): void;
  }): Promise<Classes>;
  /** Counts that all nodes share, or this node's own while Redis is gone. */
  countsOver(own: GuardCounts): GuardCounts;
  /** Takes a piece of work for this node, or keeps it: other nodes leave it alone for a minute. */
  claimWork(name: string): Promise<boolean>;
  /** Gives all classes to other nodes, and takes no more. Refuses `unavailable` where there is no other. */
  drain(): Promise<Result>;
  /** It takes no more classes: it is being drained, or leaves. */
  isDraining(): boolean;
  /** Gives back what classes are left, and leaves. */
  close(): Promise<void>;
}

/** What there is once this node serves. */
interface Service {
  readonly registry: Registry;
  readonly places: ClassPlaces;
  readonly drain: Drain;
  readonly bus: ClusterBus;
  readonly takeover: { close(): void };
}

/** Joins the cluster under this node's name. @throws a sentence where it cannot */
export async function joinCluster(parts: ClusterParts): Promise<Cluster> {
  const { redis, me, store, clock, log } = parts;
  const { classes } = store;
  let service: Service | null = null;
  let registry: Registry | null = null;
  let carrier: MediaCarrier | null = null;
  let isDraining = false;
  let held = () => 0;
  await claimRedis(redis, parts.installationId, parts.address);
  // A Redis that came back empty is claimed anew; one that is another's now is as good as gone.
  redis.commands.on("ready", () => {
    claimRedis(redis, parts.installationId, parts.address).catch((err: unknown) => {
      log.error({ err }, "Redis cannot be used any more");
    });
  });
  const directory = await joinDirectory({
    redis,
    me,
    clock,
    log,
    load: () => ({
      classes: held(),
      people: registry?.counts().presentPeople ?? 0,
      carried: carrier?.carriedPeople() ?? 0,
      isDraining,
    }),
  });
  const links = { secret: parts.secret, me: me.id, clock, log };
  const leases = createClassLeases({
    redis,
    directory,
    classes,
    clock,
    log,
    onLost: (sessionId) => registry?.giveUp(sessionId),
  });
  held = leases.count;

  async function serve(given: Parameters<Cluster["serve"]>[0]): Promise<Classes> {
    const { local, endLink } = given;
    registry = given.registry;
    carrier = given.carrier;
    serveNodeLinks(given.sockets, links, carry);
    const shared = { registry, leases, directory, classes, clock, log };
    const reader = createClassReader(classes);
    const turns = createHeldTurns({ registry, sessions: store.sessions });
    const bus = await openBus({
      redis,
      nodeId: me.id,
      clock,
      log,
      onRequest: (request) => answer(request),
      onNotice(notice) {
        if (notice.kind === "link-ended") endLink(notice.linkId);
        else reader.forget(notice.sessionId);
      },
      onHearingAgain() {
        reader.forgetAll();
        endRevoked(given).catch((err: unknown) =>
          log.error({ err }, "revoked links may still be in a class"),
        );
      },
    });
    const drain = createDrain({
      ...shared,
      bus,
      isConnected: () => redis.steadyMs() > 0,
      setDraining(to) {
        isDraining = to;
        if (to) carrier?.endCarried();
      },
    });
    const answer = createNodeRequests({ registry, local, turns, drain });
    const places = createClassPlaces({ ...shared, bus });
    const takeover = createTakeover({ ...shared, isDraining: () => isDraining });
    service = { registry, places, drain, bus, takeover };
    return routedClasses({ local, places, reader, bus });
  }

  function carry(sessionId: SessionId, link: NodeLink): boolean {
    if (isDraining) return false;
    carrier?.carry(sessionId, link);
    return true;
  }

  /** What other nodes revoked while this one could not hear it. */
  async function endRevoked({ links, endLink }: Parameters<Cluster["serve"]>[0]): Promise<void> {
    for (const linkId of await store.links.revokedAmong(links())) endLink(linkId);
  }

  return {
    homes: {
      async take(sessionId) {
        return isDraining ? refuse("unavailable", "this node is being drained") : leases.take(sessionId);
      },
    },
    epochOf: leases.epochOf,
    nodes: {
      urls: createNodeUrls(directory, clock),
      async homeUrl(sessionId) {
        const home = (await service?.places.place(sessionId)) ?? refuse("unavailable");
        return home.ok ? accept(home.data.url) : home;
      },
    },
    edges: createEdgeNodes(directory, links),
    serve,
    countsOver: (own) => createRedisCounts(redis, own),
    async claimWork(name) {
      // Whoever is at it and lives has said so again by then, also to a Redis that came back empty.
      if (!leases.isSteady()) throw new Error("it is not known yet who is at what");
      return (await redis.commands.eval(CLAIM, 1, workKey(name), me.id, WORK_MS)) === 1;
    },
    isDraining: () => isDraining,
    drain: async () => (await service?.drain.drain()) ?? refuse("unavailable"),
    async close() {
      isDraining = true;
      service?.takeover.close();
      await service?.bus.close();
      await leases.close();
      await directory.close();
      redis.close();
    },
  };
}
