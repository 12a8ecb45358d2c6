import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent, DeckView } from "../protocol/events.ts";
import { type Actor, nameOfActor } from "./class-command.ts";
import type { ClassState } from "./class-state.ts";

/** PG1: a deck is shown from its first page; the one that is shown already stays where it is. */
export function decideShow(state: ClassState, actor: Actor, deck: DeckView): Result<ClassEvent[]> {
  if (state.stage?.deck.deckId === deck.deckId) return accept([]);
  return accept([{ type: "deck.shown", deck, by: nameOfActor(actor) }]);
}

export function decideHide(state: ClassState, actor: Actor): Result<ClassEvent[]> {
  if (!state.stage) return refuse("deck-not-shown");
  return accept([{ type: "deck.hidden", by: nameOfActor(actor) }]);
}

/** PG2: pages count from 1 to the deck's last. */
export function decideTurn(state: ClassState, actor: Actor, page: number): Result<ClassEvent[]> {
  if (!state.stage) return refuse("deck-not-shown");
  if (page > state.stage.deck.pageCount) return refuse("page-out-of-range");
  if (page === state.stage.page) return accept([]);
  return accept([{ type: "page.turned", page, by: nameOfActor(actor) }]);
}
