import type { EdgeNode, Log, NodeLink } from "../../server/ports.ts";
import {
  type EdgeLetter,
  edgeLetterSchema,
  type HomeLetter,
  type Volume,
} from "../../server/protocol/edge-media.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import type { ConnectionId, SessionId } from "../../server/protocol/ids.ts";
import type { PublishedMedia } from "../subscription.ts";
import type { EdgePeer } from "./edge-peer.ts";
import type { LentProducers } from "./lent-producers.ts";
import { type PublishedChange, PublishedChanges, publishedAfter } from "./published-changes.ts";

/** So many people an edge is believed to take before it has said how many. */
const ROOM_AT_FIRST = 100;

export interface EdgeSiteParts {
  readonly sessionId: SessionId;
  readonly node: EdgeNode;
  readonly lent: LentProducers;
  /** Answers what the edge asks, and takes what it tells that is of concern beyond its own peers. */
  onLetter(site: EdgeSite, letter: EdgeLetter): Promise<Result<unknown>>;
  onLost(site: EdgeSite): void;
  readonly log: Log;
}

/** One edge node of a class, as its home has it. */
export class EdgeSite {
  readonly #parts: EdgeSiteParts;
  readonly #peers = new Map<ConnectionId, EdgePeer>();
  readonly #link: Promise<NodeLink | null>;
  #opened: NodeLink | null = null;
  #isLost = false;
  #roomFor = ROOM_AT_FIRST;
  #lastElsewhere = "";
  readonly #told = new PublishedChanges();
  /** What its people publish, in the rooms where they are now. */
  published: readonly PublishedMedia[] = [];
  volumes: readonly Volume[] = [];

  constructor(parts: EdgeSiteParts) {
    this.#parts = parts;
    this.#link = parts.node.open(parts.sessionId).then((link) => this.#follow(link));
  }

  get nodeId(): string {
    return this.#parts.node.nodeId;
  }

  get lent(): LentProducers {
    return this.#parts.lent;
  }

  get peers(): readonly EdgePeer[] {
    return [...this.#peers.values()];
  }

  /** How many more people it takes. */
  get roomFor(): number {
    return this.#roomFor;
  }

  peer(connectionId: ConnectionId): EdgePeer | undefined {
    return this.#peers.get(connectionId);
  }

  add(peer: EdgePeer): void {
    this.#peers.set(peer.connectionId, peer);
    this.#roomFor -= 1;
    this.tell({ kind: "peer-add", connectionId: peer.connectionId, room: peer.room });
  }

  move({ connectionId, room }: EdgePeer): void {
    this.tell({ kind: "peer-room", connectionId, room });
    this.published = this.published.map((media) =>
      media.connectionId === connectionId ? { ...media, room } : media,
    );
  }

  remove({ connectionId }: EdgePeer): void {
    if (!this.#peers.delete(connectionId)) return;
    this.tell({ kind: "peer-close", connectionId });
    this.published = this.published.filter((media) => media.connectionId !== connectionId);
  }

  /** Follows what the edge says of its people. Where somebody is, this node knows better. */
  follow(change: PublishedChange): void {
    this.published = publishedAfter(this.published, change).flatMap((media) => {
      const peer = this.#peers.get(media.connectionId);
      if (!peer) return [];
      return peer.room === media.room ? media : { ...media, room: peer.room };
    });
  }

  setRoomFor(people: number): void {
    this.#roomFor = people;
  }

  /** Tells what has changed since it was told last. */
  tellElsewhere(published: readonly PublishedMedia[], people: number, voice: ConnectionId | null): void {
    const text = `${people} ${voice}`;
    if (text !== this.#lastElsewhere) this.tell({ kind: "elsewhere", people, voice });
    this.#lastElsewhere = text;
    for (const change of this.#told.next(published)) {
      this.tell({ kind: "published", published: [...change.published], gone: [...change.gone] });
    }
  }

  /** In order, also with what is told before the link is there. */
  tell(letter: HomeLetter): void {
    if (this.#opened) this.#opened.tell(letter);
    else void this.#link.then((link) => link?.tell(letter));
  }

  async ask(letter: HomeLetter): Promise<Result<unknown>> {
    const link = this.#opened ?? (await this.#link);
    return link && !this.#isLost ? link.ask(letter) : refuse("media-unavailable");
  }

  close(): void {
    this.#isLost = true;
    this.#parts.lent.close();
    void this.#link.then((link) => link?.end());
  }

  #follow(link: NodeLink | null): NodeLink | null {
    if (this.#isLost) {
      link?.end();
      return null;
    }
    if (!link) {
      this.#lose();
      return null;
    }
    link.onLetter((letter) => this.#take(letter));
    link.onEnded(() => this.#lose());
    // After whatever was told meanwhile, which waits for this very promise.
    setImmediate(() => {
      this.#opened = link;
    });
    return link;
  }

  async #take(letter: unknown): Promise<Result<unknown>> {
    if (this.#isLost) return refuse("media-unavailable");
    const parsed = edgeLetterSchema.safeParse(letter);
    if (!parsed.success) {
      this.#parts.log.error({ issues: parsed.error.issues }, "what an edge node says cannot be read");
      return refuse("bad-request");
    }
    if (parsed.data.kind === "signal") {
      const { connectionId, signal } = parsed.data;
      // The media server's own signal, from another node of the same version.
      this.#peers.get(connectionId)?.listener.onSignal(signal as never);
      return accept();
    }
    return this.#parts.onLetter(this, parsed.data);
  }

  #lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#parts.lent.close();
    this.#parts.onLost(this);
  }
}
