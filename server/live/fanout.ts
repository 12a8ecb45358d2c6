import { type Audience, audienceKey, projectEvent } from "../domain/projection.ts";
import type { Clock } from "../ports.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import type { ConnectionId } from "../protocol/ids.ts";
import type { ProjectedEvent } from "../protocol/views.ts";

/** How many events a class keeps for those who come back. */
const KEPT_EVENTS = 2000;
/** Events of this long a while travel together. */
const TICK_MS = 25;
/**
 * Who comes and goes is told to everybody: with N people at a rate of N, each of them would be sent N messages. Such
 * events wait a millisecond for each subscriber, at most a second, unless something that hurries takes them along.
 */
const PATIENCE_MS_PER_SUBSCRIBER = 1;
const MOST_PATIENCE_MS = 1_000;
const PATIENT: ReadonlySet<SequencedEvent["type"]> = new Set([
  "presence.joined",
  "presence.left",
  "person.admitted",
]);

export interface EventBatch {
  readonly toSeq: number;
  readonly events: readonly ProjectedEvent[];
}

export interface Subscriber {
  readonly socketId: string;
  readonly connectionId: ConnectionId;
  readonly audience: Audience;
}

export interface FanoutParts {
  readonly clock: Clock;
  /** The newest sequence number at start. */
  readonly seq: number;
  /** Sends one batch to many sockets, encoding it once. */
  send(socketIds: readonly string[], batch: EventBatch): void;
  /** Sends everybody's names to these sockets, which have all events up to now. */
  sendRoster(socketIds: readonly string[]): void;
}

export interface Fanout {
  subscribe(subscriber: Subscriber): void;
  unsubscribe(connectionId: ConnectionId): void;
  /** Moves a subscriber into another audience; what follows is projected for that one. */
  setAudience(connectionId: ConnectionId, audience: Audience): void;
  subscriber(connectionId: ConnectionId): Subscriber | undefined;
  subscribers(): Iterable<Subscriber>;
  publish(events: readonly SequencedEvent[]): void;
  /** Who was shown a part of a large class is sent the rest with the next tick, together with others who wait. */
  oweRoster(connectionId: ConnectionId): void;
  /** Sends what is waiting now; a tick does it by itself. */
  flush(): void;
  /** What a client missed after `lastSeq`; null when too much was missed, or it never was there. */
  since(lastSeq: number): readonly SequencedEvent[] | null;
  close(): void;
}

/**
 * Sends a class's events to its audiences, all events of a tick in one batch: a storm of N joins costs N
 * messages a tick, not N² in all, and ticks of nothing but joins are longer the larger the class.
 */
export function createFanout({ clock, seq, send, sendRoster }: FanoutParts): Fanout {
  const subscribers = new Map<ConnectionId, Subscriber>();
  const owed = new Set<ConnectionId>();
  let kept: SequencedEvent[] = [];
  let pending: SequencedEvent[] = [];
  let newestSeq = seq;
  let cancelTick: (() => void) | null = null;
  let dueAt = Number.POSITIVE_INFINITY;

  function flushWithin(ms: number): void {
    const at = clock.now() + ms;
    if (at >= dueAt) return;
    cancelTick?.();
    dueAt = at;
    cancelTick = clock.after(ms, flush);
  }

  function patienceMs(): number {
    return Math.min(MOST_PATIENCE_MS, Math.max(TICK_MS, PATIENCE_MS_PER_SUBSCRIBER * subscribers.size));
  }

  function flush(): void {
    cancelTick?.();
    cancelTick = null;
    dueAt = Number.POSITIVE_INFINITY;
    const events = pending;
    pending = [];
    if (events.length > 0) sendEvents(events);
    const socketIds = [...owed].flatMap((connectionId) => subscribers.get(connectionId)?.socketId ?? []);
    owed.clear();
    if (socketIds.length > 0) sendRoster(socketIds);
  }

  function sendEvents(events: readonly SequencedEvent[]): void {
    for (const { audience, socketIds } of groupsOf(subscribers.values())) {
      const projected = events.flatMap((event) => projectEvent(event, audience) ?? []);
      send(socketIds, { toSeq: newestSeq, events: projected });
    }
  }

  return {
    subscribe: (subscriber) => subscribers.set(subscriber.connectionId, subscriber),
    unsubscribe: (connectionId) => subscribers.delete(connectionId),
    setAudience(connectionId, audience) {
      const subscriber = subscribers.get(connectionId);
      if (subscriber) subscribers.set(connectionId, { ...subscriber, audience });
    },
    subscriber: (connectionId) => subscribers.get(connectionId),
    subscribers: () => subscribers.values(),
    publish(events) {
      pending.push(...events);
      kept.push(...events);
      if (kept.length > 2 * KEPT_EVENTS) kept = kept.slice(-KEPT_EVENTS);
      newestSeq = events.at(-1)?.seq ?? newestSeq;
      flushWithin(events.every(({ type }) => PATIENT.has(type)) ? patienceMs() : TICK_MS);
    },
    oweRoster(connectionId) {
      owed.add(connectionId);
      flushWithin(patienceMs());
    },
    flush,
    since(lastSeq) {
      if (lastSeq > newestSeq) return null;
      if (lastSeq === newestSeq) return [];
      const oldest = kept[0]?.seq;
      if (oldest === undefined || lastSeq < oldest - 1) return null;
      return kept.filter((event) => event.seq > lastSeq);
    },
    close() {
      cancelTick?.();
      cancelTick = null;
      subscribers.clear();
    },
  };
}

function groupsOf(subscribers: Iterable<Subscriber>) {
  const groups = new Map<string, { audience: Audience; socketIds: string[] }>();
  for (const { audience, socketId } of subscribers) {
    const key = audienceKey(audience);
    const group = groups.get(key) ?? { audience, socketIds: [] };
    group.socketIds.push(socketId);
    groups.set(key, group);
  }
  return groups.values();
}
