import { z } from "zod";

/** The fields that the HTTP API's bodies are made of. */

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/**
 * One line that people wrote: trimmed, runs of blanks made one, NFC. A lone surrogate is refused: it has no
 * UTF-8, so that no evidence could contain it (RFC 8785).
 */
export function lineSchema(maxLength: number) {
  return z
    .string()
    .max(maxLength * 2)
    .refine((text) => text.isWellFormed(), "is not well-formed Unicode")
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => !CONTROL.test(text), "must not contain control characters or line breaks")
    .transform((text) => text.replace(/\s+/g, " "))
    .pipe(z.string().min(1).max(maxLength));
}

const CONTROL_BUT_BREAKS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

/** What `lineSchema` takes, in several lines: their ends become `\n`. */
export function paragraphSchema(maxLength: number) {
  return z
    .string()
    .max(maxLength * 2)
    .refine((text) => text.isWellFormed(), "is not well-formed Unicode")
    .transform((text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim())
    .refine((text) => !CONTROL_BUT_BREAKS.test(text), "must not contain control characters")
    .pipe(z.string().min(1).max(maxLength));
}

/** Codes of programmes, units, requirements: they stand in addresses and spreadsheets; no id looks like one. */
export const codeSchema = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$/, "must be 1 to 32 letters, digits, dots and hyphens");

const EARLIEST_AT = Date.UTC(2000, 0, 1);
const LATEST_AT = Date.UTC(2100, 0, 1);
/** A time of this century; seconds given for milliseconds are out of it. */
export const atSchema = z
  .number()
  .int()
  .min(EARLIEST_AT, "must be epoch milliseconds from the year 2000 on")
  .max(LATEST_AT, "must be epoch milliseconds before the year 2100");

/** An IANA name, such as Asia/Jakarta, that this system knows. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine((name) => {
    if (!/^[A-Za-z][0-9A-Za-z_+-]*(\/[A-Za-z][0-9A-Za-z_+-]*)*$/.test(name)) return false;
    try {
      new Intl.DateTimeFormat("en", { timeZone: name });
      return true;
    } catch {
      return false;
    }
  }, "must be an IANA time zone, such as Asia/Jakarta");

export const emailSchema = z.email().max(254);

const MAX_PAGE_LIMIT = 1000;
const pageLimitSchema = z
  .string()
  .regex(/^\d{1,4}$/, "must be a whole number")
  .transform(Number)
  .pipe(z.number().min(1).max(MAX_PAGE_LIMIT));

/** What every list takes. */
export const pageQuerySchema = z
  .strictObject({ limit: pageLimitSchema.optional(), cursor: z.string().min(1).max(256).optional() })
  .transform(({ limit, cursor }) => ({ limit: limit ?? 100, cursor: cursor ?? null }));

/** What every list answers with: `nextCursor` is null after the last. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}
