import { Readable } from "node:stream";
import { z } from "zod";
import { type Deck, SLIDE_WIDTHS, type Store } from "../../ports.ts";
import {
  deckDetailSchema,
  deckListSchema,
  deckSchema,
  deckUploadQuerySchema,
  slidePagesSchema,
} from "../../protocol/api.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { type DeckId, deckIdSchema, linkIdSchema, type SessionId } from "../../protocol/ids.ts";
import { MAX_PDF_BYTES } from "../deck-uploads.ts";
import { type Access, linkRoute, replyJson } from "../route.ts";
import { noQuery, type RouteParts, ticketQuery } from "./route-parts.ts";

const STAFF: readonly Access[] = ["instructor", "facilitator"];
const EVERYBODY: readonly Access[] = ["participant", ...STAFF];

const linkParams = z.object({ linkId: linkIdSchema });
const deckParams = linkParams.extend({ deckId: deckIdSchema });
const wholeNumber = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);
const pictureParams = deckParams.extend({
  page: wholeNumber,
  width: wholeNumber.pipe(z.literal(SLIDE_WIDTHS)),
});

/** Half a year: a deck's pictures never change, a new upload is a new deck. */
const PICTURE_CACHE = "private, max-age=15552000, immutable";

export function deckRoutes({ store, slides, uploads }: RouteParts) {
  return [
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/decks",
      summary: "Lists the decks of the class",
      access: STAFF,
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: deckListSchema },
      async handle({ actor }) {
        return replyJson(200, { items: await store.decks.list(actor.session.id) });
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/decks",
      summary: "Uploads a PDF; its pages are drawn after the answer",
      access: STAFF,
      trail: {
        action: "deck.uploaded",
        about: ({ json }) => ({ subject: { kind: "deck", id: json?.id ?? null } }),
      },
      params: linkParams,
      query: deckUploadQuerySchema,
      body: { kind: "pdf", schema: z.instanceof(Readable), maxBytes: MAX_PDF_BYTES },
      response: { status: 202, schema: deckSchema },
      async handle({ query, body, actor }) {
        const deck = await uploads.take(actor.session.id, query.title, body);
        return deck.ok ? replyJson(202, deck.data) : deck;
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/decks/:deckId",
      summary: "One deck, and how far the drawing of its pages is",
      access: STAFF,
      params: deckParams,
      query: noQuery,
      response: { status: 200, schema: deckDetailSchema },
      async handle({ params, actor }) {
        const deck = await deckOf(store, actor.session.id, params.deckId);
        if (!deck.ok) return deck;
        return replyJson(200, { ...deck.data, progress: uploads.progress(deck.data.id) });
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/decks/:deckId/pages",
      summary: "The pages of a deck with their text, for screen readers",
      access: EVERYBODY,
      params: deckParams,
      query: ticketQuery,
      isForNodes: true,
      response: { status: 200, schema: slidePagesSchema },
      async handle({ params, actor }) {
        const deck = await deckOf(store, actor.session.id, params.deckId);
        if (!deck.ok) return deck;
        const pages = deck.data.status === "ready" ? await slides.pages(deck.data.id) : null;
        return pages ? replyJson(200, { items: pages }) : refuse("not-found", "the deck has no pages");
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/decks/:deckId/pages/:page/:width",
      summary: "One page's picture",
      access: EVERYBODY,
      params: pictureParams,
      query: ticketQuery,
      isForNodes: true,
      response: { status: 200, schema: null, types: ["image/webp"] },
      limit: "free",
      async handle({ params, actor }) {
        const deck = await deckOf(store, actor.session.id, params.deckId);
        if (!deck.ok) return deck;
        if (deck.data.status !== "ready") return refuse("not-found", "the deck has no pages");
        const file = slides.pictureFile(deck.data.id, params.page, params.width);
        if (file === null) return refuse("not-found", "there is no such page");
        return accept({
          status: 200,
          headers: { "Cache-Control": PICTURE_CACHE },
          body: { file, type: "image/webp" },
        });
      },
    }),
  ];
}

/** A deck of this session; another session's is as unknown as none. */
async function deckOf(store: Store, sessionId: SessionId, deckId: DeckId): Promise<Result<Deck>> {
  const deck = await store.decks.find(deckId);
  return deck?.sessionId === sessionId ? accept(deck) : refuse("deck-unknown");
}
