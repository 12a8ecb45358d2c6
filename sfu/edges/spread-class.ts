import type {
  ClassMedia,
  ClassMediaListener,
  EdgeNodes,
  Log,
  PeerListener,
  PeerMedia,
  ProducerView,
  TapOrder,
} from "../../server/ports.ts";
import type { EdgeLetter, Volume } from "../../server/protocol/edge-media.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import type { ConnectionId, RoomId, SessionId } from "../../server/protocol/ids.ts";
import type { ClassRouter } from "../class-router.ts";
import type { PublishedMedia } from "../subscription.ts";
import { BroughtProducers } from "./brought-producers.ts";
import { EdgePeer } from "./edge-peer.ts";
import { EdgeSite } from "./edge-site.ts";
import { LentProducers } from "./lent-producers.ts";
import type { PipePlace } from "./node-pipe.ts";

/** A node that is gone, or did not answer, is not asked again for so long. */
const ASK_AGAIN_MS = 10_000;

export interface SpreadClassParts {
  readonly sessionId: SessionId;
  readonly router: ClassRouter;
  readonly nodes: EdgeNodes;
  readonly pipePlace: PipePlace;
  readonly listener: ClassMediaListener;
  readonly log: Log;
}

/**
 * The media of a class at its home, which other nodes help to carry once the class is larger than this one (EG1). The
 * home is the middle of a star: what one edge publishes reaches another through it.
 */
export class SpreadClass implements ClassMedia {
  readonly #parts: SpreadClassParts;
  readonly #edges = new Set<EdgeSite>();
  /** Whoever is on an edge, or was and is here since it was lost. */
  readonly #edgePeers = new Map<ConnectionId, EdgePeer>();
  /** What the edges published when this node's people were last told. */
  #before: readonly PublishedMedia[] = [];
  readonly #brought: BroughtProducers;
  #volumes: readonly Volume[] = [];
  /** Until when (ms of the monotonic clock) a node is not asked, by its id. */
  readonly #resting = new Map<string, number>();
  #isTelling = false;
  #isClosed = false;

