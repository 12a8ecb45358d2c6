import type { SlotAttendance } from "./evidence.ts";

type CountedTime = Pick<SlotAttendance, "observedMs" | "bridgedMs" | "outageMs">;

/** What counts of a slot (AT7): observed, bridged and outage time together, in milliseconds. */
export function creditedMsOf({ observedMs, bridgedMs, outageMs }: CountedTime): number {
  return observedMs + bridgedMs + outageMs;
}

/** The same over several slots: what the shares and the JP beside it come from. */
export function creditedTotalMs(slots: readonly CountedTime[]): number {
  return slots.reduce((sum, slot) => sum + creditedMsOf(slot), 0);
}
