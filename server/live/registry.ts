import type { ClassState } from "../domain/class-state.ts";
import { presentPeople } from "../domain/class-state.ts";
import type { Clock, Log, MediaServer, Recorder, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { NewId, SessionId } from "../protocol/ids.ts";
import type { ClassInfo } from "../protocol/views.ts";
import { settleRecords } from "./class-records.ts";
import { createLiveClass, type LiveClass, type LiveClassParts, type Sockets } from "./live-class.ts";
import { keepRecordings } from "./recording-records.ts";

export interface RegistryParts {
  readonly store: Store;
  readonly mediaServer: MediaServer;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly sockets: Sockets;
  readonly log: Log;
  sheetProgress: LiveClassParts["sheetProgress"];
}

export interface Registry {
  /** The class of a session, made to run if it does not yet; null for an unknown session. */
  liveClass(sessionId: SessionId): Promise<LiveClass | null>;
  /** Changes a session while its class decides nothing else. Refuses `not-found` and what `change` does. */
  change(sessionId: SessionId, change: () => Promise<Result<Session>>): Promise<Result<Session>>;
  running(): readonly LiveClass[];
  /** Stops running a class here; its records stay as they are. */
  putAway(live: LiveClass): void;
  counts(): { readonly openClasses: number; readonly presentPeople: number };
  close(): void;
}

/** The classes that run on this node, each started when it is first asked for. */
export function createRegistry(parts: RegistryParts): Registry {
  const { store, clock, newId, sockets } = parts;
  const classes = new Map<SessionId, Promise<LiveClass | null>>();
  const running = new Map<SessionId, LiveClass>();

  async function start(sessionId: SessionId): Promise<LiveClass | null> {
    const session = await store.sessions.find(sessionId);
    if (!session) return null;
    const log = parts.log.child({ sessionId });
    const settle = (state: ClassState) => settleRecords({ store, session, state, log });
    const past = await store.classes.replay(sessionId);
    const keep = (events: readonly SequencedEvent[]) => keepRecordings({ store, sessionId, events, log });
    await keep(past);
    const live = await createLiveClass({
      session,
      info: await infoOf(store, session),
      past,
      classes: store.classes,
      clock,
      newId,
      sockets,
      log,
      sheetProgress: parts.sheetProgress,
      recorder: parts.recorder,
      openMedia: (listener) => parts.mediaServer.openClass(sessionId, listener),
      onEvents(events, state) {
        if (events.some((event) => event.type.startsWith("class."))) void settle(state);
        if (events.some((event) => event.type.startsWith("recording."))) void keep(events);
      },
    });
    running.set(sessionId, live);
    await settle(live.state());
    return live;
  }

  function liveClass(sessionId: SessionId): Promise<LiveClass | null> {
    const known = classes.get(sessionId);
    if (known) return known;
    const started = start(sessionId);
    classes.set(sessionId, started);
    const forget = () => classes.delete(sessionId);
    started.then((live) => live ?? forget(), forget);
    return started;
  }

  return {
    liveClass,
    async change(sessionId, change) {
      const live = await liveClass(sessionId);
      if (!live) return refuse("not-found");
      return live.change(async () => {
        const changed = await change();
        if (!changed.ok) return changed;
        return accept({ session: changed.data, info: await infoOf(store, changed.data) });
      });
    },
    running: () => [...running.values()],
    putAway(live) {
      classes.delete(live.session.id);
      running.delete(live.session.id);
      live.close();
    },
    counts() {
      const states = [...running.values()].map((live) => live.state());
      return {
        openClasses: states.filter((state) => state.status === "open").length,
        presentPeople: states.reduce((sum, state) => sum + presentPeople(state).length, 0),
      };
    },
    close() {
      for (const live of running.values()) live.close();
      running.clear();
      classes.clear();
    },
  };
}

/** What a class is called everywhere: on the join page, in its header, in its records. */
export async function infoOf(store: Store, session: Session): Promise<ClassInfo> {
  const programme = await store.programmes.find(session.programmeId);
  if (!programme) throw new Error(`session ${session.id} has no programme`);
  const unit = programme.units.find((one) => one.code === session.unit);
  return {
    sessionId: session.id,
    title: session.title,
    unit: unit?.title ?? session.unit,
    programme: programme.title,
    timeZone: session.timeZone,
    slots: session.slots,
  };
}
