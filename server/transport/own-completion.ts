import type { Clock, Programme, Store } from "../ports.ts";
import type { CompletionDecision } from "../protocol/completion.ts";
import type { EnrolmentId } from "../protocol/ids.ts";
import { decisionFor } from "./programme-completion.ts";
import type { ProgrammeFactsReader } from "./programme-facts-reader.ts";

/** One person's decision, at most ten seconds old; null for somebody who came onto the roster since. */
export async function ownCompletionOf(
  {
    store,
    clock,
    programmeFacts,
  }: { readonly store: Store; readonly clock: Clock; readonly programmeFacts: ProgrammeFactsReader },
  programme: Programme,
  enrolmentId: EnrolmentId,
): Promise<{ readonly endsAt: number | null; readonly decision: CompletionDecision | null }> {
  const facts = await programmeFacts.read(programme);
  const { endsAt } = facts;
  if (!facts.people.some(({ id }) => id === enrolmentId)) return { endsAt, decision: null };
  // Who has just sent a survey sees it counted at once.
  const answered = new Set(await store.surveys.answeredBy(enrolmentId));
  return { endsAt, decision: decisionFor(facts, enrolmentId, clock.now(), answered) };
}
