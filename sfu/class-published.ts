import type { ConnectionId, RoomId } from "../server/protocol/ids.ts";
import type { Peer } from "./peer-media.ts";
import type { PublishedMedia } from "./subscription.ts";

export interface ClassPublishedParts {
  readonly peers: ReadonlyMap<ConnectionId, Peer>;
  /** On other nodes. */
  elsewhere(): readonly PublishedMedia[];
  isShareHeld(): boolean;
}

/** What is published in a class, as the people of each room may have it. */
export class ClassPublished {
  readonly #parts: ClassPublishedParts;
  /** Kept until `forget`. */
  readonly #byRoom = new Map<RoomId, readonly PublishedMedia[]>();
  /** Whose microphone is heard in every room. */
  voice: ConnectionId | null = null;

  constructor(parts: ClassPublishedParts) {
    this.#parts = parts;
  }

  in(room: RoomId): readonly PublishedMedia[] {
    const known = this.#byRoom.get(room);
    if (known) return known;
    const own = this.peersIn(room).flatMap((peer) => peer.published());
    const others = this.#parts.elsewhere().filter((media) => media.room === room);
    const published = [...this.#voiceIn(room), ...[...own, ...others].map((media) => this.#asHeld(media))];
    this.#byRoom.set(room, published);
    return published;
  }

  /** By the people of this node. */
  own(): readonly PublishedMedia[] {
    return [...this.#parts.peers.values()].flatMap((peer) => peer.published());
  }

  /** What is published in this room has changed. */
  forget(room: RoomId): void {
    this.#byRoom.delete(room);
  }

  peersIn(room: RoomId): readonly Peer[] {
    return [...this.#parts.peers.values()].filter((peer) => peer.room === room);
  }

  /** Null for who publishes nothing elsewhere, and is not here. */
  roomOf(connectionId: ConnectionId): RoomId | null {
    const here = this.#parts.peers.get(connectionId)?.room;
    return here ?? this.#parts.elsewhere().find((media) => media.connectionId === connectionId)?.room ?? null;
  }

  /** Whether the voice for all rooms speaks from this one. */
  hasVoiceIn(room: RoomId): boolean {
    if (this.voice === null) return false;
    const here = this.#parts.peers.get(this.voice);
    return here ? here.room === room : this.#ofVoice().some((media) => media.room === room);
  }

  /** A share that is held leaves nothing to choose. */
  #asHeld(media: PublishedMedia): PublishedMedia {
    return this.#parts.isShareHeld() && media.source === "screen" ? { ...media, hasLayers: false } : media;
  }

  /** The voice for all rooms, as a room other than its own has it. */
  #voiceIn(room: RoomId): readonly PublishedMedia[] {
    return this.#ofVoice()
      .filter((media) => media.room !== room && media.source === "microphone")
      .map((media) => ({ ...media, room, isVoice: true }));
  }

  #ofVoice(): readonly PublishedMedia[] {
    if (this.voice === null) return [];
    const own = this.#parts.peers.get(this.voice)?.published();
    return own ?? this.#parts.elsewhere().filter((media) => media.connectionId === this.voice);
  }
}
