import type { Slot, SlotAttendance } from "../../../server/protocol/evidence.ts";

/** How a slot stands: AT6 can say that it was not held only once it is over. */
export type SlotState = "before" | "running" | "decided";

export function slotStateFrom(
  slot: Pick<Slot, "startAt" | "endAt">,
  attendance: Pick<SlotAttendance, "because" | "heldMs">,
  isClassOpen: boolean,
  now: number,
): SlotState {
  const isRuled = attendance.because === "marked" || attendance.because === "adjusted";
  if (isRuled || now >= slot.endAt) return "decided";
  if (now < slot.startAt) return "before";
  return isClassOpen || attendance.heldMs === 0 ? "running" : "decided";
}
