import { newSession } from "../../server/domain/session-change.ts";
import type { Programme, Session, Store } from "../../server/ports.ts";
import type { SequencedEvent } from "../../server/protocol/events.ts";
import { DEFAULT_POLICY, type EvidenceBody } from "../../server/protocol/evidence.ts";
import {
  adjustmentIdSchema,
  connectionIdSchema,
  type EnrolmentId,
  enrolmentIdSchema,
  programmeIdSchema,
  resultIdSchema,
  sessionIdSchema,
  slotIdSchema,
} from "../../server/protocol/ids.ts";

const MINUTE_MS = 60_000;
const START_AT = Date.UTC(2026, 0, 5, 1);
const SLOT_MS = 45 * MINUTE_MS;
const BY = "stf_ina";
/** Names whose order depends on who orders them: capitals, accents, quotes, spaces, other letters. */
const NAMES = [
  "Édi Ślamet",
  "ani",
  "Ani",
  "A’an",
  "Zul_kifli",
  'Çakra "Jaya"',
  "Budi Santoso",
  "budi",
  "Ñoman",
  "明 Ming",
  "a b",
  "ab",
];
const SCORES = [81.1, 70, 69.999999999999, 100, 0, 0.1 + 0.2];

type Timed = EvidenceBody & { readonly at: number };

export interface ExportedStory {
  readonly programme: Programme;
  readonly sessions: readonly Session[];
}

/** A programme with all that its exports tell of, with the same ids and times whenever it is told. */
export async function tellExportedStory(store: Store): Promise<ExportedStory> {
  const programme: Programme = {
    id: programmeIdSchema.parse("prg_cerita"),
    code: "CERITA-2026",
    title: "Pelatihan “Cerita” é",
    units: [
      { code: "KAI", title: "Konsep Artificial Intelligence", jp: 6, selfStudyJp: 0 },
      { code: "EAI", title: "Etika Artificial Intelligence", jp: 2, selfStudyJp: 0.5 },
    ],
    policy: {
      ...DEFAULT_POLICY,
      requirements: [
        { code: "attendance.total", minShare: 8000 },
        { code: "post-test", minScore: 70 },
      ],
    },
    policyVersion: 1,
    policyFrozenAt: null,
    createdAt: START_AT,
  };
  await store.programmes.create(programme);
  const people = NAMES.map((name, index) => ({
    newId: enrolmentIdSchema.parse(`enr_${index % 2 ? "b" : "A"}${index}`),
    externalId: `19870512${String(index * 7919).padStart(10, "0")}`,
    name,
    email: index % 3 ? null : `${index}@contoh.go.id`,
    institution: index % 2 ? "Dinas Kominfo; Kota" : null,
    group: index % 4 === 0 ? "A" : null,
    birthDate: "1980-02-29",
    education: null,
    assignmentLetter: null,
  }));
  await store.enrolments.put(programme.id, people, START_AT);
  const ids = people.map(({ newId }) => newId);
  const sessions = [];
  for (const [index, mode] of (["online", "hybrid", "offline"] as const).entries()) {
    sessions.push(await tellSession(store, programme, index, mode, ids));
  }
  const results = ids.map((enrolmentId, index) => ({
    newId: resultIdSchema.parse(`res_${index}`),
    enrolmentId,
    requirement: "post-test",
    score: SCORES[index % SCORES.length] ?? 0,
    status: null,
    takenAt: START_AT + index,
    source: "LMS",
  }));
  await store.results.put(programme.id, results, START_AT + 7);
  for (const [index, personId] of ids.entries()) {
    await store.trail.append({
      at: START_AT + index,
      actor: { kind: "command-line", id: null },
      action: "roster.read",
      subject: { kind: "programme", id: programme.id },
      people: [personId],
      programmeId: programme.id,
      sessionId: null,
      detail: {},
    });
  }
  return { programme, sessions };
}

async function tellSession(
  store: Store,
  programme: Programme,
  index: number,
  mode: Session["mode"],
  people: readonly EnrolmentId[],
): Promise<Session> {
  const startAt = START_AT + index * 24 * 60 * MINUTE_MS;
  const session = newSession({
    id: sessionIdSchema.parse(`ses_${"cab"[index]}`),
    programmeId: programme.id,
    unit: programme.units[index % 2]?.code ?? "",
    title: `Sesi ${index + 1}`,
    mode,
    group: null,
    timeZone: "Asia/Jakarta",
    slots: [0, 1].map((slot) => ({
      id: slotIdSchema.parse(`slt_${index}${slot}`),
      startAt: startAt + slot * SLOT_MS,
      endAt: startAt + (slot + 1) * SLOT_MS,
      jp: 1,
    })),
    createdAt: startAt,
  });
  await store.sessions.create(session);
  await store.classes.append(session.id, morningOf(startAt, index, people));
  await store.classes.appendEvidence(session.id, rulingsOn(session, people));
  await store.sessions.fixRoster(session.id, people.toReversed());
  return session;
}

/** Some come late, some leave early, one loses the line. */
function morningOf(startAt: number, day: number, people: readonly EnrolmentId[]): SequencedEvent[] {
  const endAt = startAt + 2 * SLOT_MS;
  const rows: Timed[] = [{ type: "class.opened", by: BY, at: startAt }];
  for (const [index, enrolmentId] of people.entries()) {
    const connectionId = connectionIdSchema.parse(`con_${day}${index}`);
    const joined = {
      type: "presence.joined",
      connectionId,
      enrolmentId,
      device: "Firefox é 💻",
      room: "main",
    } as const;
    rows.push({ ...joined, at: startAt + index * 3 * MINUTE_MS });
    rows.push({ type: "presence.left", connectionId, reason: "left", at: endAt - index * MINUTE_MS });
  }
  rows.sort((a, b) => a.at - b.at);
  rows.push({ type: "class.closed", by: BY, at: endAt });
  return rows.map((row, index) => ({ ...row, seq: index + 1 }) as SequencedEvent);
}

function rulingsOn({ slots }: Session, people: readonly EnrolmentId[]): Timed[] {
  const [slot] = slots;
  const [first, second] = people;
  if (!slot || !first || !second) throw new Error("the story has no slot or nobody");
  const at = slot.endAt + SLOT_MS;
  const adjustmentId = adjustmentIdSchema.parse(`adj_${slot.id.slice(4)}`);
  const ruling = {
    adjustmentId,
    slotId: slot.id,
    enrolmentId: first,
    jp: 0.75,
    reason: "Listrik padam “30” menit\n",
  };
  return [
    { type: "attendance.marked", slotId: slot.id, enrolmentId: second, status: "present", by: BY, at },
    { type: "adjustment.proposed", ...ruling, by: BY, at },
    { type: "attendance.adjusted", ...ruling, by: BY, approvedBy: "adm_siti", at },
  ];
}
