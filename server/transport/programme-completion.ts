import { sessionEvidenceFrom } from "../domain/attendance.ts";
import { type CompletionSlot, completionFrom } from "../domain/completion.ts";
import type { Enrolment, Programme, RecordedResult, Session, Store } from "../ports.ts";
import type { CompletionDecision, CompletionReport } from "../protocol/completion.ts";
import type { EnrolmentId, ProgrammeId } from "../protocol/ids.ts";
import { sessionEvidenceOf } from "./session-evidence.ts";

const SESSIONS_PER_PAGE = 100;

/** Everything a programme's decisions are made of, as the records have it at one time. */
interface CompletionFacts {
  readonly programme: Programme;
  readonly endsAt: number | null;
  readonly slotsOf: ReadonlyMap<EnrolmentId, readonly CompletionSlot[]>;
  readonly resultsOf: ReadonlyMap<EnrolmentId, readonly RecordedResult[]>;
  readonly people: readonly Enrolment[];
}

/** The decision about everybody of a programme, ordered by name. */
export async function completionReportOf(
  store: Store,
  programme: Programme,
  now: number,
): Promise<CompletionReport> {
  const facts = await factsOf(store, programme);
  const { id, code, title, policy, policyVersion } = programme;
  return {
    programme: { id, code, title },
    policy,
    policyVersion,
    endsAt: facts.endsAt,
    decidedAt: now,
    items: facts.people.map((person) => ({
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

function decisionFor(facts: CompletionFacts, enrolmentId: EnrolmentId, now: number): CompletionDecision {
  return completionFrom({
    units: facts.programme.units,
    requirements: facts.programme.policy.requirements,
    endsAt: facts.endsAt,
    now,
    slots: facts.slotsOf.get(enrolmentId) ?? [],
    results: facts.resultsOf.get(enrolmentId) ?? [],
  });
}

async function factsOf(store: Store, programme: Programme): Promise<CompletionFacts> {
  const sessions = await sessionsOf(store, programme.id);
  const people = await store.enrolments.roster(programme.id, null);
  const slotsOf = new Map<EnrolmentId, CompletionSlot[]>(people.map(({ id }) => [id, []]));
  for (const session of sessions) await addSession(store, session, people, slotsOf);
  const results = Map.groupBy(await store.results.all(programme.id), ({ enrolmentId }) => enrolmentId);
  const ends = sessions.flatMap(({ slots }) => slots.map(({ endAt }) => endAt));
  return {
    programme,
    endsAt: ends.length === 0 ? null : ends.reduce((last, end) => Math.max(last, end)),
    slotsOf,
    resultsOf: results,
    people,
  };
}

/**
 * A session is asked of its group (or of everybody) as the roster has it now; what somebody earned in it
 * while they were on its roster stays theirs.
 */
async function addSession(
  store: Store,
  session: Session,
  people: readonly Enrolment[],
  slotsOf: ReadonlyMap<EnrolmentId, CompletionSlot[]>,
): Promise<void> {
  const evidence = await sessionEvidenceOf(store, session);
  const fixed = new Set<string>(evidence.roster.map(({ enrolmentId }) => enrolmentId));
  const isExpected = ({ group }: Enrolment) => session.group === null || session.group === group;
  const roster = people.filter((person) => fixed.has(person.id) || isExpected(person));
  const { slots, people: attended } = sessionEvidenceFrom({
    ...evidence,
    roster: roster.map(({ id }) => ({ enrolmentId: id })),
  });
  roster.forEach((person, index) => {
    const attendance = attended[index]?.attendance.slots ?? [];
    slots.forEach(({ slot, isHeld }, place) => {
      slotsOf.get(person.id)?.push({
        unit: session.unit,
        slotId: slot.id,
        startAt: slot.startAt,
        endAt: slot.endAt,
        slotJp: slot.jp,
        jp: attendance[place]?.jp ?? 0,
        isHeld,
        isExpected: isExpected(person),
      });
    });
  });
}

async function sessionsOf(store: Store, programmeId: ProgrammeId): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store["sessions"]["list"]>> = await store.sessions.list(programmeId, {
      limit: SESSIONS_PER_PAGE,
      cursor,
    });
    sessions.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return sessions;
}
