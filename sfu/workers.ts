import { createWorker } from "mediasoup";
import type { Router, WebRtcServer, Worker } from "mediasoup/types";
import type { Log, WorkerCpu } from "../server/ports.ts";
import { MEDIA_CODECS } from "./codecs.ts";

const RESPAWN_DELAYS_MS = [0, 500, 1_000, 2_000, 5_000, 10_000] as const;
/** A worker that lived so long and died is no crash loop: its successor starts at once. */
const LONG_LIFE_MS = 60_000;
/** Keyframe bursts through the one socket are lost with the kernel's default buffers. */
const SOCKET_BUFFER_BYTES = 4_194_304;
/**
 * The first is mediasoup's own. The second is how often (ms) an estimator of a line looks whether it has to probe, while it
 * does not: of itself 200 times a second for each receiver, which costs more than all its packets (docs/performance.md).
 * While it probes it keeps its own time.
 */
const FIELD_TRIALS = "WebRTC-Bwe-AlrLimitedBackoff/Enabled/WebRTC-Pacer-MinPacketLimitMs/25/";

export interface WorkersOptions {
  /** The worker's binary; mediasoup's own way of finding it when unset. */
  readonly workerBin?: string;
  readonly workers: number;
  readonly listenIp: string;
  /** The address clients reach, where that is not `listenIp`. */
  readonly announcedAddress?: string;
  /** UDP and TCP port of the first worker; each further one has the next. */
  readonly port: number;
  readonly log: Log;
}

/** A router on one worker, with the server its transports listen on. */
export interface RouterPlace {
  readonly router: Router;
  readonly webRtcServer: WebRtcServer;
  /** Which worker, from 0. */
  readonly worker: number;
  /** Says how many peers it carries, so that the next class goes elsewhere. */
  setLoad(peers: number): void;
}

interface Slot {
  readonly index: number;
  worker: Worker | null;
  webRtcServer: WebRtcServer | null;
  readonly loads: Map<Router, number>;
  readyAt: number;
  deaths: number;
  respawn: NodeJS.Timeout | null;
}

