import { applyEvent } from "../domain/apply.ts";
import type { Actor, ClassCommand } from "../domain/class-command.ts";
import { type ClassState, EMPTY_CLASS, presentPeople, roomFor } from "../domain/class-state.ts";
import { closesAtFrom } from "../domain/lifecycle.ts";
import { projectEvent, snapshotFrom, type Viewer } from "../domain/projection.ts";
import { rosterFollows, rosterPagesFrom } from "../domain/roster.ts";
import type {
  ClassMedia,
  ClassMediaListener,
  ClassStore,
  Clock,
  Log,
  PeerMedia,
  Recorder,
  Session,
} from "../ports.ts";
import { isOfBreakouts } from "../protocol/breakouts-view.ts";
import { accept, type Result } from "../protocol/errors.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { ConnectionId, NewId, RoomId } from "../protocol/ids.ts";
import { isStaff, type Person } from "../protocol/people.ts";
import type { ClassInfo, ProjectedEvent, RoomOverview, ServerMessages, Snapshot } from "../protocol/views.ts";
import { createEffects } from "./effects.ts";
import { createFanout, type Fanout } from "./fanout.ts";
import { createRecordingEffects } from "./recording-effects.ts";
import { createRoomOverview } from "./room-overview.ts";
import { createRoomTimer } from "./room-timer.ts";
import { createRunner } from "./runner.ts";

/** How a class reaches its sockets. One call encodes its message once, for all the sockets named. */
export interface Sockets {
  send<Name extends keyof ServerMessages>(
    socketIds: readonly string[],
    name: Name,
    message: Parameters<ServerMessages[Name]>[0],
  ): void;
  /** Ends a socket; its own `presence.left` is in the ledger already. Who is `moved` comes back by itself. */
  end(socketId: string, reason: "replaced" | "revoked" | "cancelled" | "moved"): void;
}

export interface LiveClassParts {
  readonly session: Session;
  readonly info: ClassInfo;
  readonly past: readonly SequencedEvent[];
  readonly classes: ClassStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly sockets: Sockets;
  readonly log: Log;
  /** How far the answer sheets of the class are. */
  sheetProgress(sessionId: Session["id"]): RoomOverview["answers"];
  readonly recorder: Recorder;
  /** In which this node took the class; left out where there is no cluster. */
  readonly epoch?: number | undefined;
  openMedia(listener: ClassMediaListener): Promise<ClassMedia>;
  /** After each group of events: what else must follow (roster, policy, timers). */
  onEvents(events: readonly SequencedEvent[], state: ClassState): void;
}

export interface ChangedSession {
  readonly session: Session;
  readonly info: ClassInfo;
}

/** Somebody at the door: connected, not yet present. */
export interface Entrant {
  readonly socketId: string;
  readonly connectionId: ConnectionId;
  readonly person: Person;
}

export interface LiveClass {
  readonly session: Session;
  readonly info: ClassInfo;
  state(): ClassState;
  rtpCapabilities(): unknown;
  run(command: ClassCommand, actor: Actor): Promise<Result<readonly SequencedEvent[]>>;
  /** What the class looks like to an entrant, who gets every event from here on. */
  enter(entrant: Entrant): Snapshot;
  /** The same for somebody who comes back; null where only a snapshot will do. */
  resume(entrant: Entrant, lastSeq: number): readonly ProjectedEvent[] | null;
  leave(connectionId: ConnectionId): void;
  /**
   * Runs `change` while no command is decided. What the session has become is shown to everybody; where it was
   * cancelled, their connections end.
   */
  change(change: () => Promise<Result<ChangedSession>>): Promise<Result<Session>>;
  peer(connectionId: ConnectionId): PeerMedia | undefined;
  isIdle(): boolean;
  /** Writes that this time was reached. */
  mark(): Promise<void>;
  /** Ends the class here and sends its people to where it runs now. Nothing is written any more. */
  giveUp(): void;
  /** The same, after what is under way and, where it is open, a last mark: another node goes on from there. */
  handOver(): Promise<void>;
  /** Sends what waits for the next tick now. */
  flush(): void;
  close(): void;
}

