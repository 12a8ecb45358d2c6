import type { AudioLevelObserver, Producer, Router } from "mediasoup/types";
import type { Log } from "../server/ports.ts";
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
  readonly log: Log;
}

/** Who speaks in a class's rooms: one observer for all of them, split by room. */
export class ClassSpeakers {
  readonly #context: SpeakersContext;
  readonly #owners = new Map<string, ConnectionId>();
  readonly #speaking = new Map<RoomId, readonly ConnectionId[]>();
  readonly #recent = new Map<RoomId, readonly ConnectionId[]>();
  #observer: AudioLevelObserver | null = null;

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
    this.#observer = observer;
    observer.on("volumes", (volumes) => {
      this.#heard(volumes.flatMap(({ producer }) => this.#owners.get(producer.id) ?? []));
    });
    observer.on("silence", () => this.#heard([]));
  }

  add(connectionId: ConnectionId, producer: Producer): void {
    this.#owners.set(producer.id, connectionId);
    producer.observer.once("close", () => this.#owners.delete(producer.id));
    this.#observer?.addProducer({ producerId: producer.id }).catch((err: unknown) => {
      if (!producer.closed) this.#context.log.error({ err }, "a microphone could not be listened to");
    });
  }

  recent(room: RoomId): readonly ConnectionId[] {
    return this.#recent.get(room) ?? [];
  }

  /** A room nobody is in any more is forgotten. */
  forget(room: RoomId): void {
    this.#speaking.delete(room);
    this.#recent.delete(room);
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
