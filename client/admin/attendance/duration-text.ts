import { formatNumber, wholeMinutes } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";

/** Under this, seconds matter. */
const EXACT_UNDER_MS = 10 * 60_000;

/** `38 menit`, or `1 mnt 52 dtk` for what is short; never more than it was. */
export function durationText(ms: number): string {
  if (ms < EXACT_UNDER_MS) return exactDuration(ms);
  return t("duration.minutes", { minutes: formatNumber(wholeMinutes(ms)) });
}

/** To the second, rounded down: for the intervals of evidence. */
export function exactDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return t("duration.seconds", { seconds });
  if (seconds % 60 === 0) return t("duration.minutes", { minutes: seconds / 60 });
  return t("duration.exact", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

/** `38 dari 45 menit`, or with seconds where the whole is short. */
export function durationOf(presentMs: number, heldMs: number): string {
  if (heldMs < EXACT_UNDER_MS) {
    return t("explain.timeOf", { present: durationText(presentMs), held: durationText(heldMs) });
  }
  return t("explain.minutesOf", {
    present: formatNumber(wholeMinutes(presentMs)),
    held: formatNumber(wholeMinutes(heldMs)),
  });
}
