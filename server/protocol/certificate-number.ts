import { z } from "zod";
import { lineSchema } from "./api-fields.ts";

/** How a programme's certificates are numbered; the same function shows the next number as somebody types. */

/**
 * `{number}` counts a programme's certificates from 1 in four digits (`{number:6}` in six), `{programme}` is its code;
 * `{year}`, `{month}` and `{month-roman}` are those of issue.
 */
export const DEFAULT_NUMBER_TEMPLATE = "{number}/{programme}/{year}";

const KNOWN = /\{(?:number(?::[1-9])?|programme|year|month|month-roman)\}/g;
const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

export const numberTemplateSchema = lineSchema(80)
  .refine((text) => /\{number(:[1-9])?\}/.test(text), "must contain {number}")
  .refine(
    (text) => !/[{}]/.test(text.replace(KNOWN, "")),
    "knows {number}, {number:6}, {programme}, {year}, {month} and {month-roman} only",
  );

interface Numbered {
  /** From 1. */
  readonly sequence: number;
  readonly programme: string;
  /** Of issue (epoch ms), in the programme's time zone. */
  readonly at: number;
  readonly timeZone: string;
}

/** A certificate's number by a template that is one. */
export function certificateNumberFrom(template: string, numbered: Numbered): string {
  const { sequence, programme, at, timeZone } = numbered;
  const parts = new Intl.DateTimeFormat("en", { year: "numeric", month: "numeric", timeZone }).formatToParts(
    at,
  );
  const part = (type: "year" | "month") => parts.find((one) => one.type === type)?.value ?? "";
  const month = part("month");
  return template.replace(KNOWN, (found) => {
    const [name, digits] = found.slice(1, -1).split(":");
    if (name === "number") return String(sequence).padStart(Number(digits ?? 4), "0");
    if (name === "programme") return programme;
    if (name === "year") return part("year");
    return name === "month" ? month.padStart(2, "0") : (ROMAN[Number(month) - 1] ?? month);
  });
}

export const certificateNumberingSchema = z.strictObject({
  template: z.string(),
  /** The number of the next certificate, were it issued now. */
  next: z.string(),
  nextSequence: z.number().int(),
  timeZone: z.string(),
});
export type CertificateNumbering = z.infer<typeof certificateNumberingSchema>;

export const certificateNumberingBodySchema = z.strictObject({ template: numberTemplateSchema });
