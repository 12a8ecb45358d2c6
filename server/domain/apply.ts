import type { SequencedEvent } from "../protocol/events.ts";
import { enrolmentIdSchema, MAIN_ROOM, type PersonId, personIdSchema, type RoomId } from "../protocol/ids.ts";
import { applyAssigned } from "./breakouts.ts";
import { applyPosted } from "./chat.ts";
import type { ClassState, Connection, EventOf } from "./class-state.ts";
import { applyHandCalled, applyHandRaised } from "./hands.ts";

/** The state after an event. Pure and total: an event that is in the log has happened. */
export function applyEvent(state: ClassState, event: SequencedEvent): ClassState {
  return { ...changedBy(state, event), seq: event.seq };
}

function changedBy(state: ClassState, event: SequencedEvent): ClassState {
  switch (event.type) {
    case "class.opened":
      return { ...state, status: "open", openedAt: event.at };
    case "class.closed":
      return { ...withoutMedia(inMainRoom(state)), status: "closed", hands: [] };
    case "server.recovered":
      return { ...state, connections: new Map() };
    case "person.admitted":
      return { ...state, people: new Map(state.people).set(event.person.personId, event.person) };
    case "presence.joined":
      return applyJoined(state, event, event.at);
    case "presence.left":
      return { ...state, connections: without(state.connections, event.connectionId) };
    case "room.moved":
      return applyMoved(state, event);
    case "hand.raised":
      return { ...state, hands: applyHandRaised(state.hands, event, event.at) };
    case "hand.lowered":
      return { ...state, hands: state.hands.filter((hand) => hand.personId !== event.personId) };
    case "hand.called":
      return { ...state, hands: applyHandCalled(state.hands, event, event.at) };
    case "hands.cleared":
      return { ...state, hands: [] };
    case "chat.posted":
      return { ...state, chat: applyPosted(state.chat, event, event.at) };
    case "deck.shown":
      return { ...state, stage: { deck: event.deck, page: 1 } };
    case "deck.hidden":
      return { ...state, stage: null };
    case "page.turned":
      return { ...state, stage: state.stage && { ...state.stage, page: event.page } };
    case "breakouts.planned":
      return {
        ...state,
        breakouts: { status: "planned", rooms: event.rooms, assignment: event.assignment },
      };
    case "breakouts.assigned":
      return applyAssignment(state, event);
    case "breakouts.opened":
      return { ...state, breakouts: state.breakouts && { ...state.breakouts, status: "open" } };
    case "breakouts.closed":
      return inMainRoom(state);
    case "breakouts.discarded":
      return { ...state, breakouts: null };
    case "media.changed":
      return applyMediaChanged(state, event);
  }
}

function applyJoined(state: ClassState, event: EventOf<"presence.joined">, at: number): ClassState {
  const { connectionId, device, room } = event;
  const personId = personIdOf(event);
  const connection: Connection = { connectionId, personId, device, room, joinedAt: at, media: {} };
  return { ...state, connections: new Map(state.connections).set(connectionId, connection) };
}

/** Whose presence a row is. */
export function personIdOf(event: { enrolmentId?: string; staffId?: string }): PersonId {
  return event.enrolmentId === undefined
    ? personIdSchema.parse(event.staffId)
    : enrolmentIdSchema.parse(event.enrolmentId);
}

function applyMoved(state: ClassState, { connectionId, room }: EventOf<"room.moved">): ClassState {
  const connection = state.connections.get(connectionId);
  if (!connection) return state;
  return {
    ...state,
    connections: new Map(state.connections).set(connectionId, { ...connection, room }),
    places: new Map(state.places).set(connection.personId, room),
  };
}

/** While rooms are open an assignment is also where the person comes in, if they are away now. */
function applyAssignment(state: ClassState, event: EventOf<"breakouts.assigned">): ClassState {
  const breakouts = applyAssigned(state.breakouts, event);
  if (breakouts?.status !== "open") return { ...state, breakouts };
  return {
    ...state,
    breakouts,
    places: new Map(state.places).set(event.personId, event.roomId ?? MAIN_ROOM),
  };
}

function applyMediaChanged(state: ClassState, event: EventOf<"media.changed">): ClassState {
  const connection = state.connections.get(event.connectionId);
  if (!connection) return state;
  const media = { ...connection.media, [event.source]: event.status };
  if (event.status === "off") delete media[event.source];
  return {
    ...state,
    connections: new Map(state.connections).set(event.connectionId, { ...connection, media }),
  };
}

/** Rooms are closed: nobody has a place outside the main room any more. */
function inMainRoom(state: ClassState): ClassState {
  return {
    ...mapConnections(state, (connection) =>
      connection.room === MAIN_ROOM ? connection : { ...connection, room: MAIN_ROOM },
    ),
    breakouts: state.breakouts && { ...state.breakouts, status: "planned" },
    places: new Map<PersonId, RoomId>(),
  };
}

function withoutMedia(state: ClassState): ClassState {
  return mapConnections(state, (connection) => ({ ...connection, media: {} }));
}

function mapConnections(state: ClassState, change: (connection: Connection) => Connection): ClassState {
  const changed = [...state.connections].map(([id, connection]) => [id, change(connection)] as const);
  return { ...state, connections: new Map(changed) };
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
