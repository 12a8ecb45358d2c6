import type { Actor } from "../domain/class-command.ts";
import type { Stage } from "../domain/permissions.ts";
import type { Entrant, LiveClass } from "../live/live-class.ts";
import type { PeerMedia } from "../ports.ts";
import type { Result } from "../protocol/errors.ts";
import type { LinkId, SessionId } from "../protocol/ids.ts";
import type { Person } from "../protocol/people.ts";

/** Who is on a socket, from the handshake. */
export interface Visitor {
  readonly socketId: string;
  readonly linkId: LinkId;
  readonly sessionId: SessionId;
  readonly person: Person;
}

/** One socket's way through a class: connected, entered (has a snapshot), present (counts). */
export interface Session {
  readonly visitor: Visitor;
  stage(): Stage;
  entered(live: LiveClass, entrant: Entrant, device: string): void;
  /** What was given to `entered`; null before. */
  place(): { readonly live: LiveClass; readonly entrant: Entrant; readonly device: string } | null;
  /** Presence is being written: the person is present if that goes well. */
  confirming(written: Promise<Result<unknown>>): void;
  /** Resolves when what was last given to `confirming` has come to an end. */
  settled(): Promise<void>;
  actor(): Actor;
  peer(): PeerMedia | undefined;
  /** Ends the presence; harmless where there is none. */
  leave(reason: string): void;
  /** The socket is gone: nobody enters by this session any more. */
  end(reason: string): void;
  isOver(): boolean;
}

export function createSession(visitor: Visitor): Session {
  let stage: Stage = "connected";
  let place: ReturnType<Session["place"]> = null;
  let isOver = false;
  let settled: Promise<void> = Promise.resolve();

  function actor(): Actor {
    if (!place) throw new Error("nobody acts before entering");
    const { personId, role } = visitor.person;
    return { kind: "person", personId, role, connectionId: place.entrant.connectionId };
  }

  function leave(reason: string): void {
    if (!place) return;
    const { live, entrant } = place;
    const { connectionId } = entrant;
    void live.run({ type: "presence.leave", args: { connectionId, reason } }, actor());
    live.leave(connectionId);
    place = null;
    stage = "connected";
  }

  return {
    visitor,
    stage: () => stage,
    entered(live, entrant, device) {
      place = { live, entrant, device };
      stage = "entered";
    },
    place: () => place,
    confirming(written) {
      const entry = place;
      settled = written.then(
        (result) => {
          if (result.ok && place === entry && stage === "entered") stage = "present";
        },
        // Whoever asked for it is told.
        () => undefined,
      );
    },
    settled: () => settled,
    actor,
    peer: () => place?.live.peer(place.entrant.connectionId),
    leave,
    end(reason) {
      isOver = true;
      leave(reason);
    },
    isOver: () => isOver,
  };
}
