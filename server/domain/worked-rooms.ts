import { breakoutsAfter, isOfBreakouts } from "../protocol/breakouts-view.ts";
import type { BreakoutCase, SequencedEvent } from "../protocol/events.ts";
import {
  type BreakoutRoomId,
  type ConnectionId,
  type EnrolmentId,
  enrolmentIdSchema,
  type PersonId,
} from "../protocol/ids.ts";
import type { BreakoutsView } from "../protocol/views.ts";

/** A breakout room that was open, as it was when it closed last. */
export interface WorkedRoom {
  readonly roomId: BreakoutRoomId;
  readonly title: string;
  readonly case: BreakoutCase | null;
  /** Participants who were in it while it was open, in the order in which they first came. */
  readonly members: readonly EnrolmentId[];
  readonly roles: Readonly<Partial<Record<string, PersonId>>>;
}

/**
 * CW1: the rooms of a session from its events, in the order of their plans. Who belongs to a room is whoever was
 * in it, not whoever was meant to be.
 */
export function workedRoomsFrom(events: readonly SequencedEvent[]): readonly WorkedRoom[] {
  const rooms = new Map<BreakoutRoomId, WorkedRoom>();
  const people = new Map<ConnectionId, EnrolmentId>();
  let breakouts: BreakoutsView | null = null;

  const enter = (roomId: string, connectionId: ConnectionId) => {
    const room = rooms.get(roomId as BreakoutRoomId);
    const who = people.get(connectionId);
    if (!room || !who || room.members.includes(who)) return;
    rooms.set(room.roomId, { ...room, members: [...room.members, who] });
  };

  for (const event of events) {
    if (event.type === "presence.joined") {
      const who = enrolmentIdSchema.safeParse(event.enrolmentId).data;
      if (who) people.set(event.connectionId, who);
      enter(event.room, event.connectionId);
    }
    if (event.type === "room.moved") enter(event.room, event.connectionId);
    if (!isOfBreakouts(event)) continue;
    breakouts = breakoutsAfter(breakouts, event, event.at);
    if (event.type === "breakouts.opened" && breakouts) open(rooms, breakouts);
    if (breakouts) keepRoles(rooms, breakouts);
  }
  return [...rooms.values()];
}

function open(rooms: Map<BreakoutRoomId, WorkedRoom>, breakouts: BreakoutsView): void {
  for (const { roomId, title } of breakouts.rooms) {
    if (!rooms.has(roomId))
      rooms.set(roomId, { roomId, title, case: breakouts.case, members: [], roles: {} });
  }
}

function keepRoles(rooms: Map<BreakoutRoomId, WorkedRoom>, breakouts: BreakoutsView): void {
  for (const { roomId } of breakouts.rooms) {
    const room = rooms.get(roomId);
    const roles = breakouts.roles[roomId];
    if (room && roles) rooms.set(roomId, { ...room, roles });
  }
}

/** CW2: the groups of the plan that was open last, with whoever is enrolled; none where none was open. */
export function lastGroupsFrom(
  events: readonly SequencedEvent[],
): readonly { readonly title: string; readonly enrolmentIds: readonly EnrolmentId[] }[] {
  const planned = events.findLastIndex((event) => event.type === "breakouts.opened");
  if (planned < 0) return [];
  let breakouts: BreakoutsView | null = null;
  let last: BreakoutsView | null = null;
  for (const event of events) {
    if (!isOfBreakouts(event)) continue;
    breakouts = breakoutsAfter(breakouts, event, event.at);
    if (breakouts?.status === "open") last = breakouts;
  }
  const { rooms, assignment } = last ?? { rooms: [], assignment: {} };
  return rooms.map(({ roomId, title }) => ({
    title,
    enrolmentIds: Object.entries(assignment).flatMap(([personId, assigned]) => {
      const enrolmentId = enrolmentIdSchema.safeParse(personId).data;
      return enrolmentId && assigned === roomId ? [enrolmentId] : [];
    }),
  }));
}
