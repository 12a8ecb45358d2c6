import type { Log, NodeLink, PeerMedia } from "../../server/ports.ts";
import {
  type EdgeLetter,
  type HomeLetter,
  homeLetterSchema,
  type PeerCall,
} from "../../server/protocol/edge-media.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import { ClassRouter, type ClassRouterOptions } from "../class-router.ts";
import type { PublishedMedia } from "../subscription.ts";
import { BroughtProducers } from "./brought-producers.ts";
import { LentProducers } from "./lent-producers.ts";
import type { PipePlace } from "./node-pipe.ts";
import { PublishedChanges, publishedAfter } from "./published-changes.ts";

export interface CarriedClassParts {
  readonly link: NodeLink;
  readonly router: Omit<ClassRouterOptions, "listener" | "onClosed">;
  readonly pipePlace: PipePlace;
  readonly log: Log;
  onClosed(): void;
}

/** The part of a class whose home is another node that this one carries, as the home says (EG1). */
export class CarriedClass {
  readonly #parts: CarriedClassParts;
  readonly #router: ClassRouter;
  readonly #peers = new Map<ConnectionId, PeerMedia>();
  readonly #brought: BroughtProducers;
  readonly #lent: LentProducers;
  /** Before, nothing of what the home says is followed. */
  readonly #opened: Promise<void>;
  #elsewhere: readonly PublishedMedia[] = [];
  #peopleElsewhere = 0;
  readonly #told = new PublishedChanges();
  #lastRoomFor = -1;
  #isTelling = false;
  #isClosed = false;

  constructor(parts: CarriedClassParts) {
    this.#parts = parts;
    const { link, pipePlace, log } = parts;
    this.#router = new ClassRouter({
      ...parts.router,
      listener: {
        // The home puts together who speaks.
        onSpeakers: () => undefined,
        onProducerClosed: (connectionId, source) => this.#tell({ kind: "ended", connectionId, source }),
      },
      onClosed: () => undefined,
    });
    this.#lent = new LentProducers({
      place: pipePlace,
      reach: (producerId) => this.#router.reach(producerId),
      onLost: (producerId) => this.#tell({ kind: "lost", producerId }),
      log,
    });
    this.#brought = new BroughtProducers({
      place: pipePlace,
      pipes: this.#router.pipes,
      bring: (producerId, end) => link.ask({ kind: "bring", producerId, end } satisfies EdgeLetter),
      release: (producerId) => this.#tell({ kind: "release", producerId }),
      demand: (producerId, highest) => this.#tell({ kind: "demand", producerId, highest }),
      onLost: (media) => this.#router.elsewhereLost(media),
      log,
    });
    this.#router.spread({
      published: () => this.#elsewhere,
      people: () => this.#peopleElsewhere,
      bring: (producerId, to) => this.#brought.bring(producerId, to),
      demandOf: (producerId) => this.#brought.demandOf(producerId),
      onOwnChanged: () => this.#tellLater(),
      onVolumes: (volumes) => this.#tell({ kind: "volumes", volumes: [...volumes] }),
    });
    link.onLetter((letter) => this.#take(letter));
    link.onEnded(() => this.close());
    const opened = this.#router.open().catch((err: unknown) => {
      if (!this.#isClosed) log.error({ err }, "a carried class has no media worker");
    });
    // Without a worker people are told when there is one.
    this.#opened = parts.router.workers.isReady() ? opened : Promise.resolve();
    this.#tellLater();
  }

  get people(): number {
    return this.#peers.size;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#brought.close();
    this.#lent.close();
    this.#router.close();
    this.#peers.clear();
    this.#parts.link.end();
    this.#parts.onClosed();
  }

  async #take(letter: unknown): Promise<Result<unknown>> {
    await this.#opened;
    if (this.#isClosed) return refuse("media-unavailable");
    const parsed = homeLetterSchema.safeParse(letter);
    if (parsed.success) return this.#follow(parsed.data);
    this.#parts.log.error(
      { issues: parsed.error.issues },
      "what the home node of a class says cannot be read",
    );
    return refuse("bad-request", parsed.error.message);
  }

  async #follow(letter: HomeLetter): Promise<Result<unknown>> {
    switch (letter.kind) {
      case "peer-add":
        this.#add(letter.connectionId, letter.room);
        return accept();
      case "peer-room":
        this.#peers.get(letter.connectionId)?.setRoom(letter.room);
        return accept();
      case "peer-view":
        this.#peers.get(letter.connectionId)?.setView(letter.view);
        return accept();
      case "peer-close":
        this.#peers.get(letter.connectionId)?.close();
        this.#peers.delete(letter.connectionId);
        return accept();
      case "peer-call": {
        const peer = this.#peers.get(letter.connectionId);
        return peer ? callPeer(peer, letter.call) : refuse("media-unavailable");
      }
      case "published":
        this.#followPublished(publishedAfter(this.#elsewhere, letter));
        return accept();
      case "elsewhere":
        this.#peopleElsewhere = letter.people;
        this.#router.setVoice(letter.voice);
        this.#router.elsewhereChanged(this.#elsewhere);
        return accept();
      case "volumes":
        this.#router.hearElsewhere(letter.volumes);
        return accept();
      case "bring":
        return this.#lent.lend(letter.producerId, letter.end);
      case "release":
        this.#lent.release(letter.producerId);
        return accept();
      case "demand":
        this.#lent.demand(letter.producerId, letter.highest);
        return accept();
      case "lost":
        this.#brought.lost(letter.producerId);
        return accept();
    }
  }

  #add(connectionId: ConnectionId, room: Extract<HomeLetter, { kind: "peer-add" }>["room"]): void {
    const onSignal = (signal: object) =>
      this.#tell({ kind: "signal", connectionId, signal: signal as { type: string } });
    this.#peers.set(connectionId, this.#router.addPeer(connectionId, room, { onSignal }));
  }

  #followPublished(published: readonly PublishedMedia[]): void {
    const before = this.#elsewhere;
    this.#elsewhere = published;
    this.#brought.follow(published);
    this.#router.elsewhereChanged(before);
  }

  /** Many changes of one turn of the event loop are told together. */
  #tellLater(): void {
    if (this.#isTelling || this.#isClosed) return;
    this.#isTelling = true;
    setImmediate(() => {
      this.#isTelling = false;
      if (!this.#isClosed) this.#tellOwn();
    });
  }

  #tellOwn(): void {
    for (const change of this.#told.next(this.#router.own())) {
      this.#tell({ kind: "published", published: [...change.published], gone: [...change.gone] });
    }
    const roomFor = this.#router.roomFor();
    if (roomFor !== this.#lastRoomFor) this.#tell({ kind: "room", roomFor });
    this.#lastRoomFor = roomFor;
  }

  #tell(letter: EdgeLetter): void {
    if (!this.#isClosed) this.#parts.link.tell(letter);
  }
}

function callPeer(peer: PeerMedia, call: PeerCall): Promise<Result<unknown>> {
  switch (call.method) {
    case "setCapabilities":
      return peer.setCapabilities(call.rtpCapabilities);
    case "createTransport":
      return peer.createTransport(call.direction);
    case "connectTransport":
      return peer.connectTransport(call.direction, call.dtlsParameters);
    case "restartIce":
      return peer.restartIce(call.direction);
    case "produce":
      return peer.produce(call.source, call.rtpParameters, call.paused);
    case "pause":
    case "resume":
    case "stop":
      return peer[call.method](call.source);
    case "consumerReady":
      return peer.consumerReady(call.consumerId);
  }
}
