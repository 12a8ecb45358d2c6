import { newSession } from "../../../server/domain/session-change.ts";
import { newId } from "../../../server/new-id.ts";
import type { Programme, Session, Store } from "../../../server/ports.ts";
import { DEFAULT_POLICY, type EvidenceBody } from "../../../server/protocol/evidence.ts";
import type { EnrolmentId, SessionId } from "../../../server/protocol/ids.ts";
import { createSqliteStore } from "../../../server/store/store.ts";
import { createQuietLog } from "../../support/quiet-log.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SLOTS = 4;
const SLOT_MS = 45 * MINUTE_MS;
const MARK_MS = 5_000;
const START_AT = Date.UTC(2026, 0, 5, 1);

type Row = EvidenceBody & { readonly at: number };

/** A programme with its roster; nobody has an e-mail, everybody an 18-digit NIP. */
export async function addProgramme(store: Store, people: number) {
  const units = ["KAI", "EAI", "PAI", "TKP"].map((code) => ({ code, title: code, jp: 40, selfStudyJp: 0 }));
  const programme: Programme = {
    id: newId("prg"),
    code: "UKUR",
    title: "Pengukuran",
    units,
    policy: { ...DEFAULT_POLICY, requirements: [{ code: "attendance.total", minShare: 8000 }] },
    policyVersion: 1,
    policyFrozenAt: null,
    createdAt: START_AT,
  };
  await store.programmes.create(programme);
  const rows = Array.from({ length: people }, (_, index) => ({
    newId: newId("enr"),
    externalId: `1987051220${String(index).padStart(8, "0")}`,
    name: `Peserta ${String(index + 1).padStart(4, "0")}`,
    email: null,
    institution: "Dinas Komunikasi dan Informatika",
    group: null,
    birthDate: null,
    education: null,
    assignmentLetter: null,
  }));
  await store.enrolments.put(programme.id, rows, START_AT);
  return { programme, enrolmentIds: rows.map((row) => row.newId) };
}

/** A session of four slots, a day after the one before it. */
export async function addSession(store: Store, programme: Programme, index: number): Promise<Session> {
  const startAt = START_AT + index * DAY_MS;
  const session: Session = newSession({
    id: newId("ses"),
    programmeId: programme.id,
    unit: programme.units[index % programme.units.length]?.code ?? "",
    title: `Sesi ${index + 1}`,
    mode: "online",
    group: null,
    timeZone: "Asia/Jakarta",
    slots: Array.from({ length: SLOTS }, (_, slot) => ({
      id: newId("slt"),
      startAt: startAt + slot * SLOT_MS,
      endAt: startAt + (slot + 1) * SLOT_MS,
      jp: 1,
    })),
    createdAt: startAt,
  });
  await store.sessions.create(session);
  return session;
}

/** A morning of that session: everybody joins within five minutes, every tenth loses the line for a minute. */
export function morningOf(session: Session, enrolmentIds: readonly EnrolmentId[]): Row[] {
  const startAt = session.slots[0]?.startAt ?? 0;
  const endAt = startAt + SLOTS * SLOT_MS;
  const rows: Row[] = [{ type: "class.opened", by: "bench", at: startAt }];
  for (let at = startAt + MARK_MS; at < endAt; at += MARK_MS) rows.push({ type: "presence.mark", at });
  enrolmentIds.forEach((enrolmentId, index) => {
    const joinedAt = startAt + ((index * 7919) % (5 * MINUTE_MS));
    const brokenAt = startAt + 60 * MINUTE_MS + index;
    const stays =
      index % 10 === 0
        ? [
            [joinedAt, brokenAt],
            [brokenAt + MINUTE_MS, endAt],
          ]
        : [[joinedAt, endAt]];
    for (const [from = 0, to = 0] of stays) {
      const connectionId = newId("con");
      const device = "device-of-a-browser-tab";
      rows.push({ type: "presence.joined", connectionId, enrolmentId, device, room: "main", at: from });
      rows.push({ type: "presence.left", connectionId, reason: "left", at: to });
    }
  });
  rows.sort((a, b) => a.at - b.at);
  return [...rows, { type: "class.closed", by: "bench", at: endAt }];
}

/** Sessions in a file of their own, until there are so many, or so many rows of evidence. */
export async function fillFile(
  file: string,
  {
    people,
    sessions,
    ledgerRows,
  }: { readonly people: number; readonly sessions: number; readonly ledgerRows: number },
) {
  const store = await createSqliteStore({ file, log: createQuietLog().log });
  const { programme, enrolmentIds } = await addProgramme(store, people);
  const sessionIds: SessionId[] = [];
  for (let rows = 0; sessionIds.length < sessions && rows < ledgerRows; ) {
    const session = await addSession(store, programme, sessionIds.length);
    const morning = morningOf(session, enrolmentIds).slice(0, ledgerRows - rows);
    await store.classes.appendEvidence(session.id, morning);
    rows += morning.length;
    sessionIds.push(session.id);
  }
  await store.close();
  return { code: programme.code, sessionIds };
}
