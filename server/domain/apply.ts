import { breakoutsAfter, breakoutsClosed } from "../protocol/breakouts-view.ts";
import type { SequencedEvent } from "../protocol/events.ts";
import {
  type BreakoutRoomId,
  type ConnectionId,
  enrolmentIdSchema,
  MAIN_ROOM,
  type PersonId,
  personIdSchema,
  type RoomId,
} from "../protocol/ids.ts";
import { recordingAfter } from "../protocol/recording-view.ts";
import { stageFrom } from "../protocol/stage-view.ts";
import { applyPosted } from "./chat.ts";
import { type ClassState, type Connection, type EventOf, roomFor } from "./class-state.ts";
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
      return { ...withoutMedia(inMainRoom(state, event.at)), status: "closed", hands: [] };
    case "server.recovered":
      return { ...state, connections: new Map() };
    case "person.admitted":
      return { ...state, people: new Map(state.people).set(event.person.personId, event.person) };
    case "presence.joined":
      return applyJoined(state, event, event.at);
    case "presence.left":
      return applyLeft(state, event.connectionId);
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
      return { ...state, stages: new Map(state.stages).set(event.room, stageFrom(event)) };
    case "deck.hidden":
      return { ...state, stages: without(state.stages, event.room) };
    case "page.turned":
      return applyTurned(state, event);
    case "breakouts.planned":
    case "breakouts.discarded":
      return { ...inBreakouts(state, event), stages: onlyMain(state.stages), roomsClosedAt: null };
    case "breakouts.assigned":
      return applyAssignment(state, event);
    case "breakouts.recalled":
      return applyRecalled(state, event.roomId);
    case "breakouts.closed":
      return inMainRoom(state, event.at);
    case "breakouts.opened":
    case "breakouts.extended":
    case "role.taken":
    case "role.left":
    case "help.asked":
    case "help.ended":
    case "broadcast.posted":
    case "broadcast.voiced":
    case "sheet.presented":
    case "sheet.hidden":
      return inBreakouts(state, event);
    case "recording.started":
    case "recording.paused":
    case "recording.resumed":
    case "recording.limited":
    case "recording.stopped":
      return { ...state, recording: recordingAfter(state.recording, event) };
    case "recording.answered":
      return { ...state, consents: new Map(state.consents).set(event.personId, event.isGiven) };
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

function inBreakouts(
  state: ClassState,
  event: Parameters<typeof breakoutsAfter>[1] & { readonly at: number },
): ClassState {
  return { ...state, breakouts: breakoutsAfter(state.breakouts, event, event.at) };
}

/** A voice in all rooms ends with its connection. */
function applyLeft(state: ClassState, connectionId: ConnectionId): ClassState {
  const { breakouts } = state;
  const hasVoice = breakouts !== null && breakouts.voice === connectionId;
  return {
    ...state,
    connections: without(state.connections, connectionId),
    breakouts: hasVoice ? { ...breakouts, voice: null } : breakouts,
  };
}

function applyTurned(state: ClassState, { room, page }: EventOf<"page.turned">): ClassState {
  const stage = state.stages.get(room);
  return stage ? { ...state, stages: new Map(state.stages).set(room, { ...stage, page }) } : state;
}

/** While rooms are open an assignment is also where the person comes in, if they are away now. */
function applyAssignment(
  state: ClassState,
  event: EventOf<"breakouts.assigned"> & { at: number },
): ClassState {
  const assigned = inBreakouts(state, event);
  if (assigned.breakouts?.status !== "open") return assigned;
  return { ...assigned, places: new Map(state.places).set(event.personId, event.roomId ?? MAIN_ROOM) };
}

/** Whoever of the room is away for the moment comes back into the main room too. */
function applyRecalled(state: ClassState, roomId: BreakoutRoomId): ClassState {
  const assigned = Object.entries(state.breakouts?.assignment ?? {}) as [PersonId, BreakoutRoomId][];
  const inRoom = assigned.filter(([personId]) => roomFor(state, personId) === roomId);
  return {
    ...state,
    breakouts: state.breakouts && { ...state.breakouts, recalled: roomId },
    places: new Map([...state.places, ...inRoom.map(([personId]) => [personId, MAIN_ROOM] as const)]),
  };
}

/** Breakout rooms of another plan are gone, and their slides with them. */
function onlyMain(stages: ClassState["stages"]): ClassState["stages"] {
  const main = stages.get(MAIN_ROOM);
  return new Map(main ? [[MAIN_ROOM, main]] : []);
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
function inMainRoom(state: ClassState, at: number): ClassState {
  return {
    ...mapConnections(state, (connection) =>
      connection.room === MAIN_ROOM ? connection : { ...connection, room: MAIN_ROOM },
    ),
    breakouts: state.breakouts && breakoutsClosed(state.breakouts),
    places: new Map<PersonId, RoomId>(),
    roomsClosedAt: state.breakouts?.status === "open" ? at : state.roomsClosedAt,
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
