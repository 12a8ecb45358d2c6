import { DISPUTE_PERIOD_MS } from "../protocol/disputes.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ProposedAdjustment } from "./adjustments.ts";
import { type RulingContext, rosterCheckFrom, slotFrom } from "./roll-call.ts";

/** Of one person: about one slot, and about all slots of a session. */
export const MAX_DISPUTES_PER_SLOT = 3;
export const MAX_DISPUTES_PER_PERSON = 10;

/** What is known of a dispute besides what became of its proposals. */
interface FiledDispute {
  readonly slotId: string;
  readonly adjustmentIds: readonly string[];
  readonly answer: { readonly at: number } | null;
}

/** `open` waits for an administrator, `proposed` for a second one; the others are the end of it. */
export type DisputeState = "open" | "proposed" | "approved" | "rejected";

export interface DisputeStanding {
  readonly state: DisputeState;
  /** What the slot was given; null unless it was approved. */
  readonly jp: number | null;
  /** Epoch ms; null while nothing is decided. */
  readonly decidedAt: number | null;
}

/** DP5: what became of a dispute. A proposal that was rejected leaves it open; an answer ends it. */
export function disputeStandingFrom(
  dispute: FiledDispute,
  adjustments: ReadonlyMap<string, ProposedAdjustment>,
): DisputeStanding {
  const proposals = dispute.adjustmentIds.flatMap((id) => adjustments.get(id) ?? []);
  const approved = proposals.find(({ state }) => state === "approved");
  if (approved) return { state: "approved", jp: approved.jp, decidedAt: approved.decidedAt };
  if (dispute.answer) return { state: "rejected", jp: null, decidedAt: dispute.answer.at };
  const isProposed = proposals.some(({ state }) => state === "proposed");
  return { state: isProposed ? "proposed" : "open", jp: null, decidedAt: null };
}

/** When the last dispute of a session can be filed (epoch ms). */
export function disputesUntil({ slots }: Pick<RulingContext["session"], "slots">): number {
  return Math.max(0, ...slots.map((slot) => slot.endAt)) + DISPUTE_PERIOD_MS;
}

/**
 * DP1, DP2: whether somebody may dispute a slot now. `own` are their disputes of the session so far. Refuses
 * `slot-unknown` and `person-unknown`, which name their field, `slot-not-over`, `dispute-late`, `dispute-open` and
 * `dispute-limit`.
 */
export function decideDispute(
  context: RulingContext,
  own: readonly { readonly slotId: string; readonly state: DisputeState }[],
  { slotId, enrolmentId }: { readonly slotId: string; readonly enrolmentId: string },
  now: number,
): Result {
  const slot = slotFrom(context, slotId);
  if (!slot.ok) return slot;
  const person = rosterCheckFrom(context, enrolmentId);
  if (!person.ok) return person;
  if (now < slot.data.endAt) return refuse("slot-not-over");
  if (now > disputesUntil(context.session)) return refuse("dispute-late");
  const ofSlot = own.filter((dispute) => dispute.slotId === slotId);
  if (ofSlot.some(({ state }) => state === "open" || state === "proposed")) return refuse("dispute-open");
  if (ofSlot.length >= MAX_DISPUTES_PER_SLOT || own.length >= MAX_DISPUTES_PER_PERSON) {
    return refuse("dispute-limit");
  }
  return accept();
}

/** DP6: only what nobody has dealt with can become a proposal or be rejected. Refuses `dispute-decided`. */
export function decideDisputeReply({ state }: DisputeStanding): Result {
  return state === "open" ? accept() : refuse("dispute-decided");
}
