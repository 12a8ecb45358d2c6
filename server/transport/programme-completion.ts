import { completionFrom } from "../domain/completion.ts";
import type { Programme, Store } from "../ports.ts";
import type { CompletionDecision, CompletionReport } from "../protocol/completion.ts";
import type { EnrolmentId } from "../protocol/ids.ts";
import { inTurns, type ProgrammeFacts, programmeFactsOf } from "./programme-facts.ts";

/** The decision about everybody of a programme, ordered by name. */
export async function completionReportOf(
  store: Store,
  programme: Programme,
  now: number,
): Promise<CompletionReport> {
  const facts = await programmeFactsOf(store, programme);
  const { id, code, title, policy, policyVersion } = programme;
  return {
    programme: { id, code, title },
    policy,
    policyVersion,
    endsAt: facts.endsAt,
    decidedAt: now,
    items: await inTurns(facts.people, (person) => ({
      enrolmentId: person.id,
      externalId: person.externalId,
      name: person.name,
      institution: person.institution,
      group: person.group,
      policyVersion,
      ...decisionFor(facts, person.id, now),
    })),
  };
}

/** The decision about one person. */
export function decisionFor(
  facts: ProgrammeFacts,
  enrolmentId: EnrolmentId,
  now: number,
): CompletionDecision {
  return completionFrom({
    units: facts.programme.units,
    requirements: facts.programme.policy.requirements,
    endsAt: facts.endsAt,
    now,
    slots: facts.slotsOf.get(enrolmentId) ?? [],
    results: facts.resultsOf.get(enrolmentId) ?? [],
    entry: facts.entryOf.get(enrolmentId) ?? null,
  });
}
