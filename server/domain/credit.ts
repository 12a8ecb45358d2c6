import { creditedMsOf } from "../protocol/credited-time.ts";
import type { Policy, SessionMode, Slot, SlotAttendance } from "../protocol/evidence.ts";
import {
  floorOfProduct,
  hundredthsFromJp,
  isJp,
  isProductAtLeast,
  type JpHundredths,
  jpFromHundredths,
} from "./jp.ts";
import { type Adjustment, decisiveMark, type SlotRulings } from "./marks.ts";
import type { SlotTime } from "./person-time.ts";

/** 100 % in basis points, the unit of every share. */
const WHOLE_SHARE = 10_000;

/** What is the same for everybody in a slot. */
export interface SlotFacts {
  readonly mode: SessionMode;
  readonly slot: Slot;
  /** Slot ∩ held time, ms. */
  readonly heldMs: number;
  /** AT6's answer. */
  readonly isHeld: boolean;
}

interface Credit {
  readonly hundredths: JpHundredths;
  readonly because: SlotAttendance["because"];
}

/** AT6: whether a slot was held, and so credits somebody and is required of anybody. */
export function isSlotHeld(
  mode: SessionMode,
  slot: Slot,
  heldMs: number,
  isMarked: boolean,
  policy: Pick<Policy, "minHeldShare">,
): boolean {
  if (mode === "offline" || (mode === "hybrid" && isMarked)) return true;
  return isProductAtLeast(heldMs, WHOLE_SHARE, policy.minHeldShare, slot.endAt - slot.startAt);
}

/** AT6 to AT10 for one person in one slot. */
export function slotCreditFrom(
  facts: SlotFacts,
  time: SlotTime,
  rulings: SlotRulings,
  policy: Pick<Policy, "slotCredit" | "minSlotShare">,
): SlotAttendance {
  const { slot, heldMs } = facts;
  const creditedMs = creditedMsOf(time);
  const computed = computedCredit(facts, creditedMs, rulings, policy);
  const adjustment = decisiveAdjustment(slot, rulings.adjustments);
  return {
    slotId: slot.id,
    heldMs,
    ...time,
    share: heldMs === 0 ? 0 : floorOfProduct(creditedMs, WHOLE_SHARE, heldMs),
    jp: jpFromHundredths(adjustment ? hundredthsFromJp(adjustment.jp) : computed.hundredths),
    computedJp: jpFromHundredths(computed.hundredths),
    because: adjustment ? "adjusted" : computed.because,
  };
}

/** AT9: the last adjustment that is valid; a void one is as if it were not there. */
export function decisiveAdjustment(slot: Slot, adjustments: readonly Adjustment[]): Adjustment | null {
  const isValid = ({ jp, by, approvedBy }: Adjustment) =>
    approvedBy !== "" && approvedBy !== by && isJp(jp) && jp >= 0 && isAtMost(jp, slot.jp);
  return adjustments.findLast(isValid) ?? null;
}

function isAtMost(jp: number, slotJp: number): boolean {
  return hundredthsFromJp(jp) <= hundredthsFromJp(slotJp);
}

function computedCredit(
  facts: SlotFacts,
  creditedMs: number,
  rulings: SlotRulings,
  policy: Pick<Policy, "slotCredit" | "minSlotShare">,
): Credit {
  if (!facts.isHeld) return { hundredths: 0, because: "not-held" };
  if (facts.mode === "online") return timeCredit(facts, creditedMs, policy);
  const byMark = markCredit(facts.slot, rulings);
  if (facts.mode === "offline") return byMark;
  const byTime = timeCredit(facts, creditedMs, policy);
  return byMark.hundredths > byTime.hundredths ? byMark : byTime;
}

/** AT8. */
function timeCredit(
  { slot, heldMs }: SlotFacts,
  creditedMs: number,
  policy: Pick<Policy, "slotCredit" | "minSlotShare">,
): Credit {
  const hundredths = hundredthsFromJp(slot.jp);
  if (policy.slotCredit === "proportional") {
    const earned = heldMs === 0 ? 0 : floorOfProduct(hundredths, creditedMs, heldMs);
    return { hundredths: earned, because: "proportional" };
  }
  // Where nothing was held the share is 0, not 0 ÷ 0, which the product form would call met.
  const isMet =
    heldMs === 0
      ? policy.minSlotShare === 0
      : isProductAtLeast(creditedMs, WHOLE_SHARE, policy.minSlotShare, heldMs);
  return isMet ? { hundredths, because: "met" } : { hundredths: 0, because: "below" };
}

/** AT10. */
function markCredit(slot: Slot, rulings: SlotRulings): Credit {
  const mark = decisiveMark(rulings.marks);
  if (!mark) return { hundredths: 0, because: "unmarked" };
  return { hundredths: mark.status === "present" ? hundredthsFromJp(slot.jp) : 0, because: "marked" };
}
