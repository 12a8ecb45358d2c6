import type { ClassState } from "../domain/class-state.ts";
import { presentPeople } from "../domain/class-state.ts";
import type { ClassHome, ClassHomes, Clock, Log, MediaServer, Recorder, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { NewId, SessionId } from "../protocol/ids.ts";
import type { ClassInfo } from "../protocol/views.ts";
import { settleRecords } from "./class-records.ts";
import { fencedClasses } from "./fenced-classes.ts";
import { createLiveClass, type LiveClass, type LiveClassParts, type Sockets } from "./live-class.ts";
import { keepRecordings } from "./recording-records.ts";
import { takeUp } from "./recovery.ts";

export interface RegistryParts {
  readonly store: Store;
  readonly mediaServer: MediaServer;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly sockets: Sockets;
  readonly log: Log;
  /** Left out where one server alone runs all classes. */
  readonly homes?: ClassHomes;
  sheetProgress: LiveClassParts["sheetProgress"];
  /** A class runs here no more. */
  onGone?(sessionId: SessionId): void;
}

export interface Registry {
  /**
   * The class of a session, made to run here if it does not yet. Refuses `not-found`, and in a cluster what
   * `ClassHomes.take` does.
   */
  taken(sessionId: SessionId): Promise<Result<LiveClass>>;
  /** The same, with null for what was refused. */
  liveClass(sessionId: SessionId): Promise<LiveClass | null>;
  /** Changes a session while its class decides nothing else. Refuses `not-found` and what `change` does. */
  change(sessionId: SessionId, change: () => Promise<Result<Session>>): Promise<Result<Session>>;
  running(): readonly LiveClass[];
  /** Stops running a class here; its records stay as they are. */
  putAway(live: LiveClass): void;
  /** Another node has the class: ends it here, writing nothing. */
  giveUp(sessionId: SessionId): void;
  /** Ends it here so that another node can go on; resolves when one may take it. */
  handOver(live: LiveClass): Promise<void>;
  counts(): { readonly openClasses: number; readonly presentPeople: number };
  close(): void;
}

const ALONE: ClassHome = { epoch: undefined, isInterrupted: false, leave: async () => undefined };

/** The classes that run on this node, each started when it is first asked for. */
export function createRegistry(parts: RegistryParts): Registry {
  const { store, clock, newId, sockets } = parts;
  const classes = new Map<SessionId, Promise<Result<LiveClass>>>();
  const running = new Map<SessionId, { readonly live: LiveClass; readonly home: ClassHome }>();

  async function start(sessionId: SessionId): Promise<Result<LiveClass>> {
    const session = await store.sessions.find(sessionId);
    if (!session) return refuse("not-found");
    const taken = parts.homes ? await parts.homes.take(sessionId) : accept(ALONE);
    if (!taken.ok) return taken;
    try {
      return accept(await startAt(taken.data, session));
    } catch (fault) {
      drop(sessionId)?.live.giveUp();
      await taken.data.leave();
      throw fault;
    }
  }

  async function startAt(home: ClassHome, session: Session): Promise<LiveClass> {
    const sessionId = session.id;
    const log = parts.log.child({ sessionId });
    const settle = (state: ClassState) => settleRecords({ store, session, state, log });
    const past = await store.classes.replay(sessionId);
    const keep = (events: readonly SequencedEvent[]) => keepRecordings({ store, sessionId, events, log });
    await keep(past);
    const live = await createLiveClass({
      session,
      info: await infoOf(store, session),
      past,
      classes: fencedClasses(store.classes, home, () => giveUp(sessionId)),
      clock,
      newId,
      sockets,
      log,
      sheetProgress: parts.sheetProgress,
      recorder: parts.recorder,
      epoch: home.epoch,
      openMedia: (listener) => parts.mediaServer.openClass(sessionId, listener),
      onEvents(events, state) {
        if (events.some((event) => event.type.startsWith("class."))) void settle(state);
        if (events.some((event) => event.type.startsWith("recording."))) void keep(events);
      },
    });
    running.set(sessionId, { live, home });
    await settle(live.state());
    const { status, connections } = live.state();
    const isCutOff = connections.size > 0 || (home.isInterrupted && status === "open");
    if (home.epoch !== undefined && isCutOff) await takeUp({ live, classes: store.classes, clock, log });
    return live;
  }

  function taken(sessionId: SessionId): Promise<Result<LiveClass>> {
    const known = classes.get(sessionId);
    if (known) return known;
    const started = start(sessionId);
    classes.set(sessionId, started);
    const forget = () => {
      if (classes.get(sessionId) === started) classes.delete(sessionId);
    };
    started.then((result) => result.ok || forget(), forget);
    return started;
  }

  async function liveClass(sessionId: SessionId): Promise<LiveClass | null> {
    const result = await taken(sessionId);
    return result.ok ? result.data : null;
  }

  /** Forgets a class; what is done with it is the caller's. */
  function drop(sessionId: SessionId) {
    const known = running.get(sessionId);
    classes.delete(sessionId);
    running.delete(sessionId);
    if (known) parts.onGone?.(sessionId);
    return known;
  }

  function giveUp(sessionId: SessionId): void {
    const known = drop(sessionId);
    if (!known) return;
    parts.log.warn({ sessionId }, "another node has taken a class: it is given up here");
    known.live.giveUp();
    leave(known.home);
  }

  function leave(home: ClassHome): void {
    home.leave().catch((err: unknown) => parts.log.error({ err }, "a class could not be given back"));
  }

  return {
    taken,
    liveClass,
    async change(sessionId, change) {
      const live = await taken(sessionId);
      if (!live.ok) return live;
      return live.data.change(async () => {
        const changed = await change();
        if (!changed.ok) return changed;
        return accept({ session: changed.data, info: await infoOf(store, changed.data) });
      });
    },
    running: () => [...running.values()].map(({ live }) => live),
    putAway(live) {
      const known = drop(live.session.id);
      live.close();
      if (known) leave(known.home);
    },
    giveUp,
    async handOver(live) {
      await live.handOver();
      const known = drop(live.session.id);
      await known?.home.leave(true);
    },
    counts() {
      const states = [...running.values()].map(({ live }) => live.state());
      return {
        openClasses: states.filter((state) => state.status === "open").length,
        presentPeople: states.reduce((sum, state) => sum + presentPeople(state).length, 0),
      };
    },
    close() {
      for (const { live } of running.values()) live.close();
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
