import type { SequencedEvent } from "../protocol/events.ts";
import { type ConnectionId, MAIN_ROOM, type PersonId, type RoomId } from "../protocol/ids.ts";
import type { MediaSource } from "../protocol/media.ts";
import { withoutPeople } from "../protocol/without-people.ts";
import type { ClassState } from "./class-state.ts";

interface Published {
  readonly connectionId: ConnectionId;
  readonly source: MediaSource;
}

/** VR9: of what is published, what may be recorded now: of those who consent, in the rooms that are recorded. */
export function recordedTracksFrom<Producer extends Published>(
  state: ClassState,
  producers: readonly Producer[],
): readonly (Producer & { readonly personId: PersonId; readonly room: RoomId })[] {
  const { recording } = state;
  if (!recording || recording.isPaused) return [];
  return producers.flatMap((producer) => {
    const connection = state.connections.get(producer.connectionId);
    if (!connection || state.consents.get(connection.personId) !== true) return [];
    const { personId, room } = connection;
    return isRecordedRoom(state, room) ? [{ ...producer, personId, room }] : [];
  });
}

export function isRecordedRoom({ recording }: ClassState, room: RoomId): boolean {
  return recording !== null && (recording.rooms === "all" || room === MAIN_ROOM);
}

/** What a manifest keeps of an event; null where nothing of it may stand there. */
export type RecordedEvent = { readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * VR10: an event as it goes into the manifest: whole, but for people who do not consent. What is about one of them is
 * left out, and so is everything in rooms that are not recorded, and chat where it is not recorded. Names stay out.
 */
export function recordedEventFrom(
  state: ClassState,
  event: SequencedEvent,
  personOf: (connectionId: string) => PersonId | undefined,
): RecordedEvent | null {
  if (event.type === "recording.answered") return null;
  if (event.type === "chat.posted" && !state.recording?.hasChat) return null;
  // Where somebody went matters also when they went out of what is recorded.
  const isAboutPlace = event.type === "room.moved" || event.type === "presence.joined";
  if ("room" in event && !isAboutPlace && !isRecordedRoom(state, event.room)) return null;
  const { seq: _seq, at: _at, ...body } = event;
  return (withoutPeople(body, unrecordedIn(state, personOf)) ?? null) as RecordedEvent | null;
}

/** VR10: the class as it is when capture begins, for events to go on from; of those who consent alone. */
export function recordedStateFrom(state: ClassState): Readonly<Record<string, unknown>> {
  const stages = [...state.stages].filter(([room]) => isRecordedRoom(state, room));
  const { status, openedAt, hands, breakouts } = state;
  const seen = {
    status,
    openedAt,
    people: [...state.people.values()],
    connections: [...state.connections.values()],
    hands,
    stages: stages.map(([room, stage]) => ({ room, ...stage })),
    breakouts: state.recording?.rooms === "all" ? breakouts : null,
  };
  return withoutPeople(seen, unrecordedIn(state)) as Readonly<Record<string, unknown>>;
}

/** Whether an id is that of somebody who is not to be recorded. */
function unrecordedIn(
  state: ClassState,
  personOf: (connectionId: string) => PersonId | undefined = () => undefined,
): (id: string) => boolean {
  return (id) => {
    if (!id.startsWith("con_")) return state.consents.get(id as PersonId) !== true;
    const personId = state.connections.get(id as ConnectionId)?.personId ?? personOf(id);
    return personId === undefined || state.consents.get(personId) !== true;
  };
}
