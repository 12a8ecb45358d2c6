import type { BreakoutRoomId, PersonId, RoomId } from "../../../server/protocol/ids.ts";
import { isStaff, type Person } from "../../../server/protocol/people.ts";
import type { BreakoutsView } from "../../../server/protocol/views.ts";
import type { Attendee } from "../attendees.ts";
import type { ClassView } from "../class-view.ts";

export interface RoomMember {
  readonly person: Person;
  /** Null while the person is not in the class. */
  readonly at: RoomId | null;
}

export interface RoomBox {
  /** Null: those without a room. */
  readonly roomId: BreakoutRoomId | null;
  readonly title: string | null;
  readonly members: readonly RoomMember[];
}

/** Whoever is assigned to a room, present or not. */
export function membersOf(breakouts: BreakoutsView, roomId: BreakoutRoomId): readonly PersonId[] {
  return (Object.keys(breakouts.assignment) as PersonId[]).filter(
    (id) => breakouts.assignment[id] === roomId,
  );
}

/**
 * The plan as boxes of people: those without a room first (present participants only), then each room with whoever
 * is assigned to it, present or not. Staff who are in a room at the moment are shown in it.
 */
export function roomsFrom(
  breakouts: BreakoutsView,
  people: ClassView["people"],
  attendees: readonly Attendee[],
): readonly RoomBox[] {
  const places = new Map<PersonId, RoomId>(attendees.map(({ person, room }) => [person.personId, room]));
  const boxOf = ({ personId, role }: Person): RoomId | undefined =>
    isStaff(role) ? places.get(personId) : breakouts.assignment[personId];
  const everybody = [...people.values()];
  const peopleWho = (isMember: (person: Person) => boolean): readonly RoomMember[] =>
    everybody.filter(isMember).map((person) => ({ person, at: places.get(person.personId) ?? null }));
  const unassigned = peopleWho(
    (person) => !isStaff(person.role) && boxOf(person) === undefined && places.has(person.personId),
  );
  return [
    { roomId: null, title: null, members: unassigned },
    ...breakouts.rooms.map(({ roomId, title }) => ({
      roomId,
      title,
      members: peopleWho((person) => boxOf(person) === roomId),
    })),
  ];
}
