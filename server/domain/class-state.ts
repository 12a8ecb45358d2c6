import type { ClassEvent } from "../protocol/events.ts";
import {
  type BreakoutRoomId,
  type ConnectionId,
  MAIN_ROOM,
  type PersonId,
  type RoomId,
} from "../protocol/ids.ts";
import type { MediaSource, MediaStatus } from "../protocol/media.ts";
import type { Person } from "../protocol/people.ts";
import type {
  BreakoutsView,
  ChatMessageView,
  ClassStatus,
  HandView,
  RecordingView,
  StageView,
} from "../protocol/views.ts";

/** One socket of one person, from `presence.joined` to `presence.left`. */
export interface Connection {
  readonly connectionId: ConnectionId;
  readonly personId: PersonId;
  /** Names the person's tab across reconnections; never shown to others. */
  readonly device: string;
  readonly room: RoomId;
  readonly joinedAt: number;
  readonly media: Readonly<Partial<Record<MediaSource, MediaStatus>>>;
}

/** All of a class that a restart rebuilds by replaying its events. Never changed in place. */
export interface ClassState {
  /** The sequence number of the last event applied; 0 before the first. */
  readonly seq: number;
  readonly status: ClassStatus;
  /** When the class was last opened (epoch ms); null before the first time. */
  readonly openedAt: number | null;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly connections: ReadonlyMap<ConnectionId, Connection>;
  readonly hands: readonly HandView[];
  readonly chat: readonly ChatMessageView[];
  /** What is shown in each room: a breakout room has slides of its own. */
  readonly stages: ReadonlyMap<RoomId, StageView>;
  readonly breakouts: BreakoutsView | null;
  /** Where each person was last put while breakout rooms are open: a reconnection returns there. */
  readonly places: ReadonlyMap<PersonId, RoomId>;
  /** When the rooms of this plan were last closed (epoch ms); null before. */
  readonly roomsClosedAt: number | null;
  readonly recording: RecordingView | null;
  /** Who has answered whether they may be recorded, and how. */
  readonly consents: ReadonlyMap<PersonId, boolean>;
}

export const EMPTY_CLASS: ClassState = {
  seq: 0,
  status: "scheduled",
  openedAt: null,
  people: new Map(),
  connections: new Map(),
  hands: [],
  chat: [],
  stages: new Map(),
  breakouts: null,
  places: new Map(),
  roomsClosedAt: null,
  recording: null,
  consents: new Map(),
};

export function connectionsOf(state: ClassState, personId: PersonId): readonly Connection[] {
  return [...state.connections.values()].filter((connection) => connection.personId === personId);
}

export function isPresent(state: ClassState, personId: PersonId): boolean {
  for (const connection of state.connections.values()) if (connection.personId === personId) return true;
  return false;
}

/** The room a person joins into: while rooms are open where they were, else where the plan puts them. */
export function roomFor(state: ClassState, personId: PersonId): RoomId {
  if (state.breakouts?.status !== "open") return MAIN_ROOM;
  return state.places.get(personId) ?? assignedRoom(state, personId) ?? MAIN_ROOM;
}

/** The room a connection is in; the main room for one that is gone. */
export function roomOf(state: ClassState, connectionId: ConnectionId): RoomId {
  return state.connections.get(connectionId)?.room ?? MAIN_ROOM;
}

export function assignedRoom(state: ClassState, personId: PersonId): BreakoutRoomId | undefined {
  return state.breakouts?.assignment[personId];
}

/** People present, in the order in which they came. */
export function presentPeople(state: ClassState): readonly PersonId[] {
  const ordered = [...state.connections.values()].sort((a, b) => a.joinedAt - b.joinedAt);
  return [...new Set(ordered.map((connection) => connection.personId))];
}

export type EventOf<Type extends ClassEvent["type"]> = Extract<ClassEvent, { type: Type }>;
