import type { Slot } from "../../../server/protocol/evidence.ts";

/** Where a moment lies among a session's slots; `number` counts from 1. */
export type CurrentSlot =
  | { readonly kind: "running"; readonly number: number; readonly slot: Slot; readonly minutesLeft: number }
  | { readonly kind: "coming"; readonly number: number; readonly slot: Slot }
  | { readonly kind: "over" };

export function currentSlotFrom(slots: readonly Slot[], now: number): CurrentSlot {
  const index = slots.findIndex((slot) => now < slot.endAt);
  const slot = slots[index];
  if (!slot) return { kind: "over" };
  const number = index + 1;
  if (now < slot.startAt) return { kind: "coming", number, slot };
  return { kind: "running", number, slot, minutesLeft: Math.ceil((slot.endAt - now) / 60_000) };
}
