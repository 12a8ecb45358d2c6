import type { Session, Store } from "../ports.ts";
import type { DisputeJson, OwnDispute } from "../protocol/disputes.ts";
import { namesOf, peopleOf } from "./adjustment-views.ts";
import type { StandingDispute } from "./disputes.ts";

/** A dispute as whoever filed it sees it: without who dealt with it. */
export function ownDisputeFrom({ dispute, state, jp, decidedAt }: StandingDispute): OwnDispute {
  const { id, slotId, reason, file, createdAt, answer } = dispute;
  return {
    disputeId: id,
    slotId,
    reason,
    file: file && { name: file.name, type: file.type, bytes: file.bytes },
    createdAt,
    state,
    jp,
    answer: answer?.reason ?? null,
    decidedAt,
  };
}

/** Disputes of a session as the administration sees them, with the names of all concerned. */
export async function disputesWithNames(
  store: Store,
  session: Session,
  standings: readonly StandingDispute[],
): Promise<DisputeJson[]> {
  if (standings.length === 0) return [];
  const people = await peopleOf(store, session);
  const names = await namesOf(
    store,
    standings.flatMap(({ dispute }) => dispute.answer?.by ?? []),
  );
  return standings.map((standing) => {
    const { sessionId, enrolmentId, adjustmentIds, answer } = standing.dispute;
    return {
      ...ownDisputeFrom(standing),
      sessionId,
      enrolmentId,
      person: people.get(enrolmentId) ?? null,
      adjustmentIds: [...adjustmentIds],
      answeredByName: answer ? (names.get(answer.by) ?? answer.by) : null,
    };
  });
}
