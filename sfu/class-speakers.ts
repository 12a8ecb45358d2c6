import type { AudioLevelObserver, AudioLevelObserverVolume, Producer, Router } from "mediasoup/types";
import type { Log } from "../server/ports.ts";
import type { Volume } from "../server/protocol/edge-media.ts";
import type { ConnectionId, RoomId } from "../server/protocol/ids.ts";
import {
  isSameOrder,
  MAX_SPEAKERS,
  recentSpeakersFrom,
  SPEAKERS_INTERVAL_MS,
  SPEECH_THRESHOLD_DBOV,
  speakersByRoomFrom,
} from "./speakers.ts";

export interface SpeakersContext {
  roomOf(connectionId: ConnectionId): RoomId | null;
  onSpeakers(room: RoomId, connectionIds: readonly ConnectionId[]): void;
  /** What was heard on this node. */
  onVolumes(volumes: readonly Volume[]): void;
  readonly log: Log;
}

interface Heard {
  readonly observer: AudioLevelObserver;
  volumes: readonly Volume[];
}

/** Who speaks in a class's rooms: one observer on each of its routers, put together and split by room. */
export class ClassSpeakers {
  readonly #context: SpeakersContext;
  readonly #owners = new Map<string, ConnectionId>();
  readonly #speaking = new Map<RoomId, readonly ConnectionId[]>();
  readonly #recent = new Map<RoomId, readonly ConnectionId[]>();
  readonly #heardOn = new Map<Router, Heard>();
  /** Heard on other nodes. */
  #elsewhere: readonly Volume[] = [];
  #timer: NodeJS.Timeout | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(context: SpeakersContext) {
    this.#context = context;
  }

  /** Follows a router; the observer ends with it. Throws with its cause. */
  async follow(router: Router): Promise<void> {
    const observer = await router.createAudioLevelObserver({
      maxEntries: MAX_SPEAKERS,
      threshold: SPEECH_THRESHOLD_DBOV,
      interval: SPEAKERS_INTERVAL_MS,
    });
    const heard: Heard = { observer, volumes: [] };
    this.#heardOn.set(router, heard);
    observer.observer.once("close", () => {
      this.#heardOn.delete(router);
      this.#changed();
    });
    const follow = (volumes: readonly AudioLevelObserverVolume[]) => {
      heard.volumes = volumes.flatMap(({ producer, volume }) => {
        const connectionId = this.#owners.get(producer.id);
        return connectionId === undefined ? [] : [{ connectionId, volume }];
      });
      this.#context.onVolumes(this.#own());
      this.#changed();
    };
    observer.on("volumes", follow);
    observer.on("silence", () => follow([]));
  }

  add(connectionId: ConnectionId, producer: Producer, router: Router): void {
    this.#owners.set(producer.id, connectionId);
    producer.observer.once("close", () => this.#owners.delete(producer.id));
    const observer = this.#heardOn.get(router)?.observer;
    observer?.addProducer({ producerId: producer.id }).catch((err: unknown) => {
      if (!producer.closed) this.#context.log.error({ err }, "a microphone could not be listened to");
    });
  }

  hearElsewhere(volumes: readonly Volume[]): void {
    this.#elsewhere = volumes;
    this.#changed();
  }

  recent(room: RoomId): readonly ConnectionId[] {
    return this.#recent.get(room) ?? [];
  }

  /** A room nobody is in any more is forgotten. */
  forget(room: RoomId): void {
    this.#speaking.delete(room);
    this.#recent.delete(room);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#heardOn.clear();
  }

  /** One observer keeps its interval by itself; several together would tell too often (MS13). */
  #changed(): void {
    const isAlone = this.#heardOn.size === 1 && this.#elsewhere.length === 0;
    if (isAlone) this.#tell();
    else if (!this.#timer && this.#heardOn.size > 0) {
      const waitMs = Math.max(0, this.#toldAt + SPEAKERS_INTERVAL_MS - performance.now());
      this.#timer = setTimeout(() => this.#tell(), waitMs);
    }
  }

  #tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#toldAt = performance.now();
    const loudestFirst = [...this.#own(), ...this.#elsewhere].toSorted((a, b) => b.volume - a.volume);
    this.#heard(loudestFirst.map(({ connectionId }) => connectionId));
  }

  #own(): readonly Volume[] {
    return [...this.#heardOn.values()].flatMap(({ volumes }) => volumes);
  }

  #heard(loudestFirst: readonly ConnectionId[]): void {
    const rooms = speakersByRoomFrom(loudestFirst, (connectionId) => this.#context.roomOf(connectionId));
    for (const room of new Set([...this.#speaking.keys(), ...rooms.keys()])) {
      const before = this.#speaking.get(room) ?? [];
      const now = rooms.get(room) ?? [];
      if (isSameOrder(before, now)) continue;
      if (now.length > 0) this.#speaking.set(room, now);
      else this.#speaking.delete(room);
      this.#recent.set(room, recentSpeakersFrom(now, this.recent(room)));
      this.#context.onSpeakers(room, now);
    }
  }
}
