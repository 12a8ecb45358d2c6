import { z } from "zod";

/** A file of captions can have this many bytes: 1 MB is about ten hours of speech. */
export const MAX_CAPTION_BYTES = 1024 * 1024;

/** A language as BCP 47 names it: `id`, `en`, `jv`. */
export const captionLanguageSchema = z
  .string()
  .max(16)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, "must be a language such as id or en");

export const captionBodySchema = z.strictObject({
  /** The whole file, WebVTT or SubRip. */
  content: z.string().min(1).max(MAX_CAPTION_BYTES),
});

const cueSchema = z.strictObject({
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().positive(),
  text: z.string().min(1),
});
/** What the store keeps and the player shows. */
export const captionCuesSchema = z.array(cueSchema);

export const captionTrackSchema = z.strictObject({
  language: captionLanguageSchema,
  cueCount: z.number().int().min(1),
  /** Epoch ms. */
  updatedAt: z.number(),
});
export type CaptionTrack = z.infer<typeof captionTrackSchema>;

export const captionListSchema = z.strictObject({ items: z.array(captionTrackSchema) });
export const captionTextSchema = z.strictObject({ language: captionLanguageSchema, cues: captionCuesSchema });
