import type { Router } from "mediasoup/types";
import type { Log } from "../server/ports.ts";
import type { Peer } from "./peer-media.ts";
import { type BranchLoad, placementFrom, roomFrom } from "./placement.ts";
import type { RouterPlace, Workers } from "./workers.ts";

export interface BranchesOptions {
  readonly workers: Workers;
  /** So many consumers, and the next peer is placed on another worker. */
  readonly consumersPerRouter: number;
  /** A router was made, before anybody is placed on it. Throws with its cause. */
  onRouter(router: Router): Promise<void>;
  /** What these peers had is gone: everything begins anew where they are now. */
  onLost(peers: readonly Peer[]): void;
  readonly log: Log;
}

/** One router of the class, each on a worker of its own, with the peers whose transports are on it. */
interface Branch {
  readonly peers: Set<Peer>;
  /** Null while any is waited for. */
  worker: number | null;
  /** Null before there is one, and while a worker is waited for. */
  place: RouterPlace | null;
  /** Settled once it has its first router, or will not have one. */
  opened: Promise<void>;
}

/** The routers of one class, and who is on which: one at first, more as it outgrows a worker (MS17). */
export class ClassBranches {
  readonly #options: BranchesOptions;
  readonly #branches: Branch[] = [newBranch(null)];
  readonly #branchOf = new Map<Peer, Branch>();
  #isClosed = false;

  constructor(options: BranchesOptions) {
    this.#options = options;
  }

  /** Gives the class its first router, waiting for a worker if need be; throws with its cause. */
  async open(): Promise<void> {
    const [first] = this.#branches;
    if (first) await this.#openAlone(first);
  }

  add(peer: Peer): void {
    const free = this.#freeWorker();
    const index = placementFrom(this.#loads(), {
      consumersPerRouter: this.#options.consumersPerRouter,
      maxBranches: this.#branches.length + (free === null ? 0 : 1),
    });
    const branch = index === null && free !== null ? this.#grow(free) : this.#branches[index ?? 0];
    if (!branch) throw new Error("a class has no branch");
    this.#put(peer, branch);
  }

  /** How many more people fit, on all workers of this node. */
  roomFor(): number {
    const { consumersPerRouter, workers } = this.#options;
    const freeWorkers = Math.max(0, workers.aliveCount() - this.#branches.length);
    return roomFrom(this.#loads(), { consumersPerRouter, freeWorkers });
  }

  /** Null while a worker is waited for. */
  anyRouter(): Router | null {
    return this.#branches.find(({ place }) => place)?.place?.router ?? null;
  }

  remove(peer: Peer): void {
    const branch = this.#branchOf.get(peer);
    this.#branchOf.delete(peer);
    branch?.peers.delete(peer);
    branch?.place?.setLoad(branch.peers.size);
    if (branch?.peers.size === 0 && this.#branches.length > 1) this.#end(branch);
  }

  /** Where the peer's transports belong; null while a worker is waited for. */
  async placeOf(peer: Peer): Promise<RouterPlace | null> {
    await this.#branchOf.get(peer)?.opened;
    return this.#branchOf.get(peer)?.place ?? null;
  }

  routerOf(peer: Peer): Router | null {
    return this.#branchOf.get(peer)?.place?.router ?? null;
  }

  close(): void {
    this.#isClosed = true;
    for (const branch of this.#branches) {
      branch.place?.router.close();
      branch.place = null;
    }
  }

  #loads(): readonly BranchLoad[] {
    return this.#branches.map(({ peers }) => ({
      peers: peers.size,
      consumers: [...peers].reduce((sum, one) => sum + one.flowingConsumers, 0),
    }));
  }

  #put(peer: Peer, branch: Branch): void {
    branch.peers.add(peer);
    this.#branchOf.set(peer, branch);
    branch.place?.setLoad(branch.peers.size);
  }

  #end(branch: Branch): void {
    const index = this.#branches.indexOf(branch);
    if (index !== -1) this.#branches.splice(index, 1);
    branch.place?.router.close();
    branch.place = null;
  }

  /** A worker that carries nothing of this class; two routers on one could not be piped together. */
  #freeWorker(): number | null {
    const taken = this.#branches.map(({ worker }) => worker);
    if (taken.includes(null)) return null;
    return this.#options.workers.leastLoadedBeside(new Set(taken.filter((worker) => worker !== null)));
  }

  /** The class's only branch: whoever is on it waits for a worker. */
  async #openAlone(branch: Branch): Promise<void> {
    branch.worker = null;
    await this.#follow(branch, await this.#options.workers.createRouter());
    if (branch.place) this.#options.onLost([...branch.peers]);
  }

  #grow(worker: number): Branch {
    const branch = newBranch(worker);
    this.#branches.push(branch);
    branch.opened = this.#options.workers
      .createRouterOn(worker)
      .then((place) => (place ? this.#follow(branch, place) : undefined))
      .catch((err: unknown) => this.#options.log.error({ err }, "a class could not be given another router"))
      .then(() => {
        if (!branch.place && this.#branches.includes(branch)) this.#onLost(branch);
      });
    return branch;
  }

  async #follow(branch: Branch, place: RouterPlace): Promise<void> {
    const { router } = place;
    if (this.#isClosed) {
      router.close();
      return;
    }
    router.once("workerclose", () => this.#onLost(branch));
    try {
      await this.#options.onRouter(router);
    } catch (cause) {
      if (!router.closed) throw cause;
    }
    // The worker died meanwhile, and the next one is being waited for; or the class was closed.
    if (router.closed) return;
    branch.place = place;
    branch.worker = place.worker;
    place.setLoad(branch.peers.size);
  }

  #onLost(branch: Branch): void {
    branch.place = null;
    if (this.#isClosed || !this.#branches.includes(branch)) return;
    if (this.#branches.length > 1) {
      this.#giveUp(branch);
      return;
    }
    this.#openAlone(branch).catch((err: unknown) => {
      if (!this.#isClosed)
        this.#options.log.error({ err }, "a class could not be given another media worker");
    });
  }

  /** Its peers are placed on the others: who was on those notices nothing (MS19). */
  #giveUp(branch: Branch): void {
    const peers = [...branch.peers];
    this.#end(branch);
    for (const peer of peers) this.add(peer);
    this.#options.onLost(peers);
  }
}

function newBranch(worker: number | null): Branch {
  return { peers: new Set(), worker, place: null, opened: Promise.resolve() };
}
