import { useEffect } from "preact/hooks";
import type { SlidePageItem } from "../class/slides/slides-api.ts";
import { requestJson } from "../http/request-json.ts";
import type { Player } from "./player.ts";

/** Brings the texts of the recording's slides, once. */
export function useSlideTexts({ timeline, playback, slideTexts }: Player): void {
  useEffect(() => {
    for (const { deckId } of timeline.decks) {
      // What failed is asked for again when one comes back to the search.
      if (slideTexts.peek().get(deckId) instanceof Map) continue;
      const path = playback.address(`decks/${deckId}/pages`);
      requestJson<{ readonly items: readonly SlidePageItem[] }>(path).then((answer) => {
        const pages = answer.ok ? new Map(answer.data.items.map(({ page, text }) => [page, text])) : "failed";
        slideTexts.value = new Map(slideTexts.peek()).set(deckId, pages);
      });
    }
  }, [timeline]);
}
