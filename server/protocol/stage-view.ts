import type { BreakoutSlides } from "./events.ts";
import type { StageView } from "./views.ts";

/** What a room shows once a deck is put on its stage: its first page, or the first of its part. */
export function stageFrom({ deck, from, to }: BreakoutSlides): StageView {
  const last = Math.min(to ?? deck.pageCount, deck.pageCount);
  return { deck, page: Math.min(from, last), from: Math.min(from, last), to: last };
}
