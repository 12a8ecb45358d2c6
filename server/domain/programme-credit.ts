import {
  floorOfProduct,
  hundredthsFromJp,
  isProductAtLeast,
  type JpHundredths,
  jpFromHundredths,
} from "./jp.ts";
import { countingSlots } from "./slot-overlap.ts";

export interface CreditedUnit {
  readonly code: string;
  readonly jp: number;
  readonly selfStudyJp: number;
}

/** One slot of one person, of any session of the programme. */
export interface PersonSlot {
  readonly unit: string;
  readonly slotId: string;
  readonly startAt: number;
  readonly endAt: number;
  /** What the person got for it, JP. */
  readonly jp: number;
}

export interface UnitCredit {
  readonly code: string;
  /** At most the unit's own JP. */
  readonly jp: number;
  /** Before that limit: from the slots that count, and from accepted self-study. */
  readonly slotJp: number;
  readonly selfStudyJp: number;
  /** The slots that overlap in time with one that counts are not among them. */
  readonly slotIds: readonly string[];
}

export interface ProgrammeCredit {
  readonly jp: number;
  readonly units: readonly UnitCredit[];
}

/**
 * AT11 for one person: slots of all sessions (overlapping ones count once, also across units), self-study
 * of the units whose result `self-study:<unit>` is accepted, each unit at most its JP. Slots of units that
 * the programme does not have count for nothing.
 */
export function programmeCreditFrom(
  units: readonly CreditedUnit[],
  slots: readonly PersonSlot[],
  acceptedSelfStudy: ReadonlySet<string>,
): ProgrammeCredit {
  const codes = new Set(units.map((unit) => unit.code));
  const own = slots.filter((slot) => codes.has(slot.unit));
  const counting = countingSlots(own.map((slot) => ({ ...slot, credit: hundredthsFromJp(slot.jp) })));
  const credits = units.map((unit) => {
    const slotsOfUnit = counting.filter((slot) => slot.unit === unit.code);
    const slotCredit = slotsOfUnit.reduce((sum, slot) => sum + slot.credit, 0);
    const selfStudy = acceptedSelfStudy.has(unit.code) ? hundredthsFromJp(unit.selfStudyJp) : 0;
    return {
      code: unit.code,
      jp: jpFromHundredths(Math.min(slotCredit + selfStudy, hundredthsFromJp(unit.jp))),
      slotJp: jpFromHundredths(slotCredit),
      selfStudyJp: jpFromHundredths(selfStudy),
      slotIds: slotsOfUnit.map((slot) => slot.slotId),
    };
  });
  const total = credits.reduce((sum, unit) => sum + hundredthsFromJp(unit.jp), 0);
  return { jp: jpFromHundredths(total), units: credits };
}

/**
 * The JP a unit asks for: minShare × the lesser of the unit's JP and the JP of its held slots plus
 * self-study, rounded up to a hundredth, which credit in whole hundredths reaches exactly when it reaches
 * the product. Null for a unit with no held slot: it is unmet, whatever was credited.
 */
export function requiredUnitJp(
  unit: Pick<CreditedUnit, "jp" | "selfStudyJp">,
  heldSlotJps: readonly number[],
  minShare: number,
): number | null {
  if (heldSlotJps.length === 0) return null;
  return jpFromHundredths(ceilingOfShare(attainableJp({ ...unit, heldSlotJps }), minShare));
}

/**
 * The JP a whole programme asks for: minShare × the sum of what each unit offered (the lesser of its JP and
 * the JP of its held slots plus self-study), rounded up once. A unit of self-study alone is part of the sum.
 * Null where no slot of any unit was held.
 */
export function requiredTotalJp(
  units: readonly (Pick<CreditedUnit, "jp" | "selfStudyJp"> & { readonly heldSlotJps: readonly number[] })[],
  minShare: number,
): number | null {
  if (units.every(({ heldSlotJps }) => heldSlotJps.length === 0)) return null;
  const base = units.reduce((sum, unit) => sum + attainableJp(unit), 0);
  return jpFromHundredths(ceilingOfShare(base, minShare));
}

function attainableJp(
  unit: Pick<CreditedUnit, "jp" | "selfStudyJp"> & { readonly heldSlotJps: readonly number[] },
): JpHundredths {
  const held = unit.heldSlotJps.reduce((sum, jp) => sum + hundredthsFromJp(jp), 0);
  return Math.min(hundredthsFromJp(unit.jp), held + hundredthsFromJp(unit.selfStudyJp));
}

function ceilingOfShare(hundredths: JpHundredths, share: number): JpHundredths {
  const floor = floorOfProduct(hundredths, share, 10_000);
  return isProductAtLeast(floor, 10_000, hundredths, share) ? floor : floor + 1;
}
