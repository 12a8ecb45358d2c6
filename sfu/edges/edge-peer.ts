import type { PeerListener, PeerMedia } from "../../server/ports.ts";
import type { PeerCall } from "../../server/protocol/edge-media.ts";
import { type Result, refuse } from "../../server/protocol/errors.ts";
import type { ConnectionId, RoomId } from "../../server/protocol/ids.ts";
import type {
  DtlsParametersJson,
  MediaSource,
  MediaView,
  RtpCapabilitiesJson,
  RtpParametersJson,
  TransportDirection,
  TransportOffer,
} from "../../server/protocol/media.ts";
import type { EdgeSite } from "./edge-site.ts";

export interface EdgePeerContext {
  onMoved(): void;
  onClosed(peer: EdgePeer): void;
}

/**
 * Somebody whose media another node carries: what their client asks is passed on. When that node is gone they are placed
 * anew, on another edge or here, and their client begins anew.
 */
export class EdgePeer implements PeerMedia {
  readonly connectionId: ConnectionId;
  readonly listener: PeerListener;
  readonly #context: EdgePeerContext;
  #room: RoomId;
  #view: MediaView | null = null;
  #at: EdgeSite | PeerMedia | null = null;
  #isClosed = false;

  constructor(connectionId: ConnectionId, room: RoomId, listener: PeerListener, context: EdgePeerContext) {
    this.connectionId = connectionId;
    this.#room = room;
    this.listener = listener;
    this.#context = context;
  }

  get room(): RoomId {
    return this.#room;
  }

  /** Where the media are from now on: on another node, or here after all. */
  placeOn(at: EdgeSite | PeerMedia): void {
    this.#at = at;
    if (isSite(at)) at.add(this);
    if (this.#view) this.setView(this.#view);
  }

  setCapabilities(rtpCapabilities: RtpCapabilitiesJson): Promise<Result> {
    return this.#call({ method: "setCapabilities", rtpCapabilities }, (here) =>
      here.setCapabilities(rtpCapabilities),
    );
  }

  createTransport(direction: TransportDirection): Promise<Result<TransportOffer>> {
    return this.#call({ method: "createTransport", direction }, (here) => here.createTransport(direction));
  }

  connectTransport(direction: TransportDirection, dtlsParameters: DtlsParametersJson): Promise<Result> {
    return this.#call({ method: "connectTransport", direction, dtlsParameters }, (here) =>
      here.connectTransport(direction, dtlsParameters),
    );
  }

  restartIce(direction: TransportDirection): Promise<Result<unknown>> {
    return this.#call({ method: "restartIce", direction }, (here) => here.restartIce(direction));
  }

  produce(source: MediaSource, rtpParameters: RtpParametersJson, paused: boolean) {
    return this.#call<{ readonly producerId: string }>(
      { method: "produce", source, rtpParameters, paused },
      (here) => here.produce(source, rtpParameters, paused),
    );
  }

  pause(source: MediaSource): Promise<Result> {
    return this.#call({ method: "pause", source }, (here) => here.pause(source));
  }

  resume(source: MediaSource): Promise<Result> {
    return this.#call({ method: "resume", source }, (here) => here.resume(source));
  }

  stop(source: MediaSource): Promise<Result> {
    return this.#call({ method: "stop", source }, (here) => here.stop(source));
  }

  consumerReady(consumerId: string): Promise<Result> {
    return this.#call({ method: "consumerReady", consumerId }, (here) => here.consumerReady(consumerId));
  }

  setView(view: MediaView): void {
    this.#view = view;
    if (isSite(this.#at)) this.#at.tell({ kind: "peer-view", connectionId: this.connectionId, view });
    else this.#at?.setView(view);
  }

  setRoom(room: RoomId): void {
    if (this.#isClosed || room === this.#room) return;
    this.#room = room;
    if (isSite(this.#at)) this.#at.move(this);
    else this.#at?.setRoom(room);
    this.#context.onMoved();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (isSite(this.#at)) this.#at.remove(this);
    else this.#at?.close();
    this.#context.onClosed(this);
  }

  async #call<Data = void>(
    call: PeerCall,
    here: (peer: PeerMedia) => Promise<Result<Data>>,
  ): Promise<Result<Data>> {
    if (this.#isClosed || !this.#at) return refuse("media-unavailable");
    if (!isSite(this.#at)) return here(this.#at);
    const { connectionId } = this;
    // What a peer answers is of the same shape wherever it is.
    return (await this.#at.ask({ kind: "peer-call", connectionId, call })) as Result<Data>;
  }
}

function isSite(at: EdgeSite | PeerMedia | null): at is EdgeSite {
  return at !== null && "ask" in at;
}