/** A class that runs on this node: its queue, its fan-out and its media, and the way from one to the next. */
export async function createLiveClass(parts: LiveClassParts): Promise<LiveClass> {
  const { clock, sockets, log } = parts;
  let { session, info } = parts;
  const past = parts.past.reduce(applyEvent, EMPTY_CLASS);
  const entrants = new Map<ConnectionId, Entrant>();
  const fanout = createFanout({
    clock,
    seq: past.seq,
    send: (socketIds, batch) => sockets.send(socketIds, "events", batch),
    sendRoster(socketIds) {
      for (const page of rosterPagesFrom(runner.state())) sockets.send(socketIds, "roster", page);
    },
  });
  const media = await parts.openMedia({
    onSpeakers(room, connectionIds) {
      recording.heard(room, connectionIds);
      overview.heard(room, connectionIds);
      sockets.send(socketIdsIn(fanout, room), "speakers", { connectionIds });
    },
    onProducersChanged: () => recording.producersChanged(),
    onProducerClosed(connectionId, source) {
      const command = { type: "media.report", args: { connectionId, source, status: "off" } } as const;
      void runner.run(command, { kind: "server" });
    },
  });
  const effects = createEffects({
    media,
    log,
    listenerOf: (connectionId) => ({
      onSignal(signal) {
        const subscriber = fanout.subscriber(connectionId);
        if (subscriber) sockets.send([subscriber.socketId], "media", signal);
      },
    }),
  });

  const recording = createRecordingEffects({
    recorder: parts.recorder,
    media,
    sessionId: session.id,
    clock,
    epoch: parts.epoch,
    state: () => runner.state(),
    limit(isLimited) {
      void runner.run({ type: "recording.limit", args: { isLimited } }, { kind: "server" });
    },
    stop(reason) {
      void runner.run({ type: "recording.stop", args: { reason } }, { kind: "server" });
    },
  });

  const overview = createRoomOverview({
    clock,
    state: () => runner.state(),
    progress: () => parts.sheetProgress(session.id),
    send: (message) => sockets.send(staffSocketIds(fanout), "overview", message),
  });
  const roomTimer = createRoomTimer(clock, () => {
    void runner.run({ type: "breakouts.close", args: {} }, { kind: "server" });
  });

  const runner = createRunner({
    initial: past,
    clock,
    newId: parts.newId,
    plan: () => ({ closesAt: closesAtFrom(session.slots), isCancelled: session.cancellation !== null }),
    log,
    append: (events) => parts.classes.append(session.id, events),
    onEvents(events, state) {
      effects.follow(events, state);
      recording.follow(events, state);
      roomTimer.follow(state);
      overview.follow(state);
      fanout.publish(events);
      for (const event of events) followConnection(event);
      parts.onEvents(events, state);
    },
  });

  roomTimer.follow(past);
  overview.follow(past);
  recording.takeUp();

  function followConnection(event: SequencedEvent): void {
    if (event.type === "room.moved") showRoom(event.connectionId, event.room);
    // Rooms may have opened between the snapshot and its confirmation.
    if (event.type === "presence.joined") {
      const shown = fanout.subscriber(event.connectionId)?.audience.room;
      if (shown !== undefined && shown !== event.room) showRoom(event.connectionId, event.room);
    }
    if (event.type !== "presence.left" || event.reason !== "replaced") return;
    const entrant = entrants.get(event.connectionId);
    forget(event.connectionId);
    if (entrant) sockets.end(entrant.socketId, "replaced");
  }

  /** A new room is a new view of the class: its chat, its people's media. */
  function showRoom(connectionId: ConnectionId, room: RoomId): void {
    const entrant = entrants.get(connectionId);
    if (!entrant) return;
    // A large class's snapshot leaves to the client whom it knows: so far it must know everything.
    if (rosterFollows(runner.state())) fanout.flush();
    fanout.setAudience(connectionId, { isStaff: isStaff(entrant.person.role), room });
    sockets.send([entrant.socketId], "snapshot", snapshotOf(entrant, room));
  }

  function viewerOf({ person, connectionId }: Entrant, room: RoomId): Viewer {
    const { personId, name, role } = person;
    return { personId, connectionId, name, role, room, isStaff: isStaff(role) };
  }

  function snapshotOf(entrant: Entrant, room: RoomId): Snapshot {
    return snapshotFrom(runner.state(), viewerOf(entrant, room), info, clock.now());
  }

  function admit(entrant: Entrant): RoomId {
    const room = roomFor(runner.state(), entrant.person.personId);
    const audience = { isStaff: isStaff(entrant.person.role), room };
    entrants.set(entrant.connectionId, entrant);
    fanout.subscribe({ socketId: entrant.socketId, connectionId: entrant.connectionId, audience });
    if (rosterFollows(runner.state())) fanout.oweRoster(entrant.connectionId);
    return room;
  }

  function forget(connectionId: ConnectionId): void {
    entrants.delete(connectionId);
    fanout.unsubscribe(connectionId);
  }

  function show(changed: ChangedSession): void {
    ({ session, info } = changed);
    const socketIds = [...entrants.values()].map(({ socketId }) => socketId);
    if (session.cancellation === null) sockets.send(socketIds, "info", info);
    else for (const socketId of socketIds) sockets.end(socketId, "cancelled");
  }

  async function mark(): Promise<void> {
    await parts.classes.appendEvidence(session.id, [{ type: "presence.mark", at: clock.now() }]);
  }

  function close(): void {
    runner.stop();
    roomTimer.close();
    overview.close();
    fanout.close();
    recording.close();
    effects.close();
    media.close();
  }

  function giveUp(): void {
    const socketIds = [...entrants.values()].map(({ socketId }) => socketId);
    close();
    for (const socketId of socketIds) sockets.end(socketId, "moved");
  }

  return {
    get session() {
      return session;
    },
    get info() {
      return info;
    },
    state: runner.state,
    rtpCapabilities: () => media.rtpCapabilities(),
    run: runner.run,
    enter: (entrant) => snapshotOf(entrant, admit(entrant)),
    resume(entrant, lastSeq) {
      const missed = fanout.since(lastSeq);
      if (missed === null || missed.some(changesRooms)) return null;
      const room = admit(entrant);
      const audience = { isStaff: isStaff(entrant.person.role), room };
      return missed.flatMap((event) => projectEvent(event, audience) ?? []);
    },
    leave: forget,
    change: (change) =>
      runner.inTurn(async () => {
        const changed = await change();
        if (!changed.ok) return changed;
        show(changed.data);
        return accept(changed.data.session);
      }),
    peer: effects.peer,
    isIdle: () => entrants.size === 0 && presentPeople(runner.state()).length === 0,
    mark,
    giveUp,
    async handOver() {
      await runner.inTurn(async () => {
        runner.stop();
        if (runner.state().status === "open") await mark();
      });
      giveUp();
    },
    flush: fanout.flush,
    close,
  };
}

function staffSocketIds(fanout: Fanout): readonly string[] {
  return [...fanout.subscribers()].filter((one) => one.audience.isStaff).map((one) => one.socketId);
}

/** What was visible before such an event cannot be told from its sequence number alone. */
function changesRooms(event: SequencedEvent): boolean {
  return event.type === "room.moved" || isOfBreakouts(event);
}

function socketIdsIn(fanout: Fanout, room: RoomId): readonly string[] {
  return [...fanout.subscribers()].filter((one) => one.audience.room === room).map((one) => one.socketId);
}
