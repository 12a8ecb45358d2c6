import type { DtlsParameters, WebRtcTransport } from "mediasoup/types";
import { accept, type Result, refuse } from "../server/protocol/errors.ts";
import {
  type DtlsParametersJson,
  dtlsParametersSchema,
  type TransportDirection,
  type TransportOffer,
} from "../server/protocol/media.ts";
import { ask, askForClient } from "./worker-request.ts";
import type { RouterPlace } from "./workers.ts";

/** What a publisher may send: camera in three layers, a screen at full resolution, and sound. */
const MAX_INCOMING_BPS = 8_000_000;
/** Enough for sound, a share and a few small tiles until the line has been measured. */
const INITIAL_OUTGOING_BPS = 1_000_000;

/** One of a peer's two WebRTC transports. */
export class PeerTransport {
  readonly webRtc: WebRtcTransport;
  #isConnected = false;

  private constructor(webRtc: WebRtcTransport) {
    this.webRtc = webRtc;
  }

  /**
   * Refuses `media-unavailable` if the worker dies meanwhile. The transport closes itself when its client is
   * gone: DTLS failed or closed, or no ICE consent for 30 s; its producers and consumers end with it.
   */
  static async create(place: RouterPlace, direction: TransportDirection): Promise<Result<PeerTransport>> {
    const { router, webRtcServer } = place;
    const circumstances = { what: `a ${direction} transport`, isAlive: () => !router.closed };
    const made = await ask(circumstances, async () => {
      const webRtc = await router.createWebRtcTransport({
        webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BPS,
      });
      if (direction === "send") await webRtc.setMaxIncomingBitrate(MAX_INCOMING_BPS);
      return webRtc;
    });
    if (!made.ok) return made;
    const webRtc = made.data;
    webRtc.on("dtlsstatechange", (state) => {
      if (state === "failed" || state === "closed") webRtc.close();
    });
    webRtc.on("icestatechange", (state) => {
      if (state === "disconnected" || state === "closed") webRtc.close();
    });
    return accept(new PeerTransport(webRtc));
  }

  get isOpen(): boolean {
    return !this.webRtc.closed;
  }

  get offer(): TransportOffer {
    const { id, iceParameters, iceCandidates, dtlsParameters } = this.webRtc;
    return { id, iceParameters, iceCandidates, dtlsParameters };
  }

  /** Refuses `conflict` the second time: DTLS parameters are final. */
  async connect(parameters: DtlsParametersJson): Promise<Result> {
    const parsed = dtlsParametersSchema.safeParse(parameters);
    if (!parsed.success) return refuse("media-bad-parameters", parsed.error.message);
    if (this.#isConnected) return refuse("conflict", "the transport is connected already");
    this.#isConnected = true;
    const dtlsParameters: DtlsParameters = parsed.data;
    const connected = await askForClient(this.#circumstances("connecting a transport"), () =>
      this.webRtc.connect({ dtlsParameters }),
    );
    if (!connected.ok) this.#isConnected = false;
    return connected;
  }

  restartIce(): Promise<Result<unknown>> {
    return ask(this.#circumstances("restarting ICE"), () => this.webRtc.restartIce());
  }

  close(): void {
    this.webRtc.close();
  }

  #circumstances(what: string) {
    return { what, isAlive: () => !this.webRtc.closed };
  }
}
