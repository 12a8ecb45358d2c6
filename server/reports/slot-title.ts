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
  return `Slot ${index + 1}, ${dayIn(slot.startAt, timeZone)} ${slotTimes(slot, timeZone)}`;
}

/** `05/08/2024`; an unknown zone counts as UTC. */
export function dayIn(at: number, timeZone: string): string {
  return format(at, knownZone(timeZone), { day: "2-digit", month: "2-digit", year: "numeric" });
}

/** `09.00 WIB`. */
export function timeIn(at: number, timeZone: string): string {
  const zone = knownZone(timeZone);
  return `${clockTime(at, zone)} ${zoneName(at, zone)}`;
}

/** `09.00–09.45 WIB`. */
export function slotTimes({ startAt, endAt }: Pick<Slot, "startAt" | "endAt">, timeZone: string): string {
  return `${clockTime(startAt, knownZone(timeZone))}–${timeIn(endAt, timeZone)}`;
}

function clockTime(at: number, zone: string): string {
  return format(at, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).replace(":", ".");
}

function knownZone(timeZone: string): string {
  return isTimeZone(timeZone) ? timeZone : "UTC";
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
