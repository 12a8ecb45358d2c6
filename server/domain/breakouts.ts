import type { CommandArgs } from "../protocol/commands.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { BreakoutRoom, ClassEvent } from "../protocol/events.ts";
import { type BreakoutRoomId, MAIN_ROOM, type NewId, type PersonId, type RoomId } from "../protocol/ids.ts";
import { isStaff } from "../protocol/people.ts";
import type { BreakoutsView } from "../protocol/views.ts";
import { type Actor, nameOfActor } from "./class-command.ts";
import {
  assignedRoom,
  type ClassState,
  connectionsOf,
  type EventOf,
  presentPeople,
  roomFor,
} from "./class-state.ts";
import { BY_RULE, shareEndedFor } from "./media-commands.ts";

type PersonActor = Extract<Actor, { kind: "person" }>;

/** BR1, BR2 */
export function decidePlan(
  state: ClassState,
  actor: Actor,
  args: CommandArgs<"breakouts.plan">,
  newId: NewId,
): Result<ClassEvent[]> {
  if (state.breakouts?.status === "open") return refuse("breakouts-open");
  const rooms = Array.from({ length: args.count }, (_, index): BreakoutRoom => {
    return { roomId: newId("rom"), title: `Ruang ${index + 1}` };
  });
  const assignment = args.assign === "even" ? evenAssignmentFrom(participantsOf(state), rooms) : {};
  return accept([{ type: "breakouts.planned", rooms, assignment, by: nameOfActor(actor) }]);
}

/** BR3: while rooms are open the person moves at once. */
export function decideAssign(
  state: ClassState,
  actor: Actor,
  { personId, roomId }: CommandArgs<"breakouts.assign">,
): Result<ClassEvent[]> {
  if (!state.breakouts) return refuse("breakouts-none");
  if (!state.people.has(personId)) return refuse("person-unknown");
  if (roomId !== null && !hasRoom(state.breakouts, roomId)) return refuse("room-unknown");
  const room = roomId ?? MAIN_ROOM;
  const isOpen = state.breakouts.status === "open";
  const isThere = !isOpen || roomFor(state, personId) === room;
  if ((assignedRoom(state, personId) ?? null) === roomId && isThere) return accept([]);
  const assigned: ClassEvent = { type: "breakouts.assigned", personId, roomId, by: nameOfActor(actor) };
  return accept([assigned, ...(isOpen ? movesOf(state, personId, room) : [])]);
}

/** BR4: everybody who is assigned goes into their room. */
export function decideOpenRooms(state: ClassState, actor: Actor): Result<ClassEvent[]> {
  if (!state.breakouts) return refuse("breakouts-none");
  if (state.breakouts.status === "open") return refuse("breakouts-open");
  const moves = presentPeople(state).flatMap((personId) => {
    return movesOf(state, personId, assignedRoom(state, personId) ?? MAIN_ROOM);
  });
  return accept([{ type: "breakouts.opened", by: nameOfActor(actor) }, ...moves]);
}

/** BR5: closing brings everybody back; the plan stays for another opening. */
export function decideCloseRooms(state: ClassState, actor: Actor): Result<ClassEvent[]> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  const moves = presentPeople(state).flatMap((personId) => movesOf(state, personId, MAIN_ROOM));
  return accept([...moves, { type: "breakouts.closed", by: nameOfActor(actor) }]);
}

export function decideDiscard(state: ClassState, actor: Actor): Result<ClassEvent[]> {
  if (!state.breakouts) return refuse("breakouts-none");
  if (state.breakouts.status === "open") return refuse("breakouts-open");
  return accept([{ type: "breakouts.discarded", by: nameOfActor(actor) }]);
}

/** BR6: staff go anywhere; a participant goes between the main room and their own. */
export function decideEnterRoom(state: ClassState, actor: PersonActor, room: RoomId): Result<ClassEvent[]> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  if (room !== MAIN_ROOM && !hasRoom(state.breakouts, room)) return refuse("room-unknown");
  const isOwn = room === MAIN_ROOM || room === assignedRoom(state, actor.personId);
  if (!isOwn && !isStaff(actor.role)) return refuse("forbidden");
  return accept(movesOf(state, actor.personId, room));
}

export function applyAssigned(
  breakouts: BreakoutsView | null,
  event: EventOf<"breakouts.assigned">,
): BreakoutsView | null {
  if (!breakouts) return null;
  const assignment = { ...breakouts.assignment };
  if (event.roomId === null) delete assignment[event.personId];
  else assignment[event.personId] = event.roomId;
  return { ...breakouts, assignment };
}

/** Deals people out in turn, so that rooms differ by one person at most. */
export function evenAssignmentFrom(
  people: readonly PersonId[],
  rooms: readonly BreakoutRoom[],
): Record<PersonId, BreakoutRoomId> {
  const assignment: Record<PersonId, BreakoutRoomId> = {};
  people.forEach((personId, index) => {
    const room = rooms[index % rooms.length];
    if (room) assignment[personId] = room.roomId;
  });
  return assignment;
}

function participantsOf(state: ClassState): readonly PersonId[] {
  return presentPeople(state).filter((personId) => state.people.get(personId)?.role === "participant");
}

function hasRoom(breakouts: BreakoutsView, roomId: RoomId): boolean {
  return breakouts.rooms.some((room) => room.roomId === roomId);
}

/** All of a person's devices move together; a share ends with the room it was for (ME5). */
function movesOf(state: ClassState, personId: PersonId, room: RoomId): ClassEvent[] {
  return connectionsOf(state, personId)
    .filter((connection) => connection.room !== room)
    .flatMap((connection) => [
      ...shareEndedFor(connection, BY_RULE),
      { type: "room.moved", connectionId: connection.connectionId, room } satisfies ClassEvent,
    ]);
}
