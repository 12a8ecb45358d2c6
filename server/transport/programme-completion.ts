import { completionFrom } from "../domain/completion.ts";
import type { Programme, Store } from "../ports.ts";
import type { CompletionDecision, CompletionReport } from "../protocol/completion.ts";
import type { EnrolmentId } from "../protocol/ids.ts";
import type { SurveyKey } from "../protocol/surveys.ts";
import { inTurns, type ProgrammeFacts, programmeFactsOf } from "./programme-facts.ts";
import { askedSurveysOf } from "./survey-facts.ts";

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
      isErased: person.erasedAt !== null,
      policyVersion,
      ...decisionFor(facts, person.id, now),
    })),
  };
}

/** The decision about one person; `answered` are the surveys they have filled in, where newer than the facts. */
export function decisionFor(
  facts: ProgrammeFacts,
  enrolmentId: EnrolmentId,
  now: number,
  answered: ReadonlySet<SurveyKey> = facts.surveys.answeredBy.get(enrolmentId) ?? new Set(),
): CompletionDecision {
  const { sessionForm, endForm } = facts.surveys.settings;
  return completionFrom({
    units: facts.programme.units,
    requirements: facts.programme.policy.requirements,
    endsAt: facts.endsAt,
    now,
    slots: facts.slotsOf.get(enrolmentId) ?? [],
    results: facts.resultsOf.get(enrolmentId) ?? [],
    entry: facts.entryOf.get(enrolmentId) ?? null,
    surveys:
      sessionForm || endForm
        ? { asked: askedSurveysOf(facts.surveys, enrolmentId, now), answered, hasEndForm: endForm }
        : null,
  });
}
