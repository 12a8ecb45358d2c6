import type { ConnectionId, PersonId, RoomId } from "../../server/protocol/ids.ts";
import type { MediaSource } from "../../server/protocol/media.ts";
import { isStaff, type Person } from "../../server/protocol/people.ts";
import type { ConnectionView, HandView } from "../../server/protocol/views.ts";
import type { ClassView } from "./class-view.ts";

/** One person who is present, over all their connections. */
export interface Attendee {
  readonly person: Person;
  readonly isYou: boolean;
  readonly room: RoomId;
  readonly connectionIds: readonly ConnectionId[];
  readonly isMicrophoneLive: boolean;
  /** The connection whose camera flows; null without one. */
  readonly cameraFrom: ConnectionId | null;
  readonly screenFrom: ConnectionId | null;
  /** From 1; null without a raised hand. */
  readonly handPlace: number | null;
  readonly isCalled: boolean;
}

/**
 * Everybody present, staff first, then in the order in which the class first met them: a reconnection keeps one's
 * place, and whoever is new comes last.
 */
export function attendeesFrom(view: ClassView): readonly Attendee[] {
  const byPerson = Map.groupBy(view.connections.values(), (connection) => connection.personId);
  const hands = new Map(
    [...new Set([...view.connections.values()].map((one) => one.room))].flatMap((room) =>
      handsIn(view, room).map((hand, index) => [hand.personId, { place: index + 1, hand }] as const),
    ),
  );
  const all = [...view.people.values()].flatMap((person): Attendee[] => {
    const connections = byPerson.get(person.personId);
    const newest = connections?.at(-1);
    if (!connections || !newest) return [];
    const raised = hands.get(person.personId);
    return [
      {
        person,
        isYou: person.personId === view.you.personId,
        room: newest.room,
        connectionIds: connections.map((connection) => connection.connectionId),
        isMicrophoneLive: publisherOf(connections, "microphone") !== null,
        cameraFrom: publisherOf(connections, "camera"),
        screenFrom: publisherOf(connections, "screen"),
        handPlace: raised?.place ?? null,
        isCalled: raised?.hand.calledAt != null,
      },
    ];
  });
  return [
    ...all.filter(({ person }) => isStaff(person.role)),
    ...all.filter(({ person }) => !isStaff(person.role)),
  ];
}

export function inRoom(attendees: readonly Attendee[], room: RoomId): readonly Attendee[] {
  return attendees.filter((attendee) => attendee.room === room);
}

/** The hands raised by whoever is in a room, in the order of the queue; of those away, all the same. */
export function handsIn(view: ClassView, room: RoomId): readonly HandView[] {
  const rooms = new Map([...view.connections.values()].map((one) => [one.personId, one.room]));
  return view.hands.filter((hand) => (rooms.get(hand.personId) ?? room) === room);
}

/** Who fills the stage with their screen; the first, should there be two for a moment. */
export function sharerFrom(attendees: readonly Attendee[]): Attendee | null {
  return attendees.find((attendee) => attendee.screenFrom !== null) ?? null;
}

/** Who stands in the middle of the speaker view: whoever spoke last, else staff, else anybody but oneself. */
export function mainSpeakerFrom(here: readonly Attendee[], lastSpeaker: PersonId | null): Attendee | null {
  return (
    here.find(({ person }) => person.personId === lastSpeaker) ??
    here.find(({ person, isYou }) => !isYou && isStaff(person.role)) ??
    here.find(({ isYou }) => !isYou) ??
    here[0] ??
    null
  );
}

/** Those whose name or institution holds every word that was typed. */
export function attendeesMatching(attendees: readonly Attendee[], wanted: string): readonly Attendee[] {
  const words = wanted.toLocaleLowerCase("id").split(/\s+/).filter(Boolean);
  return attendees.filter(({ person }) => {
    const text = `${person.name} ${person.institution ?? ""}`.toLocaleLowerCase("id");
    return words.every((word) => text.includes(word));
  });
}

/** One's own place in the hand queue, from 1; null when the hand is down. */
export function ownHandPlace(view: ClassView): number | null {
  const index = handsIn(view, view.you.room).findIndex((hand) => hand.personId === view.you.personId);
  return index < 0 ? null : index + 1;
}

export function nameOf(view: ClassView, personId: PersonId): string {
  return view.people.get(personId)?.name ?? "";
}

/** The title of a room: a breakout room's own, or null for the main room. */
export function roomTitle(view: ClassView, room: RoomId): string | null {
  return view.breakouts?.rooms.find(({ roomId }) => roomId === room)?.title ?? null;
}

function publisherOf(connections: readonly ConnectionView[], source: MediaSource): ConnectionId | null {
  return connections.findLast((connection) => connection.media[source] === "live")?.connectionId ?? null;
}
