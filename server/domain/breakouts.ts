import type { CommandArgs } from "../protocol/commands.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { BreakoutRoom, ClassEvent, Placing } from "../protocol/events.ts";
import { type BreakoutRoomId, MAIN_ROOM, type NewId, type PersonId, type RoomId } from "../protocol/ids.ts";
import { isStaff } from "../protocol/people.ts";
import type { BreakoutsView } from "../protocol/views.ts";
import { type Actor, type BreakoutPlan, nameOfActor } from "./class-command.ts";
import { assignedRoom, type ClassState, connectionsOf, presentPeople, roomFor } from "./class-state.ts";
import { BY_RULE, shareEndedFor } from "./media-commands.ts";
import { assignmentFrom, lateRoomFrom, type Placed } from "./placing.ts";

type PersonActor = Extract<Actor, { kind: "person" }>;
const MINUTE_MS = 60_000;

/** BR1, BR2, BR9; BR11: of a saved plan the groups stand as listed. */
export function decidePlan(
  state: ClassState,
  actor: Actor,
  plan: BreakoutPlan,
  newId: NewId,
): Result<ClassEvent[]> {
  if (state.breakouts?.status === "open") return refuse("breakouts-open");
  const titles = plan.groups?.map((group) => group.title) ?? numberedTitles(plan.count);
  const rooms = titles.map(
    (title, index): BreakoutRoom => ({ roomId: plan.roomIds?.[index] ?? newId("rom"), title }),
  );
  const placing = placingFrom(plan);
  const assignment = plan.groups
    ? listedAssignmentFrom(plan.groups, rooms)
    : assignmentFrom(placing, participantsOf(state), rooms);
  const { case: work = null, slides = null, minutes = null } = plan;
  const by = nameOfActor(actor);
  return accept([{ type: "breakouts.planned", rooms, assignment, placing, case: work, slides, minutes, by }]);
}

/** BR3: while rooms are open the person moves at once. BR12: not if somebody else was quicker. */
export function decideAssign(
  state: ClassState,
  actor: Actor,
  { personId, roomId, from }: CommandArgs<"breakouts.assign">,
): Result<ClassEvent[]> {
  if (!state.breakouts) return refuse("breakouts-none");
  if (!state.people.has(personId)) return refuse("person-unknown");
  if (roomId !== null && !hasRoom(state.breakouts, roomId)) return refuse("room-unknown");
  const before = assignedRoom(state, personId) ?? null;
  const room = roomId ?? MAIN_ROOM;
  const isOpen = state.breakouts.status === "open";
  const isThere = !isOpen || roomFor(state, personId) === room;
  if (before === roomId && isThere) return accept([]);
  if (from !== undefined && from !== before) return refuse("moved-meanwhile");
  return accept(assignmentOf(state, personId, roomId, nameOfActor(actor)));
}

/** BR13: where the plan lets people choose, they do, until a room is full. */
export function decideChoose(
  state: ClassState,
  actor: PersonActor,
  { roomId }: CommandArgs<"room.choose">,
): Result<ClassEvent[]> {
  const { breakouts } = state;
  if (!breakouts) return refuse("breakouts-none");
  if (breakouts.placing.kind !== "chosen") return refuse("room-not-chosen");
  if (!hasRoom(breakouts, roomId)) return refuse("room-unknown");
  if (isStaff(actor.role)) return refuse("forbidden");
  if (assignedRoom(state, actor.personId) === roomId) return accept([]);
  const members = Object.values(breakouts.assignment).filter((one) => one === roomId).length;
  if (members >= breakouts.placing.limit) return refuse("room-full");
  return accept(assignmentOf(state, actor.personId, roomId, actor.personId));
}

/** BR4: everybody who is assigned goes into their room. BR10: who is not is placed by the plan's rule. */
export function decideOpenRooms(
  state: ClassState,
  actor: Actor,
  args: CommandArgs<"breakouts.open">,
  now: number,
): Result<ClassEvent[]> {
  const { breakouts } = state;
  if (!breakouts) return refuse("breakouts-none");
  if (breakouts.status === "open") return refuse("breakouts-open");
  const by = nameOfActor(actor);
  const minutes = args.minutes ?? breakouts.minutes;
  const endsAt = minutes === null ? null : now + minutes * MINUTE_MS;
  const placed = placedAtOpening(state, breakouts);
  const moves = presentPeople(state).flatMap((personId) => {
    const room = assignedRoom(state, personId) ?? placed.get(personId) ?? MAIN_ROOM;
    return movesOf(state, personId, room);
  });
  return accept([
    ...[...placed].map(([personId, roomId]) => assignedEvent(personId, roomId, BY_RULE)),
    { type: "breakouts.opened", endsAt, by },
    ...slidesOf(state, breakouts),
    ...moves,
  ]);
}

/** BR14 */
export function decideExtend(
  state: ClassState,
  actor: Actor,
  { minutes }: CommandArgs<"breakouts.extend">,
  now: number,
): Result<ClassEvent[]> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  const from = Math.max(state.breakouts.endsAt ?? now, now);
  return accept([{ type: "breakouts.extended", endsAt: from + minutes * MINUTE_MS, by: nameOfActor(actor) }]);
}