  constructor(parts: SpreadClassParts) {
    this.#parts = parts;
    const { router, log } = parts;
    const ownerOf = (producerId: string) =>
      [...this.#edges].find((edge) => edge.published.some((media) => media.producerId === producerId));
    this.#brought = new BroughtProducers({
      place: parts.pipePlace,
      pipes: router.pipes,
      bring: async (producerId, end) =>
        ownerOf(producerId)?.ask({ kind: "bring", producerId, end }) ?? refuse("media-source-missing"),
      release: (producerId) => ownerOf(producerId)?.tell({ kind: "release", producerId }),
      demand: (producerId, highest) => ownerOf(producerId)?.tell({ kind: "demand", producerId, highest }),
      onLost: (media) => router.elsewhereLost(media),
      log,
    });
    router.spread({
      published: () => this.#publishedElsewhere(),
      people: () => this.#peopleElsewhere(),
      bring: (producerId, to) => this.#brought.bring(producerId, to),
      demandOf: (producerId) => this.#brought.demandOf(producerId),
      onOwnChanged: () => this.#tellLater(),
      onVolumes: (volumes) => {
        this.#volumes = volumes;
        this.#tellVolumes(null);
      },
    });
  }

  rtpCapabilities(): unknown {
    return this.#parts.router.rtpCapabilities();
  }

  addPeer(connectionId: ConnectionId, room: RoomId, listener: PeerListener): PeerMedia {
    if (this.#edgePeers.has(connectionId)) throw new Error(`${connectionId} has media already`);
    const edge = this.#edgeForNext();
    if (!edge) return this.#parts.router.addPeer(connectionId, room, listener);
    const peer = new EdgePeer(connectionId, room, listener, {
      onMoved: () => this.#elsewhereChanged(),
      onClosed: (one) => {
        this.#edgePeers.delete(one.connectionId);
        this.#endUnused();
        this.#elsewhereChanged();
      },
    });
    this.#edgePeers.set(connectionId, peer);
    peer.placeOn(edge);
    this.#tellLater();
    return peer;
  }

  setVoice(connectionId: ConnectionId | null): void {
    this.#parts.router.setVoice(connectionId);
    this.#tellLater();
  }

  producers(): readonly ProducerView[] {
    return this.#parts.router.producers();
  }

  tap(producerId: string, order: TapOrder) {
    return this.#parts.router.tap(producerId, order);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const edge of this.#edges) edge.close();
    this.#edges.clear();
    this.#brought.close();
    this.#parts.router.close();
  }

  /** An edge with room, another node where none has; null where the next person is carried here. */
  #edgeForNext(): EdgeSite | null {
    if (this.#parts.router.roomFor() > 0) return null;
    const known = [...this.#edges].find((edge) => edge.roomFor > 0);
    if (known) return known;
    const now = performance.now();
    const resting = [...this.#resting].flatMap(([nodeId, until]) => (until > now ? nodeId : []));
    const { sessionId, nodes, log, router } = this.#parts;
    const node = nodes.next(new Set([...resting, ...[...this.#edges].map(({ nodeId }) => nodeId)]));
    if (!node) return null;
    const edge = new EdgeSite({
      sessionId,
      node,
      lent: new LentProducers({
        place: this.#parts.pipePlace,
        reach: (producerId) => router.reach(producerId),
        onLost: (producerId) => edge.tell({ kind: "lost", producerId }),
        log,
      }),
      onLetter: (site, letter) => this.#take(site, letter),
      onLost: (site) => this.#lost(site),
      log,
    });
    this.#edges.add(edge);
    edge.tell({ kind: "volumes", volumes: [...this.#volumesBeside(edge)] });
    return edge;
  }

  async #take(edge: EdgeSite, letter: EdgeLetter): Promise<Result<unknown>> {
    switch (letter.kind) {
      case "published":
        edge.follow(letter);
        this.#elsewhereChanged();
        return accept();
      case "room":
        edge.setRoomFor(letter.roomFor);
        return accept();
      case "volumes":
        edge.volumes = letter.volumes;
        this.#tellVolumes(edge);
        return accept();
      case "ended":
        this.#parts.listener.onProducerClosed(letter.connectionId, letter.source);
        return accept();
      case "bring":
        return edge.lent.lend(letter.producerId, letter.end);
      case "release":
        edge.lent.release(letter.producerId);
        return accept();
      case "demand":
        edge.lent.demand(letter.producerId, letter.highest);
        return accept();
      case "lost":
        this.#brought.lost(letter.producerId);
        return accept();
      case "signal":
        return refuse("bad-request");
    }
  }

  /** Its people are placed on the others, or here; who was elsewhere notices nothing but that they are gone for a while. */
  #lost(edge: EdgeSite): void {
    this.#edges.delete(edge);
    if (this.#isClosed) return;
    const { router, listener, log } = this.#parts;
    this.#resting.set(edge.nodeId, performance.now() + ASK_AGAIN_MS);
    log.warn(
      { edge: edge.nodeId, people: edge.peers.length },
      "a node does not carry people of a class any more",
    );
    this.#elsewhereChanged();
    this.#tellVolumes(edge);
    for (const { connectionId, source } of edge.published) listener.onProducerClosed(connectionId, source);
    for (const peer of edge.peers) {
      peer.placeOn(this.#edgeForNext() ?? router.addPeer(peer.connectionId, peer.room, peer.listener));
      peer.listener.onSignal({ type: "media.reset", rtpCapabilities: router.rtpCapabilities() });
    }
    this.#tellLater();
  }

  #endUnused(): void {
    for (const edge of this.#edges) {
      if (edge.peers.length > 0) continue;
      this.#edges.delete(edge);
      edge.close();
    }
  }

  #publishedElsewhere(): readonly PublishedMedia[] {
    return [...this.#edges].flatMap((edge) => edge.published);
  }

  #peopleElsewhere(): number {
    return [...this.#edges].reduce((sum, edge) => sum + edge.peers.length, 0);
  }

  #elsewhereChanged(): void {
    const before = this.#before;
    this.#before = this.#publishedElsewhere();
    this.#brought.follow(this.#before);
    this.#parts.router.elsewhereChanged(before);
    this.#tellLater();
  }

  /** Many changes of one turn of the event loop are told together. */
  #tellLater(): void {
    if (this.#isTelling || this.#edges.size === 0) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      this.#tellEdges();
    });
  }

  #tellEdges(): void {
    const { router } = this.#parts;
    const own = router.own();
    const people = router.people + this.#peopleElsewhere();
    for (const edge of this.#edges) {
      const others = [...this.#edges].filter((one) => one !== edge).flatMap((one) => one.published);
      edge.tellElsewhere([...own, ...others], people - edge.peers.length, router.voice);
    }
  }

  #volumesBeside(edge: EdgeSite): readonly Volume[] {
    const others = [...this.#edges].filter((one) => one !== edge);
    return [...this.#volumes, ...others.flatMap((one) => one.volumes)];
  }

  #tellVolumes(from: EdgeSite | null): void {
    if (from) this.#parts.router.hearElsewhere([...this.#edges].flatMap((edge) => edge.volumes));
    for (const edge of this.#edges) {
      if (edge !== from) edge.tell({ kind: "volumes", volumes: [...this.#volumesBeside(edge)] });
    }
  }
}
