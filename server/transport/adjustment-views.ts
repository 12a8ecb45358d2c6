import { adjustmentsFrom } from "../domain/adjustments.ts";
import type { Session, Store } from "../ports.ts";
import type { AdjustmentJson } from "../protocol/api-rulings.ts";
import { accountIdSchema, apiKeyIdSchema } from "../protocol/ids.ts";
import { rosterOf } from "./session-evidence.ts";

/** Every proposal of a session and what became of it, with the names of all concerned. */
export async function adjustmentsOf(store: Store, session: Session): Promise<AdjustmentJson[]> {
  const adjustments = adjustmentsFrom(await store.classes.adjustments(session.id));
  if (adjustments.length === 0) return [];
  const people = await peopleOf(store, session);
  const names = await namesOf(
    store,
    adjustments.flatMap(({ proposedBy, decidedBy }) => [
      proposedBy,
      ...(decidedBy === null ? [] : [decidedBy]),
    ]),
  );
  return adjustments.map((adjustment) => ({
    ...adjustment,
    sessionId: session.id,
    person: people.get(adjustment.enrolmentId) ?? null,
    proposedByName: names.get(adjustment.proposedBy) ?? null,
    decidedByName: names.get(adjustment.decidedBy ?? "") ?? null,
  }));
}

/** The session's roster by enrolment, as corrections show people. */
export async function peopleOf(
  store: Store,
  session: Session,
): Promise<ReadonlyMap<string, AdjustmentJson["person"]>> {
  const roster = await rosterOf(store, session);
  return new Map(roster.map(({ id, name, externalId }) => [id, { name, externalId }]));
}

/** People with accounts by their e-mail, keys by their name. */
export async function namesOf(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) {
    const accountId = accountIdSchema.safeParse(id);
    const keyId = apiKeyIdSchema.safeParse(id);
    if (accountId.success) names.set(id, (await store.accounts.find(accountId.data))?.email ?? id);
    if (keyId.success) names.set(id, (await store.apiKeys.find(keyId.data))?.name ?? id);
  }
  return names;
}
