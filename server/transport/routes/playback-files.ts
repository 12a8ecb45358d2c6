import { z } from "zod";
import { type MadeFile, SLIDE_WIDTHS } from "../../ports.ts";
import { slidePagesSchema } from "../../protocol/api.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { deckIdSchema, type RecordingId, recordingIdSchema, roomIdSchema } from "../../protocol/ids.ts";
import { SOUND_PIECE_MS, STILL_EVERY_S, soundQualitySchema } from "../../protocol/playback.ts";
import { trackIdSchema } from "../../protocol/recordings.ts";
import { credentialOf, type Viewer } from "../recording-viewer.ts";
import { type Reply, replyJson, viewerRoute } from "../route.ts";
import { noQuery, type RouteParts } from "./route-parts.ts";

const PATH = "/api/v1/recordings/:recordingId/media/:leave";
/** As long as an address counts. */
const CACHE = "private, max-age=300";

const count = z
  .string()
  .regex(/^(0|[1-9]\d{0,6})$/, "must be a whole number")
  .transform(Number);
const leaveParams = z.object({ recordingId: recordingIdSchema, leave: z.string() });
const trackParams = leaveParams.extend({ trackId: trackIdSchema, number: count });
const soundParams = leaveParams.extend({ quality: soundQualitySchema, room: roomIdSchema, number: count });
const stillParams = trackParams.extend({ second: count.refine((second) => second % STILL_EVERY_S === 0) });
const deckParams = leaveParams.extend({ deckId: deckIdSchema });
const pageParams = deckParams.extend({ page: count, width: count.pipe(z.literal(SLIDE_WIDTHS)) });

/** PB8: what a player fetches, by addresses that count for a few minutes and for one viewer's browser alone. */
export function playbackFileRoutes({ store, slides, playback, auth }: RouteParts) {
  type Asked = { readonly recordingId: RecordingId; readonly leave: string };

  function mayFetch({ recordingId, leave }: Asked, viewer: Viewer): boolean {
    return auth.isLeave({ recordingId, credential: credentialOf(viewer) }, leave);
  }

  /** A deck that was shown in the recording. */
  async function isOfRecording(recordingId: RecordingId, deckId: string): Promise<boolean> {
    const timeline = await playback.timeline(recordingId);
    return timeline?.slides.some((slide) => slide.isShown && slide.deckId === deckId) ?? false;
  }

  const common = { method: "get", query: noQuery, limit: "free" } as const;
  return [
    viewerRoute({
      ...common,
      path: `${PATH}/tracks/:trackId/:number`,
      summary: "A segment of a track",
      params: trackParams,
      response: { status: 200, schema: null, types: ["video/webm"] },
      async handle({ params, actor }) {
        if (!mayFetch(params, actor)) return refuse("forbidden", OTHERS);
        const file = await playback.segmentFile(params.recordingId, params.trackId, params.number);
        return file === null ? refuse("not-found") : replyMade({ file }, "video/webm");
      },
    }),
    viewerRoute({
      ...common,
      path: `${PATH}/sound/:quality/:room/:number`,
      summary: "All sound of a room, ten seconds of it",
      params: soundParams,
      response: { status: 200, schema: null, types: ["audio/webm"] },
      async handle({ params, actor }) {
        if (!mayFetch(params, actor)) return refuse("forbidden", OTHERS);
        const { recordingId, room, number, quality } = params;
        const timeline = await playback.timeline(recordingId);
        if (!timeline?.rooms.some(({ roomId }) => roomId === room)) return refuse("not-found");
        if (number * SOUND_PIECE_MS >= timeline.durationMs) return refuse("not-found");
        return replyMade(await playback.soundPiece(recordingId, room, number, quality), "audio/webm");
      },
    }),
    viewerRoute({
      ...common,
      path: `${PATH}/stills/:trackId/:number/:second`,
      summary: "What a segment shows at a second, as a picture",
      params: stillParams,
      response: { status: 200, schema: null, types: ["image/webp"] },
      async handle({ params, actor }) {
        if (!mayFetch(params, actor)) return refuse("forbidden", OTHERS);
        const { recordingId, trackId, number, second } = params;
        if ((await playback.segmentFile(recordingId, trackId, number)) === null) return refuse("not-found");
        return replyMade(await playback.still(recordingId, trackId, number, second), "image/webp");
      },
    }),
    viewerRoute({
      ...common,
      path: `${PATH}/decks/:deckId/pages`,
      summary: "The text of a deck that was shown",
      params: deckParams,
      response: { status: 200, schema: slidePagesSchema },
      async handle({ params, actor }) {
        if (!mayFetch(params, actor)) return refuse("forbidden", OTHERS);
        if (!(await isOfRecording(params.recordingId, params.deckId))) return refuse("not-found");
        const pages = await slides.pages(params.deckId);
        return pages ? replyJson(200, { items: pages }, { "Cache-Control": CACHE }) : refuse("not-found");
      },
    }),
    viewerRoute({
      ...common,
      path: `${PATH}/decks/:deckId/pages/:page/:width`,
      summary: "A page of a deck that was shown, as a picture",
      params: pageParams,
      response: { status: 200, schema: null, types: ["image/webp"] },
      async handle({ params, actor }) {
        if (!mayFetch(params, actor)) return refuse("forbidden", OTHERS);
        const { recordingId, deckId, page, width } = params;
        if (!(await isOfRecording(recordingId, deckId))) return refuse("not-found");
        const deck = await store.decks.find(deckId);
        const file = deck?.status === "ready" ? slides.pictureFile(deckId, page, width) : null;
        return file === null ? refuse("not-found") : replyMade({ file }, "image/webp");
      },
    }),
  ];
}

const OTHERS = "this address has run out, or is another browser's";

/** What cannot be made now may be made later: too much waits, or ffmpeg is missing. */
function replyMade(made: MadeFile | null, type: string): Result<Reply<never>> {
  if (!made) return refuse("unavailable");
  return accept({ status: 200, headers: { "Cache-Control": CACHE }, body: { ...made, type } });
}
