import { setImmediate } from "node:timers/promises";
import { sessionEvidenceFrom } from "../domain/attendance.ts";
import type { CompletionSlot, EntryCheck } from "../domain/completion.ts";
import { entryProblemsFrom } from "../domain/entry-problems.ts";
import type { Enrolment, Programme, RecordedResult, Session, Store } from "../ports.ts";
import type { EnrolmentId, SessionId } from "../protocol/ids.ts";
import { startDateOf } from "./entry-start.ts";
import { sessionEvidenceOf } from "./session-evidence.ts";
import {
  type SurveyedSessionFacts,
  type SurveyFacts,
  surveyedSessionFrom,
  surveyFactsOf,
} from "./survey-facts.ts";

/** Decisions of so many people take some ten milliseconds. */
const PEOPLE_PER_TURN = 50;

/** What a programme's reports are made of, as the records have it at one time. */
export interface ProgrammeFacts {
  readonly programme: Programme;
  readonly sessions: readonly Session[];
  /** When the last slot ends; null without one. */
  readonly endsAt: number | null;
  readonly slotsOf: ReadonlyMap<EnrolmentId, readonly CompletionSlot[]>;
  /** The JP of each session whose roster a person is on, or was. */
  readonly sessionJpOf: ReadonlyMap<EnrolmentId, ReadonlyMap<SessionId, number>>;
  readonly resultsOf: ReadonlyMap<EnrolmentId, readonly RecordedResult[]>;
  readonly surveys: SurveyFacts;
  /** Ordered by name. */
  readonly people: readonly Enrolment[];
  /** What the conditions of entry say of each person; empty where the programme has none. */
  readonly entryOf: ReadonlyMap<EnrolmentId, EntryCheck>;
}

interface Gathered {
  readonly slots: CompletionSlot[];
  readonly sessionJp: Map<SessionId, number>;
}

/** Reads it, one session at a time: between two of them running classes have their turn. */
export async function programmeFactsOf(store: Store, programme: Programme): Promise<ProgrammeFacts> {
  // A cancelled session is asked of nobody (SC4).
  const sessions = (await store.sessions.all(programme.id)).filter(
    ({ cancellation }) => cancellation === null,
  );
  const people = await store.enrolments.roster(programme.id, null);
  const gathered = new Map<EnrolmentId, Gathered>(
    people.map(({ id }) => [id, { slots: [], sessionJp: new Map() }]),
  );
  const surveyed: SurveyedSessionFacts[] = [];
  for (const session of sessions) {
    surveyed.push(await addSession(store, session, people, gathered));
    await setImmediate();
  }
  const results = Map.groupBy(await store.results.all(programme.id), ({ enrolmentId }) => enrolmentId);
  const ends = sessions.flatMap(({ slots }) => slots.map(({ endAt }) => endAt));
  return {
    programme,
    sessions,
    endsAt: ends.length === 0 ? null : ends.reduce((last, end) => Math.max(last, end)),
    slotsOf: new Map([...gathered].map(([id, { slots }]) => [id, slots])),
    sessionJpOf: new Map([...gathered].map(([id, { sessionJp }]) => [id, sessionJp])),
    resultsOf: results,
    surveys: await surveyFactsOf(store, programme, surveyed),
    people,
    entryOf: await entryChecksOf(store, programme, people),
  };
}

/** Ages are those of the programme's first day; without a session nothing is decided (CO1), and any day will do. */
async function entryChecksOf(
  store: Store,
  { id, createdAt }: Programme,
  people: readonly Enrolment[],
): Promise<ReadonlyMap<EnrolmentId, EntryCheck>> {
  const { version, conditions } = await store.entry.find(id);
  if (conditions.length === 0) return new Map();
  const startDate = await startDateOf(store, id, createdAt);
  return new Map(
    people.map((person) => [
      person.id,
      { version, problems: entryProblemsFrom(person, conditions, startDate) },
    ]),
  );
}

/**
 * A session is asked of its group (or of everybody) as the roster has it now; what somebody earned in it
 * while they were on its roster stays theirs.
 */
async function addSession(
  store: Store,
  session: Session,
  people: readonly Enrolment[],
  gathered: ReadonlyMap<EnrolmentId, Gathered>,
): Promise<SurveyedSessionFacts> {
  const evidence = await sessionEvidenceOf(store, session);
  const fixed = new Set<string>(evidence.roster.map(({ enrolmentId }) => enrolmentId));
  const isExpected = ({ group }: Enrolment) => session.group === null || session.group === group;
  const roster = people.filter((person) => fixed.has(person.id) || isExpected(person));
  const computed = sessionEvidenceFrom({
    ...evidence,
    roster: roster.map(({ id }) => ({ enrolmentId: id })),
  });
  const { slots, people: attended } = computed;
  roster.forEach((person, index) => {
    const own = gathered.get(person.id);
    const attendance = attended[index]?.attendance;
    own?.sessionJp.set(session.id, attendance?.jp ?? 0);
    slots.forEach(({ slot, isHeld }, place) => {
      own?.slots.push({
        unit: session.unit,
        slotId: slot.id,
        startAt: slot.startAt,
        endAt: slot.endAt,
        slotJp: slot.jp,
        jp: attendance?.slots[place]?.jp ?? 0,
        isHeld,
        isExpected: isExpected(person),
      });
    });
  });
  return surveyedSessionFrom(
    session,
    evidence.events,
    { roster, expected: people.filter(isExpected) },
    computed,
  );
}

/** Maps everybody, a few in each turn of the event loop. */
export async function inTurns<Item, Answer>(
  items: readonly Item[],
  answerFrom: (item: Item) => Answer,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % PEOPLE_PER_TURN === 0) await setImmediate();
    answers.push(answerFrom(item));
  }
  return answers;
}
