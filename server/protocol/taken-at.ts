import { z } from "zod";
import { atSchema } from "./api-fields.ts";
import { isoDateFrom } from "./iso-date-from.ts";

const DIGITS = /^\d{12,14}$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2})[:.](\d{2})(?:[:.](\d{2}))?)?$/;
const MESSAGE =
  "must be epoch milliseconds, or a time such as 2026-08-05 09:30 (WIB), 05/08/2026 09:30 (WIB) or 2026-08-05T09:30:00+08:00";

/**
 * When a result was made, epoch ms: a number, digits, an ISO 8601 time with its offset, or a date with or
 * without a time, the year or the day first, which is Western Indonesian time (UTC+7), as spreadsheets of learning
 * systems write it.
 */
export const takenAtSchema = z
  .union([z.number(), z.string().max(40)])
  .transform((value, context) => {
    const at = typeof value === "number" ? value : atFrom(value.trim());
    if (at !== null && Number.isSafeInteger(at)) return at;
    context.addIssue({ code: "custom", message: MESSAGE });
    return z.NEVER;
  })
  .pipe(atSchema);

function atFrom(text: string): number | null {
  if (DIGITS.test(text)) return Number(text);
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return Date.parse(text);
  const [, date, hour = "00", minute = "00", second = "00"] = LOCAL.exec(isoDateFrom(text)) ?? [];
  const whole = `${date}T${hour}:${minute}:${second}+07:00`;
  return z.iso.datetime({ offset: true }).safeParse(whole).success ? Date.parse(whole) : null;
}
