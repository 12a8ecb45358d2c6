import { z } from "zod";
import { lineSchema } from "./api-fields.ts";

/** Who issues certificates: the body that runs this installation, and who signs in its name. */

export const MAX_LOGO_BYTES = 1024 * 1024;
export const LOGO_TYPES = ["image/png", "image/jpeg"] as const;

const optionalLine = (maxLength: number) =>
  z
    .union([z.literal("").transform(() => null), z.null(), lineSchema(maxLength)])
    .optional()
    .transform((text) => text ?? null);

export const issuerBodySchema = z.strictObject({
  /** The body's name as certificates show it. */
  name: lineSchema(200),
  /** Stands before the date of issue. */
  city: optionalLine(100),
  signerName: optionalLine(200),
  signerTitle: optionalLine(200),
  /** A number, kept as text. */
  signerNip: optionalLine(64),
});

const shown = z.strictObject({
  name: z.string(),
  city: z.string().nullable(),
  signerName: z.string().nullable(),
  signerTitle: z.string().nullable(),
  signerNip: z.string().nullable(),
  /** SHA-256 of the picture in lowercase hex; it never changes what was issued with another. */
  logo: z.string().nullable(),
});

/** The issuer as a certificate keeps it. */
export const issuerFactsSchema = shown;
export type IssuerFacts = z.infer<typeof issuerFactsSchema>;

/** `name` is null until somebody has said who issues. */
export const issuerSchema = shown.extend({ name: z.string().nullable() });
export type IssuerJson = z.infer<typeof issuerSchema>;
