import { z } from "zod";

/**
 * What the server and the child that draws a deck say to each other. Both sides parse: the child has read a
 * stranger's file, and the server must not believe it more than the file.
 */

/** Longer text of one page is cut: it is for reading aloud and for searching. */
export const MAX_PAGE_TEXT = 20_000;

/** The server's one message: what to draw and within which bounds. */
export const rasteriserOrderSchema = z.strictObject({
  pdfFile: z.string(),
  /** An empty folder; the pictures are written into it. */
  folder: z.string(),
  maxPages: z.int().positive(),
  maxResidentBytes: z.int().positive(),
  deckMs: z.int().positive(),
});
export type RasteriserOrder = z.infer<typeof rasteriserOrderSchema>;

export const slidePageSchema = z.strictObject({
  page: z.int().positive(),
  text: z.string().max(MAX_PAGE_TEXT),
  width: z.int().positive(),
  height: z.int().positive(),
});

export const rasteriserReportSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("opened"), pageCount: z.int().positive() }),
  z.strictObject({ type: z.literal("drawn"), page: slidePageSchema }),
  z.strictObject({
    type: z.literal("refused"),
    code: z.enum(["pdf-broken", "pdf-encrypted", "pdf-too-many-pages", "pdf-too-slow", "unavailable"]),
    details: z.string().max(500),
  }),
  z.strictObject({ type: z.literal("done") }),
]);
export type RasteriserReport = z.infer<typeof rasteriserReportSchema>;
