import type { Programme, Session, Store } from "../ports.ts";
import type { ProgrammeAttendance } from "../protocol/programme-attendance.ts";
import { decisionFor } from "./programme-completion.ts";
import { inTurns, programmeFactsOf } from "./programme-facts.ts";

/** Everybody's JP in every session, the sessions in order of time, the people by name. */
export async function programmeAttendanceOf(
  store: Store,
  programme: Programme,
  now: number,
): Promise<ProgrammeAttendance> {
  const facts = await programmeFactsOf(store, programme);
  const sessions = facts.sessions
    .map(sessionFrom)
    .sort((one, other) => (one.startAt ?? Number.MAX_VALUE) - (other.startAt ?? Number.MAX_VALUE));
  const { id, code, title } = programme;
  return {
    programme: { id, code, title },
    sessions,
    items: await inTurns(facts.people, (person) => {
      const { jp, units } = decisionFor(facts, person.id, now);
      const own = facts.sessionJpOf.get(person.id);
      return {
        enrolmentId: person.id,
        externalId: person.externalId,
        name: person.name,
        institution: person.institution,
        group: person.group,
        jp,
        units,
        sessions: sessions.map((session) => own?.get(session.id) ?? null),
      };
    }),
  };
}

function sessionFrom({ id, title, unit, mode, group, timeZone, slots }: Session) {
  const bounds = slots.flatMap(({ startAt, endAt }) => [startAt, endAt]);
  const hundredths = slots.reduce((sum, { jp }) => sum + Math.round(jp * 100), 0);
  return {
    id,
    title,
    unit,
    mode,
    group,
    timeZone,
    startAt: bounds.length === 0 ? null : Math.min(...bounds),
    endAt: bounds.length === 0 ? null : Math.max(...bounds),
    jp: hundredths / 100,
  };
}
