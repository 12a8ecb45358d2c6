import type { ClassState } from "../domain/class-state.ts";
import type { Log, Session, Store } from "../ports.ts";
import { enrolmentIdSchema } from "../protocol/ids.ts";

/**
 * What an opening and a closing settle in the records: the first opening freezes the programme's policy, a
 * closing fixes the session's roster (DESIGN section 3). Each step can be done again, so that what a stop
 * interrupted is made good when the class next runs.
 */
export async function settleRecords(parts: {
  readonly store: Pick<Store, "programmes" | "sessions" | "enrolments">;
  readonly session: Session;
  readonly state: ClassState;
  readonly log: Log;
}): Promise<void> {
  const { store, session, state, log } = parts;
  if (state.openedAt === null) return;
  try {
    await store.programmes.freezePolicy(session.programmeId, state.openedAt);
    if (state.status !== "closed") return;
    const roster = await store.enrolments.roster(session.programmeId, session.group);
    const ids = new Set(roster.map((enrolment) => enrolment.id));
    // Whoever was in the class stays in its records, whatever group they have moved to since.
    for (const { personId, role } of state.people.values()) {
      if (role === "participant") ids.add(enrolmentIdSchema.parse(personId));
    }
    await store.sessions.fixRoster(session.id, [...ids]);
  } catch (err) {
    log.error({ err }, "policy or roster could not be fixed; it is tried again when the class next runs");
  }
}
