import type { Store } from "../ports.ts";
import {
  accountIdSchema,
  apiKeyIdSchema,
  certificateIdSchema,
  deckIdSchema,
  enrolmentIdSchema,
  programmeIdSchema,
  recordingLinkIdSchema,
  sessionIdSchema,
  staffIdSchema,
} from "../protocol/ids.ts";
import type { TrailRow } from "../protocol/trail.ts";

/** Of a row about many people so many are named; the others are counted. */
const NAMED_PEOPLE = 3;

/** What the ids of some rows stand for now: null for who was erased, absent for what nobody knows any more. */
export async function trailNamesOf(
  store: Store,
  rows: readonly Pick<TrailRow, "actor" | "subject" | "people" | "programmeId" | "sessionId">[],
): Promise<Record<string, string | null>> {
  const ids = new Set(
    rows.flatMap(({ actor, subject, people, programmeId, sessionId }) =>
      [actor.id, subject.id, programmeId, sessionId, ...people.slice(0, NAMED_PEOPLE)].flatMap(
        (id) => id ?? [],
      ),
    ),
  );
  const names: Record<string, string | null> = {};
  for (const id of ids) {
    const name = await nameOfId(store, id);
    if (name !== undefined) names[id] = name;
  }
  return names;
}

/** Of whatever has a name now: null for who was erased, undefined for what nobody knows any more. */
export async function nameOfId(store: Store, id: string): Promise<string | null | undefined> {
  const enrolmentId = enrolmentIdSchema.safeParse(id).data;
  if (enrolmentId) {
    const person = await store.enrolments.find(enrolmentId);
    return person && person.erasedAt !== null ? null : person?.name;
  }
  const accountId = accountIdSchema.safeParse(id).data;
  if (accountId) {
    const account = await store.accounts.find(accountId);
    return account?.name || account?.email;
  }
  const staffId = staffIdSchema.safeParse(id).data;
  if (staffId) return (await store.staff.find(staffId))?.name;
  const keyId = apiKeyIdSchema.safeParse(id).data;
  if (keyId) return (await store.apiKeys.find(keyId))?.name;
  const shareId = recordingLinkIdSchema.safeParse(id).data;
  if (shareId) return (await store.recordingLinks.find(shareId))?.label;
  return await recordName(store, id);
}

async function recordName(store: Store, id: string): Promise<string | undefined> {
  const programmeId = programmeIdSchema.safeParse(id).data;
  if (programmeId) return (await store.programmes.find(programmeId))?.title;
  const sessionId = sessionIdSchema.safeParse(id).data;
  if (sessionId) return (await store.sessions.find(sessionId))?.title;
  const certificateId = certificateIdSchema.safeParse(id).data;
  if (certificateId) return (await store.certificates.find(certificateId))?.number;
  const deckId = deckIdSchema.safeParse(id).data;
  return deckId ? (await store.decks.find(deckId))?.title : undefined;
}
