import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { EvidenceBody, EvidenceRow } from "../protocol/evidence.ts";
import { hundredthsFromJp, isJp } from "./jp.ts";
import { type RulingContext, refusedField, rosterCheckFrom, slotFrom } from "./roll-call.ts";

type BodyOf<Type extends EvidenceBody["type"]> = Extract<EvidenceBody, { type: Type }>;

/** What somebody wants a slot's credit to be. */
export interface AdjustmentRequest {
  readonly slotId: string;
  readonly enrolmentId: string;
  readonly jp: number;
  readonly reason: string;
}

/** One proposal and what became of it, read from the ledger alone (AJ4). Times are epoch ms. */
export interface ProposedAdjustment extends AdjustmentRequest {
  readonly adjustmentId: string;
  readonly state: "proposed" | "approved" | "rejected";
  readonly proposedBy: string;
  /** Null for an adjustment whose proposal the ledger lacks (AT9 needs none). */
  readonly proposedAt: number | null;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
}

/**
 * AJ1: the row of a proposal. Refuses `slot-unknown`, `person-unknown` and `bad-request` (JP that the slot
 * does not have, or with more than two decimals), which name their field.
 */
export function decideProposal(
  context: RulingContext,
  { slotId, enrolmentId, jp, reason }: AdjustmentRequest,
  { by, adjustmentId }: { readonly by: string; readonly adjustmentId: string },
): Result<BodyOf<"adjustment.proposed">> {
  const slot = slotFrom(context, slotId);
  if (!slot.ok) return slot;
  const person = rosterCheckFrom(context, enrolmentId);
  if (!person.ok) return person;
  if (!isJp(jp) || jp < 0 || hundredthsFromJp(jp) > hundredthsFromJp(slot.data.jp)) {
    return refusedField("bad-request", "jp", `must be from 0 to ${slot.data.jp}, with at most two decimals`);
  }
  return accept({ type: "adjustment.proposed", adjustmentId, slotId, enrolmentId, jp, reason, by });
}

/**
 * AJ2, AJ3: the row that approves or rejects a proposal. Refuses `adjustment-unknown`, `adjustment-decided`,
 * and `own-adjustment` to whoever proposed it.
 */
export function decideRuling(
  rows: readonly EvidenceRow[],
  adjustmentId: string,
  ruling: "approve" | "reject",
  by: string,
): Result<BodyOf<"attendance.adjusted"> | BodyOf<"adjustment.rejected">> {
  const known = adjustmentsFrom(rows).find((one) => one.adjustmentId === adjustmentId);
  if (!known) return refuse("adjustment-unknown");
  if (known.state !== "proposed") return refuse("adjustment-decided");
  if (known.proposedBy === by) return refuse("own-adjustment");
  if (ruling === "reject") return accept({ type: "adjustment.rejected", adjustmentId, by });
  const { slotId, enrolmentId, jp, reason, proposedBy } = known;
  const facts = { adjustmentId, slotId, enrolmentId, jp, reason };
  return accept({ type: "attendance.adjusted", ...facts, by: proposedBy, approvedBy: by });
}

/** AJ4: every proposal of a session, in order of the ledger; what was decided first stands. */
export function adjustmentsFrom(rows: readonly EvidenceRow[]): readonly ProposedAdjustment[] {
  const known = new Map<string, ProposedAdjustment>();
  for (const row of rows) {
    if (row.type === "adjustment.proposed" && !known.has(row.adjustmentId)) {
      known.set(row.adjustmentId, proposalFrom(row));
    }
    if (row.type === "attendance.adjusted" && row.approvedBy !== "" && row.approvedBy !== row.by) {
      const before = known.get(row.adjustmentId) ?? { ...proposalFrom(row), proposedAt: null };
      known.set(row.adjustmentId, decided(before, "approved", row.approvedBy, row.at));
    }
    if (row.type === "adjustment.rejected") {
      const before = known.get(row.adjustmentId);
      if (before) known.set(row.adjustmentId, decided(before, "rejected", row.by, row.at));
    }
  }
  return [...known.values()];
}

type RowOf<Type extends EvidenceRow["type"]> = Extract<EvidenceRow, { type: Type }>;

function proposalFrom(row: RowOf<"adjustment.proposed"> | RowOf<"attendance.adjusted">): ProposedAdjustment {
  const { adjustmentId, slotId, enrolmentId, jp, reason, by, at } = row;
  return {
    ...{ adjustmentId, slotId, enrolmentId, jp, reason },
    state: "proposed",
    proposedBy: by,
    proposedAt: at,
    decidedBy: null,
    decidedAt: null,
  };
}

function decided(
  before: ProposedAdjustment,
  state: "approved" | "rejected",
  decidedBy: string,
  decidedAt: number,
): ProposedAdjustment {
  return before.state === "proposed" ? { ...before, state, decidedBy, decidedAt } : before;
}
