import type { ClassState, EventOf } from "../domain/class-state.ts";
import type { ClassMedia, Log, PeerListener, PeerMedia } from "../ports.ts";
import type { Result } from "../protocol/errors.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { ConnectionId } from "../protocol/ids.ts";
import type { MediaSource } from "../protocol/media.ts";

const SOURCES: readonly MediaSource[] = ["microphone", "camera", "screen", "screen-audio"];

export interface EffectsParts {
  readonly media: ClassMedia;
  readonly log: Log;
  /** Where the media server's signals to one connection go. */
  listenerOf(connectionId: ConnectionId): PeerListener;
}

export interface Effects {
  /** The media of a connection that is present. */
  peer(connectionId: ConnectionId): PeerMedia | undefined;
  /** Makes the media server follow what happened. */
  follow(events: readonly SequencedEvent[], state: ClassState): void;
  close(): void;
}

/** Carries a class's events to the media server: who has media, in which room, and whom staff silenced. */
export function createEffects({ media, log, listenerOf }: EffectsParts): Effects {
  const peers = new Map<ConnectionId, PeerMedia>();
  let voice: ConnectionId | null = null;

  function follow(event: SequencedEvent, state: ClassState): void {
    switch (event.type) {
      case "presence.joined":
        peers.set(
          event.connectionId,
          media.addPeer(event.connectionId, event.room, listenerOf(event.connectionId)),
        );
        return;
      case "presence.left":
        peers.get(event.connectionId)?.close();
        peers.delete(event.connectionId);
        return;
      case "room.moved":
        peers.get(event.connectionId)?.setRoom(event.room);
        return;
      case "media.changed":
        if (isOrder(event, state)) followMedia(event.connectionId, event.source, event.status);
        return;
      case "class.closed":
        for (const connectionId of peers.keys()) {
          for (const source of SOURCES) followMedia(connectionId, source, "off");
        }
        return;
      default:
        return;
    }
  }

  function followMedia(connectionId: ConnectionId, source: MediaSource, status: string): void {
    const peer = peers.get(connectionId);
    if (!peer || status === "live") return;
    const done: Promise<Result> = status === "off" ? peer.stop(source) : peer.pause(source);
    done.catch((err) => log.error({ err, connectionId, source }, "the media server did not follow"));
  }

  return {
    peer: (connectionId) => peers.get(connectionId),
    follow(events, state) {
      for (const event of events) follow(event, state);
      const next = state.breakouts?.voice ?? null;
      if (next === voice) return;
      voice = next;
      media.setVoice(voice);
    },
    close() {
      for (const peer of peers.values()) peer.close();
      peers.clear();
    },
  };
}

/**
 * Whether the media server is told something new. What the person's own client or the media server itself
 * did has happened there already; following it late could undo what came after.
 */
function isOrder({ connectionId, by }: EventOf<"media.changed">, state: ClassState): boolean {
  return by !== "server" && by !== state.connections.get(connectionId)?.personId;
}
