import type { BreakoutRoom, Placing } from "../protocol/events.ts";
import type { BreakoutRoomId, PersonId } from "../protocol/ids.ts";

/** Who is to be placed, as far as placing asks. */
export interface Placed {
  readonly personId: PersonId;
  readonly institution: string | null;
}
export type Assignment = Readonly<Partial<Record<PersonId, BreakoutRoomId>>>;

/** BR2, BR9: rooms by the plan's rule, in sizes that differ by one at most; none where people choose or are listed. */
export function assignmentFrom(
  placing: Placing,
  people: readonly Placed[],
  rooms: readonly BreakoutRoom[],
): Record<PersonId, BreakoutRoomId> {
  switch (placing.kind) {
    case "even":
      return dealt(people, rooms);
    // Neighbours of one institution go to different rooms when they are dealt out one after the other.
    case "mixed":
      return dealt(byInstitution(people), rooms);
    case "together":
      return filled(byInstitution(people), rooms);
    case "listed":
    case "chosen":
      return {};
  }
}

/** BR10: the room of somebody who comes later, by the rule of the plan; null where it places nobody. */
export function lateRoomFrom(
  placing: Placing,
  person: Placed,
  rooms: readonly BreakoutRoom[],
  assignment: Assignment,
  institutionOf: (personId: PersonId) => string | null,
): BreakoutRoomId | null {
  if (placing.kind === "listed" || placing.kind === "chosen") return null;
  const counted = rooms.map(({ roomId }) => {
    const members = (Object.keys(assignment) as PersonId[]).filter((id) => assignment[id] === roomId);
    const alike = members.filter((id) => isSame(institutionOf(id), person.institution)).length;
    return { roomId, size: members.length, alike };
  });
  const smallest = Math.min(...counted.map((room) => room.size));
  const [best] = counted.toSorted((a, b) => {
    if (placing.kind === "mixed") return a.alike - b.alike || a.size - b.size;
    // Together, but not at the price of one room that grows for ever.
    if (placing.kind === "together") {
      return rank(b, smallest) - rank(a, smallest) || a.size - b.size;
    }
    return a.size - b.size;
  });
  return best?.roomId ?? null;
}

function rank(room: { readonly size: number; readonly alike: number }, smallest: number): number {
  return room.size - smallest > 1 ? -1 : room.alike;
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && one === other;
}

function byInstitution(people: readonly Placed[]): readonly Placed[] {
  return people.toSorted((a, b) => compare(a.institution ?? "", b.institution ?? ""));
}

/** By code unit, so that every machine orders alike. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function dealt(people: readonly Placed[], rooms: readonly BreakoutRoom[]) {
  const assignment: Record<PersonId, BreakoutRoomId> = {};
  people.forEach(({ personId }, index) => {
    const room = rooms[index % rooms.length];
    if (room) assignment[personId] = room.roomId;
  });
  return assignment;
}

function filled(people: readonly Placed[], rooms: readonly BreakoutRoom[]) {
  const assignment: Record<PersonId, BreakoutRoomId> = {};
  people.forEach(({ personId }, index) => {
    const room = rooms[Math.floor((index * rooms.length) / people.length)];
    if (room) assignment[personId] = room.roomId;
  });
  return assignment;
}
