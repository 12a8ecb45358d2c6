import type { Enrolment, Session, Store } from "../ports.ts";
import type { ReportInput } from "../reports/attendance-report.ts";

/** All that a session's attendance is computed from, as the records have it now. */
export interface EvidenceSource extends ReportInput {
  readonly events: Awaited<ReturnType<Store["classes"]["evidence"]>>;
}

/** Reads it. Throws when the session's programme is gone: records are never deleted singly. */
export async function sessionEvidenceOf(store: Store, session: Session): Promise<EvidenceSource> {
  const programme = await store.programmes.find(session.programmeId);
  if (!programme) throw new Error(`${session.id} belongs to no programme`);
  const fixed = await store.sessions.fixedRoster(session.id);
  const events = await store.classes.evidence(session.id);
  const roster = await rosterFrom(store, session, fixed, async () => events);
  const { id, title, unit, mode, timeZone, slots } = session;
  return {
    session: { id, title, unit, mode, timeZone, slots },
    policy: programme.policy,
    rosterFixed: fixed !== null,
    roster: roster.map(({ id: enrolmentId, externalId, name, institution }) => ({
      enrolmentId,
      externalId,
      name,
      institution,
    })),
    events,
  };
}

/** The session's roster as it counts: fixed at the first closing, else that of its programme or group. */
export async function rosterOf(store: Store, session: Session): Promise<readonly Enrolment[]> {
  const fixed = await store.sessions.fixedRoster(session.id);
  return await rosterFrom(store, session, fixed, () => store.classes.evidence(session.id));
}

/** The enrolments that have been in the class. */
export function joinedIn(rows: EvidenceSource["events"]): ReadonlySet<string | undefined> {
  return new Set(rows.map((row) => (row.type === "presence.joined" ? row.enrolmentId : undefined)));
}

/**
 * Whoever was in the class stays on its roster, whatever group they have moved to since. The ledger is read
 * only where a group makes the difference: a check-in asks for the roster each time.
 */
async function rosterFrom(
  store: Store,
  session: Session,
  fixed: readonly Enrolment["id"][] | null,
  evidence: () => Promise<EvidenceSource["events"]>,
): Promise<readonly Enrolment[]> {
  const everybody = await store.enrolments.roster(session.programmeId, null);
  if (fixed === null) {
    if (session.group === null) return everybody;
    const seen = joinedIn(await evidence());
    return everybody.filter((one) => one.group === session.group || seen.has(one.id));
  }
  const byId = new Map(everybody.map((enrolment) => [enrolment.id, enrolment]));
  return fixed.flatMap((id) => byId.get(id) ?? []);
}
