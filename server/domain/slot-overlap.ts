import type { JpHundredths } from "./jp.ts";

export interface CreditedSlot {
  readonly slotId: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly credit: JpHundredths;
}

/**
 * AT11: of one person's slots that overlap in time only the one with more credit counts, then the one with
 * the earlier id. Slots are taken in that order, each unless it overlaps one already taken, so that a slot
 * which does not count crowds out nobody. Answers with those that count, in their given order.
 */
export function countingSlots<S extends CreditedSlot>(slots: readonly S[]): readonly S[] {
  const taken: S[] = [];
  for (const slot of [...slots].sort(byCreditThenId)) {
    if (!taken.some((other) => slot.startAt < other.endAt && other.startAt < slot.endAt)) taken.push(slot);
  }
  const counting = new Set(taken);
  return slots.filter((slot) => counting.has(slot));
}

function byCreditThenId(a: CreditedSlot, b: CreditedSlot): number {
  if (a.credit !== b.credit) return b.credit - a.credit;
  return a.slotId < b.slotId ? -1 : a.slotId > b.slotId ? 1 : 0;
}