/** BR15: one room comes back, with those of it who are away for the moment; the others work on. */
export function decideRecall(
  state: ClassState,
  actor: Actor,
  { roomId }: CommandArgs<"breakouts.recall">,
): Result<ClassEvent[]> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  if (!hasRoom(state.breakouts, roomId)) return refuse("room-unknown");
  const there = presentPeople(state).filter((personId) => roomFor(state, personId) === roomId);
  const moves = there.flatMap((personId) => movesOf(state, personId, MAIN_ROOM));
  return accept([{ type: "breakouts.recalled", roomId, by: nameOfActor(actor) }, ...moves]);
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

/**
 * BR6: staff go anywhere; a participant goes between the main room and their own. BR16: staff who come to a
 * room that asked for help have answered it.
 */
export function decideEnterRoom(state: ClassState, actor: PersonActor, room: RoomId): Result<ClassEvent[]> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  if (room !== MAIN_ROOM && !hasRoom(state.breakouts, room)) return refuse("room-unknown");
  const isOwn = room === MAIN_ROOM || room === assignedRoom(state, actor.personId);
  if (!isOwn && !isStaff(actor.role)) return refuse("forbidden");
  const asked = state.breakouts.help.filter((one) => one.roomId === room && isStaff(actor.role));
  const ended = asked.map(({ roomId }): ClassEvent => ({ type: "help.ended", roomId, by: actor.personId }));
  return accept([...movesOf(state, actor.personId, room), ...ended]);
}

/** BR10: what is to be written before somebody joins who has no room yet; their room is in the last event. */
export function latePlacing(state: ClassState, person: Placed & { readonly role: string }): ClassEvent[] {
  const { breakouts } = state;
  const { personId } = person;
  if (breakouts?.status !== "open" || person.role !== "participant") return [];
  if (state.places.has(personId) || assignedRoom(state, personId)) return [];
  if (breakouts.unplaced.includes(personId)) return [];
  const roomId = lateRoom(state, breakouts, person, breakouts.assignment);
  return roomId === null ? [] : [assignedEvent(personId, roomId, BY_RULE)];
}

function placedAtOpening(state: ClassState, breakouts: BreakoutsView): Map<PersonId, BreakoutRoomId> {
  const placed = new Map<PersonId, BreakoutRoomId>();
  for (const person of participantsOf(state)) {
    if (assignedRoom(state, person.personId) || breakouts.unplaced.includes(person.personId)) continue;
    const assignment = { ...breakouts.assignment, ...Object.fromEntries(placed) };
    const roomId = lateRoom(state, breakouts, person, assignment);
    if (roomId) placed.set(person.personId, roomId);
  }
  return placed;
}

function lateRoom(
  state: ClassState,
  { placing, rooms }: BreakoutsView,
  person: Placed,
  assignment: BreakoutsView["assignment"],
): BreakoutRoomId | null {
  return lateRoomFrom(placing, person, rooms, assignment, (id) => state.people.get(id)?.institution ?? null);
}

/** BR17: the slides that go along are on the stage of every room that shows nothing yet. */
function slidesOf(state: ClassState, { rooms, slides }: BreakoutsView): ClassEvent[] {
  if (!slides) return [];
  return rooms
    .filter(({ roomId }) => !state.stages.has(roomId))
    .map(({ roomId }) => ({ type: "deck.shown", ...slides, room: roomId, by: BY_RULE }));
}

function placingFrom({ assign, limit }: BreakoutPlan): Placing {
  if (assign === "empty") return { kind: "listed" };
  return assign === "chosen" ? { kind: assign, limit: limit ?? 1 } : { kind: assign };
}

function listedAssignmentFrom(
  groups: NonNullable<BreakoutPlan["groups"]>,
  rooms: readonly BreakoutRoom[],
): Record<PersonId, BreakoutRoomId> {
  const entries = groups.flatMap((group, index) => {
    const room = rooms[index];
    return room ? group.personIds.map((personId) => [personId, room.roomId] as const) : [];
  });
  return Object.fromEntries(entries);
}

function numberedTitles(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `Ruang ${index + 1}`);
}

function participantsOf(state: ClassState): readonly Placed[] {
  return presentPeople(state).flatMap((personId) => {
    const person = state.people.get(personId);
    return person?.role === "participant" ? [person] : [];
  });
}

function hasRoom(breakouts: BreakoutsView, roomId: RoomId): boolean {
  return breakouts.rooms.some((room) => room.roomId === roomId);
}

function assignedEvent(personId: PersonId, roomId: BreakoutRoomId | null, by: string): ClassEvent {
  return { type: "breakouts.assigned", personId, roomId, by };
}

function assignmentOf(
  state: ClassState,
  personId: PersonId,
  roomId: BreakoutRoomId | null,
  by: string,
): ClassEvent[] {
  const isOpen = state.breakouts?.status === "open";
  const moves = isOpen ? movesOf(state, personId, roomId ?? MAIN_ROOM) : [];
  return [assignedEvent(personId, roomId, by), ...moves];
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
