import { attendanceFrom } from "../domain/attendance.ts";
import type { Clock, Session, Store } from "../ports.ts";
import type { PersonAttendance } from "../protocol/evidence.ts";
import type { EnrolmentId, SessionId } from "../protocol/ids.ts";
import type { ClassStatus } from "../protocol/views.ts";
import { sessionEvidenceOf } from "./session-evidence.ts";

/** At the end of a class everybody asks at once: within this time one computation answers all. */
const SHARED_FOR_MS = 2000;

export interface OwnAttendanceReader {
  /** One person's attendance, at most two seconds old, and never from before the class's last change of status. */
  read(session: Session, status: ClassStatus, enrolmentId: EnrolmentId): Promise<PersonAttendance>;
}

interface Computed {
  readonly status: ClassStatus;
  readonly at: number;
  readonly people: Promise<ReadonlyMap<string, PersonAttendance>>;
}

export function createOwnAttendanceReader({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): OwnAttendanceReader {
  const computed = new Map<SessionId, Computed>();

  async function compute(session: Session) {
    const attendance = attendanceFrom(await sessionEvidenceOf(store, session));
    return new Map(attendance.map((person) => [person.enrolmentId, person]));
  }

  function shared(session: Session, status: ClassStatus): Promise<ReadonlyMap<string, PersonAttendance>> {
    const now = clock.now();
    for (const [id, { at }] of computed) if (now - at >= SHARED_FOR_MS) computed.delete(id);
    const known = computed.get(session.id);
    if (known?.status === status) return known.people;
    const people = compute(session);
    computed.set(session.id, { status, at: now, people });
    people.catch(() => computed.delete(session.id));
    return people;
  }

  return {
    async read(session, status, enrolmentId) {
      const own = (await shared(session, status)).get(enrolmentId);
      if (own) return own;
      // Somebody who came onto the roster after it was computed, or after it was fixed.
      const evidence = await sessionEvidenceOf(store, session);
      const [person] = attendanceFrom({ ...evidence, roster: [{ enrolmentId }] });
      if (!person) throw new Error("attendance lacks somebody it was asked for");
      return person;
    },
  };
}
