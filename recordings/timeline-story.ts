import type { BreakoutRoomId, ConnectionId, DeckId, PersonId, RoomId } from "../server/protocol/ids.ts";
import type { PlaybackSlide, RecordedTimeline } from "../server/protocol/playback.ts";
import { stageFrom } from "../server/protocol/stage-view.ts";
import type { TimelineEvent, TimelineState } from "./timeline-events.ts";

type Lists = Pick<RecordedTimeline, "slides" | "speakers" | "hands" | "chat" | "places">;
type Shown = { readonly deckId: DeckId; readonly page: number };

/** When which breakout room's sheet was on the main room's stage; null: none. */
export interface SheetChange {
  readonly atMs: number;
  readonly ofRoom: BreakoutRoomId | null;
}

/** Follows a class through its manifest and writes down what changes; the same again is no change. */
export interface TimelineStory {
  readonly lists: Lists;
  readonly sheets: readonly SheetChange[];
  readonly titles: ReadonlyMap<RoomId, string>;
  /** The class as a whole, at the beginning and after a pause or an outage. */
  readState(state: TimelineState, atMs: number): void;
  readEvent(event: TimelineEvent, atMs: number): void;
  readSpeakers(room: RoomId, connectionIds: readonly ConnectionId[], atMs: number): void;
  readTrack(connectionId: ConnectionId, personId: PersonId): void;
}

export function createTimelineStory(): TimelineStory {
  const lists: Lists = { slides: [], speakers: [], hands: [], chat: [], places: [] };
  const sheets: SheetChange[] = [];
  const titles = new Map<RoomId, string>();
  const owners = new Map<ConnectionId, PersonId>();
  const connections = new Map<ConnectionId, RoomId>();
  const places = new Map<PersonId, RoomId>();
  const hands = new Map<PersonId, "raised" | "called">();
  const shown = new Map<RoomId, Shown>();
  const speaking = new Map<RoomId, string>();
  let presented: BreakoutRoomId | null = null;

  function show(room: RoomId, page: Shown | null, atMs: number): void {
    const before = shown.get(room);
    if (before?.deckId === page?.deckId && before?.page === page?.page) return;
    if (page) shown.set(room, page);
    else shown.delete(room);
    const change: PlaybackSlide = page
      ? { isShown: true, atMs, room, ...page }
      : { isShown: false, atMs, room };
    lists.slides.push(change);
  }

  function present(ofRoom: BreakoutRoomId | null, atMs: number): void {
    if (ofRoom === presented) return;
    presented = ofRoom;
    sheets.push({ atMs, ofRoom });
  }

  function hand(personId: PersonId, change: "raised" | "called" | "lowered", atMs: number): void {
    if ((hands.get(personId) ?? "lowered") === change) return;
    if (change === "lowered") hands.delete(personId);
    else hands.set(personId, change);
    lists.hands.push({ atMs, personId, change });
  }

  function lowerAll(atMs: number): void {
    for (const personId of [...hands.keys()]) hand(personId, "lowered", atMs);
  }

  /** Somebody is where the latest of their connections is. */
  function follow(personId: PersonId | undefined, atMs: number): void {
    if (!personId) return;
    const room = [...connections].findLast(([id]) => owners.get(id) === personId)?.[1] ?? null;
    if ((places.get(personId) ?? null) === room) return;
    if (room === null) places.delete(personId);
    else places.set(personId, room);
    lists.places.push({ atMs, personId, room });
  }

  function followAll(atMs: number): void {
    for (const personId of new Set(owners.values())) follow(personId, atMs);
  }

  function intoMainRoom(atMs: number): void {
    for (const id of connections.keys()) connections.set(id, "main");
    followAll(atMs);
  }

  function withoutBreakouts(atMs: number): void {
    for (const room of [...shown.keys()]) if (room !== "main") show(room, null, atMs);
    present(null, atMs);
  }

  function readPlace(event: TimelineEvent, atMs: number): void {
    if (event.type === "presence.joined") {
      const personId = event.enrolmentId ?? event.staffId;
      if (personId) owners.set(event.connectionId, personId);
      connections.set(event.connectionId, event.room);
      follow(personId, atMs);
    } else if (event.type === "presence.left") {
      connections.delete(event.connectionId);
      follow(owners.get(event.connectionId), atMs);
    } else if (event.type === "room.moved") {
      if (connections.has(event.connectionId)) connections.set(event.connectionId, event.room);
      follow(owners.get(event.connectionId), atMs);
    } else if (event.type === "server.recovered") {
      connections.clear();
      followAll(atMs);
    } else if (event.type === "breakouts.closed" || event.type === "class.closed") intoMainRoom(atMs);
  }

  function readStage(event: TimelineEvent, atMs: number): void {
    if (event.type === "deck.shown") {
      const { deck, page } = stageFrom(event);
      show(event.room, { deckId: deck.deckId, page }, atMs);
    } else if (event.type === "page.turned") {
      const deckId = shown.get(event.room)?.deckId;
      if (deckId) show(event.room, { deckId, page: event.page }, atMs);
    } else if (event.type === "deck.hidden") show(event.room, null, atMs);
    else if (event.type === "sheet.presented") present(event.roomId, atMs);
    else if (event.type === "sheet.hidden") present(null, atMs);
    else if (event.type === "breakouts.discarded") withoutBreakouts(atMs);
    else if (event.type === "breakouts.planned") {
      withoutBreakouts(atMs);
      for (const { roomId, title } of event.rooms) titles.set(roomId, title);
    }
  }

  function readHand(event: TimelineEvent, atMs: number): void {
    if (event.type === "hand.raised") hand(event.personId, "raised", atMs);
    else if (event.type === "hand.called") hand(event.personId, "called", atMs);
    else if (event.type === "hand.lowered") hand(event.personId, "lowered", atMs);
    else if (event.type === "hands.cleared" || event.type === "class.closed") lowerAll(atMs);
  }

  return {
    lists,
    sheets,
    titles,
    readState(state, atMs) {
      connections.clear();
      for (const { connectionId, personId, room } of state.connections) {
        owners.set(connectionId, personId);
        connections.set(connectionId, room);
      }
      followAll(atMs);
      const up = new Map(state.hands.map(({ personId, calledAt }) => [personId, calledAt]));
      for (const personId of [...hands.keys()]) if (!up.has(personId)) hand(personId, "lowered", atMs);
      for (const [personId, calledAt] of up) hand(personId, calledAt === null ? "raised" : "called", atMs);
      const stages = new Map(
        state.stages.map(({ room, deck, page }) => [room, { deckId: deck.deckId, page }]),
      );
      for (const room of new Set([...shown.keys(), ...stages.keys()])) {
        show(room, stages.get(room) ?? null, atMs);
      }
      for (const { roomId, title } of state.breakouts?.rooms ?? []) titles.set(roomId, title);
      present(state.breakouts?.presentedRoom ?? null, atMs);
    },
    readEvent(event, atMs) {
      readPlace(event, atMs);
      readStage(event, atMs);
      readHand(event, atMs);
      if (event.type !== "chat.posted") return;
      const { messageId, personId, room, text } = event;
      lists.chat.push({ atMs, messageId, personId, room, text });
    },
    readSpeakers(room, connectionIds, atMs) {
      const personIds = [...new Set(connectionIds.flatMap((id) => owners.get(id) ?? []))];
      const said = personIds.join(" ");
      if ((speaking.get(room) ?? "") === said) return;
      speaking.set(room, said);
      lists.speakers.push({ atMs, room, personIds });
    },
    readTrack(connectionId, personId) {
      owners.set(connectionId, personId);
    },
  };
}
