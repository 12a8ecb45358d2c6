import { z } from "zod";
import { CAPTION_FAULTS, cuesFrom } from "../../protocol/caption-file.ts";
import {
  captionBodySchema,
  captionLanguageSchema,
  captionListSchema,
  captionTextSchema,
  captionTrackSchema,
  MAX_CAPTION_BYTES,
} from "../../protocol/captions.ts";
import { accept, refuse } from "../../protocol/errors.ts";
import { recordingIdSchema } from "../../protocol/ids.ts";
import { fieldRefused } from "../field-refusal.ts";
import { watchedFrom } from "../recording-viewer.ts";
import { officeRoute, replyJson, viewerRoute } from "../route.ts";
import { noQuery, type RouteParts } from "./route-parts.ts";

const recordingParams = z.object({ recordingId: recordingIdSchema });
const captionParams = recordingParams.extend({ language: captionLanguageSchema });

/** In JSON each letter of the file can take six bytes at worst, two as a rule. */
const MAX_BODY_BYTES = 2 * MAX_CAPTION_BYTES;
const MOST_LANGUAGES = 20;

const about = ({ params }: { readonly params: z.output<typeof captionParams> }) => ({
  detail: { language: params.language },
});

/** PY1–PY4: captions of a recording, written by the office and read by who may watch it. */
export function captionRoutes({ store, clock }: RouteParts) {
  return [
    officeRoute({
      method: "put",
      path: "/api/v1/recordings/:recordingId/captions/:language",
      summary: "Writes a recording's captions in a language, from a WebVTT or SubRip file",
      access: ["admin", "write-key"],
      trail: { action: "captions.written", about },
      params: captionParams,
      query: noQuery,
      body: { kind: "json", schema: captionBodySchema, maxBytes: MAX_BODY_BYTES },
      response: { status: 200, schema: captionTrackSchema },
      async handle({ params: { recordingId, language }, body }) {
        const watched = await watchedFrom(store, recordingId);
        if (!watched.ok) return watched;
        const read = cuesFrom(body.content);
        if (!read.ok) {
          const { line, fault } = read.problem;
          return fieldRefused("content", `line ${line}: ${CAPTION_FAULTS[fault]}`, "captions-unreadable");
        }
        const { cues } = read;
        const known = await store.captions.list(recordingId);
        if (known.length >= MOST_LANGUAGES && !known.some((one) => one.language === language)) {
          return refuse("conflict", `a recording has captions in at most ${MOST_LANGUAGES} languages`);
        }
        const updatedAt = clock.now();
        await store.captions.put({ recordingId, language, cues, updatedAt });
        return replyJson(200, { language, cueCount: cues.length, updatedAt });
      },
    }),
    officeRoute({
      method: "delete",
      path: "/api/v1/recordings/:recordingId/captions/:language",
      summary: "Removes a recording's captions in a language",
      access: ["admin", "write-key"],
      trail: { action: "captions.removed", about },
      params: captionParams,
      query: noQuery,
      response: { status: 204, schema: null },
      async handle({ params: { recordingId, language } }) {
        const isRemoved = await store.captions.remove(recordingId, language);
        return isRemoved ? accept({ status: 204, body: null }) : refuse("not-found");
      },
    }),
    viewerRoute({
      method: "get",
      path: "/api/v1/recordings/:recordingId/captions",
      summary: "In which languages a recording has captions",
      params: recordingParams,
      query: noQuery,
      response: { status: 200, schema: captionListSchema },
      async handle({ params }) {
        return replyJson(200, { items: await store.captions.list(params.recordingId) });
      },
    }),
    viewerRoute({
      method: "get",
      path: "/api/v1/recordings/:recordingId/captions/:language",
      summary: "What is said in a recording, in a language",
      params: captionParams,
      query: noQuery,
      response: { status: 200, schema: captionTextSchema },
      async handle({ params: { recordingId, language } }) {
        const found = await store.captions.find(recordingId, language);
        return found ? replyJson(200, { language, cues: found.cues }) : refuse("not-found");
      },
    }),
  ];
}
