import { type AskedSurvey, askedSurveysFrom, isSessionOver } from "../domain/asked-surveys.ts";
import type { SessionEvidence } from "../domain/attendance.ts";
import type { Enrolment, Programme, Session, Store } from "../ports.ts";
import type { EnrolmentId, SessionId } from "../protocol/ids.ts";
import type { SurveyKey, SurveySettings } from "../protocol/surveys.ts";
import type { EvidenceSource } from "./session-evidence.ts";

/** What a session's survey needs to know of it. */
export interface SurveyedSessionFacts {
  readonly id: SessionId;
  readonly title: string;
  readonly mode: Session["mode"];
  readonly startsAt: number;
  readonly endsAt: number;
  /** Openings and closings of the class, in order. */
  readonly events: readonly { readonly type: string }[];
  /** Of whom the session is asked. */
  readonly expected: ReadonlySet<EnrolmentId>;
  /** Who was there for a moment, or was credited. */
  readonly present: ReadonlySet<EnrolmentId>;
  /** Staff who were in the class, or marked its roll. */
  readonly staffSeen: ReadonlySet<string>;
}

/** A programme's surveys, as the records have them at one time. */
export interface SurveyFacts {
  readonly settings: SurveySettings;
  /** In the order of the sessions' creation. */
  readonly sessions: readonly SurveyedSessionFacts[];
  readonly answeredBy: ReadonlyMap<EnrolmentId, ReadonlySet<SurveyKey>>;
}

/** `roster` is whom `evidence` was computed for, in its order. */
export function surveyedSessionFrom(
  session: Session,
  events: EvidenceSource["events"],
  people: { readonly roster: readonly Enrolment[]; readonly expected: readonly Enrolment[] },
  evidence: SessionEvidence,
): SurveyedSessionFacts {
  const present = people.roster.filter((_person, index) => {
    const own = evidence.people[index];
    return own && (own.time.observed.length > 0 || own.attendance.slots.some(({ jp }) => jp > 0));
  });
  return {
    id: session.id,
    title: session.title,
    mode: session.mode,
    startsAt: session.slots.reduce(
      (first, { startAt }) => Math.min(first, startAt),
      Number.POSITIVE_INFINITY,
    ),
    endsAt: session.slots.reduce((last, { endAt }) => Math.max(last, endAt), 0),
    events: events.filter(({ type }) => type === "class.opened" || type === "class.closed"),
    expected: new Set(people.expected.map(({ id }) => id)),
    present: new Set(present.map(({ id }) => id)),
    staffSeen: new Set(events.flatMap(staffIn)),
  };
}

function staffIn(row: EvidenceSource["events"][number]): string[] {
  if (row.type === "presence.joined") return row.staffId === undefined ? [] : [row.staffId];
  return row.type === "attendance.marked" ? [row.by] : [];
}

export async function surveyFactsOf(
  store: Store,
  programme: Programme,
  sessions: readonly SurveyedSessionFacts[],
): Promise<SurveyFacts> {
  const returns = Map.groupBy(await store.surveys.answeredIn(programme.id), ({ enrolmentId }) => enrolmentId);
  return {
    settings: await store.surveys.settings(programme.id),
    sessions,
    answeredBy: new Map(
      [...returns].map(([enrolmentId, forms]) => [enrolmentId, new Set(forms.map(({ survey }) => survey))]),
    ),
  };
}

/** The surveys that one person is asked to fill in by now. */
export function askedSurveysOf(
  { sessions, settings }: SurveyFacts,
  enrolmentId: EnrolmentId,
  now: number,
): AskedSurvey[] {
  const seen = sessions.map((session) => ({
    sessionId: session.id,
    title: session.title,
    isOver: isSessionOver(session.events, session.endsAt, now),
    isPast: now >= session.endsAt,
    isExpected: session.expected.has(enrolmentId),
    wasThere: session.present.has(enrolmentId),
  }));
  return askedSurveysFrom(seen, settings);
}
