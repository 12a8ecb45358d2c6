import type { Slot } from "../protocol/evidence.ts";

/** Indonesia's zones by their IANA names; others are shown as an offset. */
const ZONES: Readonly<Record<string, string>> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Jayapura": "WIT",
  UTC: "UTC",
};

/** A slot in words, such as `Slot 1, 05/08/2024 09.00–09.45 WIB`; `index` is from 0. */
export function slotTitle(slot: Pick<Slot, "startAt" | "endAt">, index: number, timeZone: string): string {
  const zone = isTimeZone(timeZone) ? timeZone : "UTC";
  const date = format(slot.startAt, zone, { day: "2-digit", month: "2-digit", year: "numeric" });
  const time = (at: number) =>
    format(at, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).replace(":", ".");
  return `Slot ${index + 1}, ${date} ${time(slot.startAt)}–${time(slot.endAt)} ${zoneName(slot.startAt, zone)}`;
}

function zoneName(at: number, zone: string): string {
  if (ZONES[zone]) return ZONES[zone];
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(
    at,
  );
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

function format(at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("id-ID", { ...options, timeZone }).format(at);
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("id-ID", { timeZone });
    return true;
  } catch {
    return false;
  }
}
