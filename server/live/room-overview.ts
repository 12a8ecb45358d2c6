import { type ClassState, connectionsOf } from "../domain/class-state.ts";
import type { Clock } from "../ports.ts";
import type { ConnectionId, PersonId, RoomId } from "../protocol/ids.ts";
import type { RoomOverview } from "../protocol/views.ts";

/** How often staff are told. */
const TOLD_EVERY_MS = 2_000;

export interface RoomOverviewParts {
  readonly clock: Clock;
  state(): ClassState;
  /** How far the answer sheets are. */
  progress(): RoomOverview["answers"];
  /** To the staff of the class. */
  send(overview: RoomOverview): void;
}

export interface RoomOverviewTeller {
  /** Who speaks in a room now, as the media server hears it. */
  heard(room: RoomId, connectionIds: readonly ConnectionId[]): void;
  /** To be called with every new state. */
  follow(state: ClassState): void;
  close(): void;
}

/**
 * Tells staff, while breakout rooms are open, who speaks in which and for how long everybody has spoken since the
 * opening: so that who has not is seen. Kept in memory alone; a restart counts anew.
 */
export function createRoomOverview({ clock, state, progress, send }: RoomOverviewParts): RoomOverviewTeller {
  const speaking = new Map<RoomId, { readonly people: readonly PersonId[]; readonly since: number }>();
  const spokenMs = new Map<PersonId, number>();
  let cancel: (() => void) | null = null;

  function settle(room: RoomId): void {
    const before = speaking.get(room);
    if (!before) return;
    const now = clock.now();
    for (const personId of before.people) {
      spokenMs.set(personId, (spokenMs.get(personId) ?? 0) + now - before.since);
    }
    speaking.set(room, { people: before.people, since: now });
  }

  function tell(): void {
    cancel = clock.after(TOLD_EVERY_MS, tell);
    for (const room of speaking.keys()) settle(room);
    send({
      speaking: Object.fromEntries([...speaking].map(([room, { people }]) => [room, people])),
      spokenMs: Object.fromEntries(spokenMs),
      answers: progress(),
    });
  }

  function stop(): void {
    cancel?.();
    cancel = null;
    speaking.clear();
    spokenMs.clear();
  }

  return {
    heard(room, connectionIds) {
      if (!cancel) return;
      settle(room);
      const heardPeople = connectionIds.flatMap((id) => state().connections.get(id)?.personId ?? []);
      if (heardPeople.length === 0) speaking.delete(room);
      else speaking.set(room, { people: [...new Set(heardPeople)], since: clock.now() });
    },
    follow(now) {
      const isOpen = now.breakouts?.status === "open";
      if (isOpen && !cancel) cancel = clock.after(TOLD_EVERY_MS, tell);
      if (!isOpen && cancel) stop();
      for (const [room, { people }] of speaking) {
        const there = people.filter((id) => connectionsOf(now, id).some((one) => one.room === room));
        if (there.length === people.length) continue;
        settle(room);
        speaking.set(room, { people: there, since: clock.now() });
      }
    },
    close: stop,
  };
}