/** The media workers, one process each. One that dies is replaced on the same port. */
export class Workers {
  readonly #options: WorkersOptions;
  readonly #slots: Slot[];
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  private constructor(options: WorkersOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.workers }, (_, index) => ({
      index,
      worker: null,
      webRtcServer: null,
      loads: new Map(),
      readyAt: 0,
      deaths: 0,
      respawn: null,
    }));
  }

  /** Throws with its cause when a worker does not start or its port is taken. */
  static async create(options: WorkersOptions): Promise<Workers> {
    const workers = new Workers(options);
    try {
      await Promise.all(workers.#slots.map((slot) => workers.#spawn(slot)));
    } catch (cause) {
      await workers.close();
      throw new Error(`the media workers did not start on port ${options.port} and up`, { cause });
    }
    return workers;
  }

  isReady(): boolean {
    return this.#slots.some(isAlive);
  }

  aliveCount(): number {
    return this.#slots.filter(isAlive).length;
  }

  async cpu(): Promise<readonly WorkerCpu[]> {
    const used = this.#slots.map(async ({ index, worker }) => {
      // One that dies while it is asked has no answer.
      const usage = await worker?.getResourceUsage().catch(() => null);
      return usage ? [{ worker: index, seconds: (usage.ru_utime + usage.ru_stime) / 1_000 }] : [];
    });
    return (await Promise.all(used)).flat();
  }

  /** A router on the least loaded worker; waits for one to live. Throws once closed. */
  async createRouter(): Promise<RouterPlace> {
    for (;;) {
      const place = await this.#routerOn(await this.#leastLoaded());
      if (place) return place;
    }
  }

  /** The least loaded worker that is none of these; null where no other lives. */
  leastLoadedBeside(taken: ReadonlySet<number>): number | null {
    return this.#byLoad().find(({ index }) => !taken.has(index))?.index ?? null;
  }

  /** A router on this worker; null where it does not live, or dies meanwhile. */
  async createRouterOn(worker: number): Promise<RouterPlace | null> {
    const slot = this.#slots[worker];
    return slot ? this.#routerOn(slot) : null;
  }

  async #routerOn(slot: Slot): Promise<RouterPlace | null> {
    const { worker, webRtcServer, index } = slot;
    if (!worker || !webRtcServer) return null;
    try {
      const router = await worker.createRouter({ mediaCodecs: MEDIA_CODECS });
      slot.loads.set(router, 0);
      router.observer.once("close", () => slot.loads.delete(router));
      return { router, webRtcServer, worker: index, setLoad: (peers) => slot.loads.set(router, peers) };
    } catch (cause) {
      if (!worker.closed) throw new Error("a router could not be made", { cause });
      return null;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const wake of this.#waiting) wake();
    await Promise.all(
      this.#slots.map(async (slot) => {
        if (slot.respawn) clearTimeout(slot.respawn);
        const { worker } = slot;
        slot.worker = null;
        slot.webRtcServer = null;
        if (worker && !worker.subprocessClosed) {
          const ended = new Promise<void>((resolve) => worker.once("subprocessclose", () => resolve()));
          worker.close();
          await ended;
        }
      }),
    );
  }

  async #leastLoaded(): Promise<Slot> {
    for (;;) {
      if (this.#isClosed) throw new Error("the media server is closed");
      const [first] = this.#byLoad();
      if (first) return first;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #byLoad(): readonly Slot[] {
    return this.#slots
      .filter(isAlive)
      .toSorted((a, b) => loadOf(a) - loadOf(b) || a.loads.size - b.loads.size);
  }

  async #spawn(slot: Slot): Promise<void> {
    const { log, workerBin } = this.#options;
    const worker = await createWorker({
      logLevel: "warn",
      libwebrtcFieldTrials: FIELD_TRIALS,
      ...(workerBin ? { workerBin } : {}),
    });
    slot.worker = worker;
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: this.#listenInfos(slot.index) });
      if (this.#isClosed) throw new Error("closed meanwhile");
      slot.webRtcServer = webRtcServer;
    } catch (cause) {
      slot.worker = null;
      worker.close();
      throw cause;
    }
    slot.readyAt = performance.now();
    worker.once("died", (cause) => this.#onDied(slot, worker, cause));
    log.info({ worker: slot.index, pid: worker.pid }, "a media worker is ready");
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #onDied(slot: Slot, worker: Worker, cause: Error): void {
    this.#options.log.error({ worker: slot.index, pid: worker.pid, err: cause }, "a media worker died");
    slot.worker = null;
    slot.webRtcServer = null;
    slot.loads.clear();
    if (performance.now() - slot.readyAt > LONG_LIFE_MS) slot.deaths = 0;
    this.#respawnLater(slot);
  }

  #listenInfos(index: number) {
    const { listenIp: ip, announcedAddress, port } = this.#options;
    return (["udp", "tcp"] as const).map((protocol) => ({
      protocol,
      ip,
      ...(announcedAddress ? { announcedAddress } : {}),
      port: port + index,
      recvBufferSize: SOCKET_BUFFER_BYTES,
      sendBufferSize: SOCKET_BUFFER_BYTES,
    }));
  }

  #respawnLater(slot: Slot): void {
    if (this.#isClosed) return;
    const delayMs = RESPAWN_DELAYS_MS[Math.min(slot.deaths, RESPAWN_DELAYS_MS.length - 1)] ?? 0;
    slot.deaths += 1;
    slot.respawn = setTimeout(() => {
      this.#spawn(slot).catch((cause: unknown) => {
        if (this.#isClosed) return;
        this.#options.log.error({ worker: slot.index, err: cause }, "a media worker could not be replaced");
        this.#respawnLater(slot);
      });
    }, delayMs);
  }
}

/** A worker that died closes its routers before its server, and all of them before it says so. */
function isAlive({ worker, webRtcServer }: Slot): boolean {
  return worker !== null && !worker.closed && webRtcServer !== null;
}

function loadOf(slot: Slot): number {
  return [...slot.loads.values()].reduce((sum, peers) => sum + peers, 0);
}
