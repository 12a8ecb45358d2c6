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
  const membersOf = (isMember: (person: Person) => boolean): readonly RoomMember[] =>
    everybody.filter(isMember).map((person) => ({ person, at: places.get(person.personId) ?? null }));
  const unassigned = membersOf(
    (person) => !isStaff(person.role) && boxOf(person) === undefined && places.has(person.personId),
  );
  return [
    { roomId: null, title: null, members: unassigned },
    ...breakouts.rooms.map(({ roomId, title }) => ({
      roomId,
      title,
      members: membersOf((person) => boxOf(person) === roomId),
    })),
  ];
}
