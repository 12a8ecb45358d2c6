import type { Policy, Slot } from "../protocol/evidence.ts";
import { hundredthsFromJp } from "./jp.ts";

/**
 * Whether a slot is as long as its JP say. A warning to whoever plans a session, never a refusal: credit
 * does not depend on it.
 */
export function isSlotLengthUsual(
  slot: Pick<Slot, "startAt" | "endAt" | "jp">,
  policy: Pick<Policy, "minutesPerJp">,
): boolean {
  return slot.endAt - slot.startAt === hundredthsFromJp(slot.jp) * policy.minutesPerJp * 600;
}
