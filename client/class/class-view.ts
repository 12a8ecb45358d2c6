import { breakoutsAfter, breakoutsClosed, isOfBreakouts } from "../../server/protocol/breakouts-view.ts";
import { type ConnectionId, MAIN_ROOM, type PersonId, type RoomId } from "../../server/protocol/ids.ts";
import type { Person } from "../../server/protocol/people.ts";
import { recordingAfter } from "../../server/protocol/recording-view.ts";
import { stageFrom } from "../../server/protocol/stage-view.ts";
import type {
  BreakoutsView,
  ChatMessageView,
  ClassInfo,
  ClassStatus,
  ConnectionView,
  HandView,
  ProjectedEvent,
  RecordingView,
  RosterPage,
  Snapshot,
  StageView,
  You,
} from "../../server/protocol/views.ts";

/** The class as this client knows it: a snapshot, kept up to date by events. Never changed in place. */
export interface ClassView {
  /** The sequence number of the last event applied. */
  readonly seq: number;
  readonly you: You;
  readonly info: ClassInfo;
  readonly status: ClassStatus;
  /** Epoch ms by the server's clock. */
  readonly openedAt: number | null;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly connections: ReadonlyMap<ConnectionId, ConnectionView>;
  readonly hands: readonly HandView[];
  readonly chat: readonly ChatMessageView[];
  readonly stage: StageView | null;
  readonly breakouts: BreakoutsView | null;
  readonly recording: RecordingView | null;
  /** Whether one consents to be recorded; null before one answers. */
  readonly consent: boolean | null;
  /** For staff, who has answered and how; for others null. */
  readonly consents: Snapshot["consents"];
}

/** `known` is whom this client knew of the same class a moment before: of a large one a snapshot shows only a part. */
export function viewFrom(snapshot: Snapshot, known: ClassView | null = null): ClassView {
  const { seq, you, info, status, openedAt, hands, chat, stage, breakouts } = snapshot;
  const { recording, consent, consents } = snapshot;
  const kept = snapshot.rosterFollows ? known : null;
  return {
    seq,
    you,
    info,
    status,
    openedAt,
    people: new Map([
      ...(kept?.people ?? []),
      ...snapshot.people.map((person) => [person.personId, person] as const),
    ]),
    connections: new Map([
      ...(kept?.connections ?? []),
      ...snapshot.connections.map((connection) => [connection.connectionId, connection] as const),
    ]),
    hands,
    chat,
    stage,
    breakouts,
    recording,
    consent,
    consents,
  };
}

/** The view with everybody of a large class, once all pages are there. */
export function withRoster(view: ClassView, pages: readonly RosterPage[]): ClassView {
  const people = pages.flatMap((page) => page.people);
  const connections = pages.flatMap((page) => page.connections);
  return {
    ...view,
    people: new Map(people.map((person) => [person.personId, person])),
    connections: new Map(connections.map((connection) => [connection.connectionId, connection])),
  };
}

/** The view after a batch: events known already are passed over, and the view stands at `toSeq` after them. */
export function applyBatch(
  view: ClassView,
  batch: { readonly toSeq: number; readonly events: readonly ProjectedEvent[] },
): ClassView {
  const applied = batch.events.reduce(applyEvent, view);
  return batch.toSeq > applied.seq ? { ...applied, seq: batch.toSeq } : applied;
}

/** The view after one event; the same view where it holds the event already. */
export function applyEvent(view: ClassView, event: ProjectedEvent): ClassView {
  return event.seq <= view.seq ? view : { ...changedBy(view, event), seq: event.seq };
}

