import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent, DeckView } from "../protocol/events.ts";
import { MAIN_ROOM, type RoomId } from "../protocol/ids.ts";
import { isStaff } from "../protocol/people.ts";
import { type Actor, nameOfActor } from "./class-command.ts";
import { type ClassState, roomOf } from "./class-state.ts";

/** PG1: a deck is shown from its first page; the one that is shown already stays where it is. */
export function decideShow(state: ClassState, actor: Actor, deck: DeckView): Result<ClassEvent[]> {
  const room = roomOfActor(state, actor);
  if (!mayTurn(actor, room)) return refuse("forbidden");
  if (state.stages.get(room)?.deck.deckId === deck.deckId) return accept([]);
  return accept([{ type: "deck.shown", deck, from: 1, to: null, room, by: nameOfActor(actor) }]);
}

export function decideHide(state: ClassState, actor: Actor): Result<ClassEvent[]> {
  const room = roomOfActor(state, actor);
  if (!mayTurn(actor, room)) return refuse("forbidden");
  if (!state.stages.has(room)) return refuse("deck-not-shown");
  return accept([{ type: "deck.hidden", room, by: nameOfActor(actor) }]);
}

/** PG2: pages count from the first to the last that is shown: a room may have a part of a deck. */
export function decideTurn(state: ClassState, actor: Actor, page: number): Result<ClassEvent[]> {
  const room = roomOfActor(state, actor);
  if (!mayTurn(actor, room)) return refuse("forbidden");
  const stage = state.stages.get(room);
  if (!stage) return refuse("deck-not-shown");
  if (page < stage.from || page > stage.to) return refuse("page-out-of-range");
  if (page === stage.page) return accept([]);
  return accept([{ type: "page.turned", page, room, by: nameOfActor(actor) }]);
}

/** PG4: in a breakout room everybody turns the slides of the group; in the main room staff alone. */
function mayTurn(actor: Actor, room: RoomId): boolean {
  return actor.kind !== "person" || isStaff(actor.role) || room !== MAIN_ROOM;
}

function roomOfActor(state: ClassState, actor: Actor): RoomId {
  return actor.kind === "person" ? roomOf(state, actor.connectionId) : MAIN_ROOM;
}
