import type { Enrolment, RecordingFiles, Session, Store } from "../ports.ts";
import type { ChainedRow } from "../protocol/evidence.ts";
import type { PersonData } from "../protocol/person-data.ts";
import { TRAIL_ACTIONS, type TrailRow } from "../protocol/trail.ts";
import { attendanceReport } from "../reports/attendance-report.ts";
import { everyPageOf } from "./every-page-of.ts";
import { sessionEvidenceOf } from "./session-evidence.ts";

/** All that is kept about one enrolment, of every table; throws when its programme is gone. */
export async function personDataOf(
  store: Store,
  files: Pick<RecordingFiles, "tracksOf">,
  person: Enrolment,
  now: number,
): Promise<PersonData> {
  const programme = await store.programmes.find(person.programmeId);
  if (!programme) throw new Error(`${person.id} belongs to no programme`);
  const sessions = await everyPageOf((page) => store.sessions.list(programme.id, page));
  const held = [];
  for (const session of sessions) held.push(await sessionPart(store, files, session, person));
  const certificates = await everyPageOf((page) => store.certificates.list(programme.id, page));
  return {
    format: "balai-person/1",
    preparedAt: now,
    programme: { code: programme.code, title: programme.title },
    enrolment: person,
    sessions: held,
    results: recordsOf(await everyPageOf((page) => store.results.list(programme.id, person.id, page))),
    certificates: recordsOf(certificates.filter(({ enrolmentId }) => enrolmentId === person.id)),
    surveysAnswered: [...(await store.surveys.answeredBy(person.id))],
    trail: recordsOf(await trailOf(store, person)),
  };
}

async function sessionPart(
  store: Store,
  files: Pick<RecordingFiles, "tracksOf">,
  session: Session,
  person: Enrolment,
): Promise<PersonData["sessions"][number]> {
  const evidence = await sessionEvidenceOf(store, session);
  const links = await everyPageOf((page) => store.links.list(session.id, page));
  const events = await store.classes.replay(session.id);
  const disputes = await store.disputes.list(session.id);
  const attendance = attendanceReport(evidence).items.find(({ enrolmentId }) => enrolmentId === person.id);
  return {
    id: session.id,
    title: session.title,
    unit: session.unit,
    links: recordsOf(links.filter((link) => link.enrolmentId === person.id)),
    ledger: recordsOf(ledgerOf(evidence.events, person.id)),
    messages: recordsOf(
      events.filter((event) => event.type === "chat.posted" && event.personId === person.id),
    ),
    consents: recordsOf(
      (await store.consents.list(session.id)).filter(({ personId }) => personId === person.id),
    ),
    recordings: await recordingsOf(store, files, session, person),
    disputes: recordsOf(disputes.filter((dispute) => dispute.enrolmentId === person.id)),
    attendance: attendance ? { ...attendance } : null,
  };
}

/** RO15: the session's recordings that have something of a person, what, and when they were taken out. */
async function recordingsOf(
  store: Store,
  files: Pick<RecordingFiles, "tracksOf">,
  session: Session,
  person: Enrolment,
): Promise<PersonData["sessions"][number]["recordings"]> {
  const removals = await store.recordingRemovals.ofPerson(person.id);
  const found = [];
  for (const { recordingId, startedAt, endedAt, keptUntil, deletion } of await store.recordings.list(
    session.id,
  )) {
    const tracks = deletion ? [] : await files.tracksOf(recordingId, person.id);
    const removal = removals.find((one) => one.recordingId === recordingId);
    if (tracks.length === 0 && !removal) continue;
    found.push({
      recordingId,
      startedAt,
      endedAt,
      keptUntil,
      tracks: tracks.map((track) => ({ ...track })),
      withdrawnAt: removal?.askedAt ?? null,
      removedAt: removal?.doneAt ?? null,
    });
  }
  return found;
}

/** A person's rows: those that name them, and those of their connections and adjustments, which go by ids of their own. */
function ledgerOf(rows: readonly ChainedRow[], id: string): ChainedRow[] {
  const own = new Set<string | null>();
  return rows.filter((row) => {
    const key = "connectionId" in row ? row.connectionId : "adjustmentId" in row ? row.adjustmentId : null;
    if (!("enrolmentId" in row) || row.enrolmentId !== id) return own.has(key);
    if (key !== null) own.add(key);
    return true;
  });
}

/** Entries that name the person, and looks at whole lists, in which they stood too. Nobody else of a group is named. */
async function trailOf(store: Store, person: Enrolment) {
  const ofProgramme = await everyPageOf((page) => store.trail.list({ programme: person.programmeId }, page));
  return ofProgramme
    .filter((row) => row.people.includes(person.id) || (row.people.length === 0 && isLook(row)))
    .map(({ prev, hash, people, ...row }) => ({
      ...row,
      people: people.includes(person.id) ? [person.id] : [],
    }));
}

function isLook({ action }: TrailRow): boolean {
  const kinds: Readonly<Record<string, string>> = TRAIL_ACTIONS;
  return kinds[action] === "read" || kinds[action] === "file";
}

const recordsOf = (records: readonly object[]): Record<string, unknown>[] =>
  records.map((record) => ({ ...record }));