function changedBy(view: ClassView, event: ProjectedEvent): ClassView {
  if (event.type === "breakouts.closed") return inMainRoom(view);
  if (isOfBreakouts(event)) return { ...view, breakouts: breakoutsAfter(view.breakouts, event, event.at) };
  switch (event.type) {
    case "class.opened":
      return { ...view, status: "open", openedAt: event.at };
    case "class.closed":
      return { ...inMainRoom(withoutMedia(view)), status: "closed", hands: [] };
    case "server.recovered":
      return { ...view, connections: new Map() };
    case "person.admitted":
      return { ...view, people: new Map(view.people).set(event.person.personId, event.person) };
    case "presence.joined":
      return applyJoined(view, event);
    case "presence.left":
      return applyLeft(view, event.connectionId);
    case "room.moved":
      return applyMoved(view, event.connectionId, event.room);
    case "hand.raised":
      return {
        ...view,
        hands: [...view.hands, { personId: event.personId, raisedAt: event.at, calledAt: null }],
      };
    case "hand.lowered":
      return { ...view, hands: view.hands.filter((hand) => hand.personId !== event.personId) };
    case "hand.called":
      return {
        ...view,
        hands: view.hands.map((hand) =>
          hand.personId === event.personId ? { ...hand, calledAt: event.at } : hand,
        ),
      };
    case "hands.cleared":
      return { ...view, hands: [] };
    case "chat.posted": {
      const { messageId, personId, room, text, at } = event;
      return { ...view, chat: [...view.chat, { messageId, personId, room, text, at }] };
    }
    case "deck.shown":
      return { ...view, stage: stageFrom(event) };
    case "deck.hidden":
      return { ...view, stage: null };
    case "page.turned":
      return { ...view, stage: view.stage && { ...view.stage, page: event.page } };
    case "recording.started":
    case "recording.paused":
    case "recording.resumed":
    case "recording.limited":
    case "recording.stopped":
      return { ...view, recording: recordingAfter(view.recording, event) };
    case "recording.answered":
      return applyAnswer(view, event);
    case "media.changed":
      return applyMediaChanged(view, event);
  }
}

type EventOf<Type extends ProjectedEvent["type"]> = Extract<ProjectedEvent, { type: Type }>;

function applyJoined(view: ClassView, event: EventOf<"presence.joined">): ClassView {
  const { connectionId, personId, room, at } = event;
  const joined: ConnectionView = { connectionId, personId, room, joinedAt: at, media: {} };
  const moved = connectionId === view.you.connectionId ? { ...view, you: { ...view.you, room } } : view;
  return { ...moved, connections: new Map(view.connections).set(connectionId, joined) };
}

/** Others' answers are told to staff; one's own by the server's acceptance too. */
export function applyAnswer(
  view: ClassView,
  { personId, isGiven }: { readonly personId: PersonId; readonly isGiven: boolean },
): ClassView {
  return {
    ...view,
    consent: personId === view.you.personId ? isGiven : view.consent,
    consents: view.consents && { ...view.consents, [personId]: isGiven },
  };
}

function applyMoved(view: ClassView, connectionId: ConnectionId, room: RoomId): ClassView {
  const connection = view.connections.get(connectionId);
  const moved = connectionId === view.you.connectionId ? { ...view, you: { ...view.you, room } } : view;
  if (!connection) return moved;
  return { ...moved, connections: new Map(view.connections).set(connectionId, { ...connection, room }) };
}

function applyMediaChanged(view: ClassView, event: EventOf<"media.changed">): ClassView {
  const connection = view.connections.get(event.connectionId);
  if (!connection) return view;
  const media = { ...connection.media, [event.source]: event.status };
  return {
    ...view,
    connections: new Map(view.connections).set(event.connectionId, { ...connection, media }),
  };
}

/** A voice in all rooms ends with its connection. */
function applyLeft(view: ClassView, connectionId: ConnectionId): ClassView {
  const { breakouts } = view;
  const hasVoice = breakouts !== null && breakouts.voice === connectionId;
  return {
    ...view,
    connections: without(view.connections, connectionId),
    breakouts: hasVoice ? { ...breakouts, voice: null } : breakouts,
  };
}

function inMainRoom(view: ClassView): ClassView {
  return {
    ...mapConnections(view, (connection) => ({ ...connection, room: MAIN_ROOM })),
    you: { ...view.you, room: MAIN_ROOM },
    breakouts: view.breakouts && breakoutsClosed(view.breakouts),
  };
}

function withoutMedia(view: ClassView): ClassView {
  return mapConnections(view, (connection) => ({ ...connection, media: {} }));
}

function mapConnections(view: ClassView, change: (connection: ConnectionView) => ConnectionView): ClassView {
  const changed = [...view.connections].map(([id, connection]) => [id, change(connection)] as const);
  return { ...view, connections: new Map(changed) };
}

function without<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): ReadonlyMap<Key, Value> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
