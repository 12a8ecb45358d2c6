import type { z } from "zod";
import type { DeckJson, deckDetailSchema, slidePagesSchema } from "../../../server/protocol/api.ts";
import { type Answer, answerFrom, requestJson } from "../../http/request-json.ts";
import { addressAt, type FilePlace, OWN_PLACE } from "../file-place.ts";

type DeckDetail = z.infer<typeof deckDetailSchema>;
/** One page's text, and the size of its picture. */
export type SlidePageItem = z.infer<typeof slidePagesSchema>["items"][number];
/** A deck as the server lists it, with its progress where it was asked for by itself. */
export type DeckItem = DeckJson & { readonly progress?: DeckDetail["progress"] };

const decksPath = (linkId: string) => `/api/v1/join/${encodeURIComponent(linkId)}/decks`;
const WIDTHS = [960, 1920] as const;

export function fetchDecks(linkId: string) {
  return requestJson<{ readonly items: readonly DeckItem[] }>(decksPath(linkId));
}

export function fetchDeck(linkId: string, deckId: string) {
  return requestJson<DeckItem>(`${decksPath(linkId)}/${deckId}`);
}

export function fetchPages(linkId: string, deckId: string, from: FilePlace) {
  const path = `${decksPath(linkId)}/${deckId}/pages`;
  return requestJson<{ readonly items: readonly SlidePageItem[] }>(addressAt(from, path));
}

/** The address of a page's picture, in the smaller width where that is enough (device pixels). */
export function pictureAddress(
  linkId: string,
  deckId: string,
  page: number,
  shownWidth: number,
  from: FilePlace = OWN_PLACE,
): string {
  const width = shownWidth <= WIDTHS[0] ? WIDTHS[0] : WIDTHS[1];
  return addressAt(from, `${decksPath(linkId)}/${deckId}/pages/${page}/${width}`);
}

/** Uploads a PDF; `onProgress` gets the share sent, 0 to 1. fetch cannot tell that, so it is an XMLHttpRequest. */
export function uploadDeck(
  linkId: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<Answer<DeckItem>> {
  const title = file.name.replace(/\.pdf$/i, "");
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${decksPath(linkId)}?title=${encodeURIComponent(title)}`);
    request.setRequestHeader("content-type", "application/pdf");
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener("load", () => resolve(answerFrom(request.status, request.responseText)));
    request.addEventListener("error", () => resolve({ ok: false, code: "offline" }));
    request.send(file);
  });
}
