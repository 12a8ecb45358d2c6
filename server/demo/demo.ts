import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newSession } from "../domain/session-change.ts";
import type { Clock, Log, NewId, Programme, Session, Slides, Store } from "../ports.ts";
import { DEFAULT_POLICY } from "../protocol/evidence.ts";
import type { Auth } from "../transport/auth.ts";
import {
  MODEL_ADMIN_EMAIL,
  MODEL_ADMIN_NAME,
  MODEL_ENTRY,
  MODEL_PROGRAMME,
  MODEL_ROSTER,
  MODEL_SESSION_TITLE,
  MODEL_STAFF,
} from "./model-programme.ts";

const SAMPLE_DECK = fileURLToPath(new URL("./konsep-ai.pdf", import.meta.url));
const MINUTE_MS = 60_000;
const ALL = { limit: 1000, cursor: null };

export interface DemoLinks {
  readonly instructor: string;
  readonly participants: readonly string[];
  readonly admin: string;
}

interface DemoParts {
  readonly store: Store;
  readonly auth: Auth;
  readonly slides: Slides;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/**
 * Makes the model programme if the installation is empty, and a session that is on now if none is, so that
 * every start ends with a class to walk into. Null where somebody else's programmes are: a demo does not
 * mix with real records.
 */
export async function prepareDemo(parts: DemoParts): Promise<DemoLinks | null> {
  const { store, auth } = parts;
  const programme =
    (await store.programmes.find(MODEL_PROGRAMME.code)) ?? (await createModelProgramme(parts));
  if (!programme) return null;
  const session = (await currentSession(parts, programme)) ?? (await createCurrentSession(parts, programme));
  const staff = (await store.staff.list(programme.id, ALL)).items;
  const instructor = staff.find((one) => one.role === "instructor");
  const admin = await store.accounts.findByEmail(MODEL_ADMIN_EMAIL);
  const roster = await store.enrolments.roster(programme.id, null);
  if (!instructor || !admin) return null;
  const participants = await Promise.all(
    roster.slice(0, 2).map((enrolment) => auth.createLink(session, { enrolmentId: enrolment.id })),
  );
  return {
    instructor: (await auth.createLink(session, { staffId: instructor.id })).url,
    participants: participants.map((made) => made.url),
    admin: (await auth.createAccountLink(admin.id, "sign-in")).url,
  };
}

async function createModelProgramme({ store, clock, newId }: DemoParts): Promise<Programme | null> {
  if ((await store.programmes.list({ limit: 1, cursor: null })).items.length > 0) return null;
  const createdAt = clock.now();
  const programme: Programme = {
    ...MODEL_PROGRAMME,
    id: newId("prg"),
    policy: DEFAULT_POLICY,
    policyVersion: 1,
    policyFrozenAt: null,
    createdAt,
  };
  await store.programmes.create(programme);
  await store.entry.change(programme.id, MODEL_ENTRY);
  const rows = MODEL_ROSTER.map((fields) => ({ ...fields, newId: newId("enr") }));
  await store.enrolments.put(programme.id, rows, createdAt);
  for (const member of MODEL_STAFF) {
    await store.staff.create({ ...member, id: newId("stf"), programmeId: programme.id, createdAt });
  }
  await store.accounts.create({
    id: newId("adm"),
    email: MODEL_ADMIN_EMAIL,
    name: MODEL_ADMIN_NAME,
    role: "admin",
    createdAt,
  });
  return programme;
}

async function currentSession({ store, clock }: DemoParts, programme: Programme): Promise<Session | null> {
  const { items } = await store.sessions.list(programme.id, ALL);
  return items.findLast((session) => session.slots.some((slot) => slot.endAt > clock.now())) ?? null;
}

/** Two slots of 45 minutes, a break of 15, and a third; the first began at the last five minutes. */
async function createCurrentSession(parts: DemoParts, programme: Programme): Promise<Session> {
  const { store, clock, newId } = parts;
  const startAt = Math.floor(clock.now() / (5 * MINUTE_MS)) * 5 * MINUTE_MS;
  const slots = [0, 45, 105].map((minutes) => {
    const slotStartAt = startAt + minutes * MINUTE_MS;
    return { id: newId("slt"), startAt: slotStartAt, endAt: slotStartAt + 45 * MINUTE_MS, jp: 1 };
  });
  const session: Session = newSession({
    id: newId("ses"),
    programmeId: programme.id,
    unit: "KONSEP",
    title: MODEL_SESSION_TITLE,
    mode: "online",
    group: null,
    timeZone: "Asia/Jakarta",
    slots,
    createdAt: clock.now(),
  });
  await store.sessions.create(session);
  void addSampleDeck(parts, session).catch((err) =>
    parts.log.warn({ err }, "the sample slides could not be made"),
  );
  return session;
}

async function addSampleDeck({ store, slides, dataDir, clock, newId }: DemoParts, session: Session) {
  const id = newId("dck");
  const pdfFile = join(dataDir, `${id}.pdf`);
  await copyFile(SAMPLE_DECK, pdfFile);
  const title = "Konsep Artificial Intelligence";
  const base = { id, sessionId: session.id, title, createdAt: clock.now() };
  await store.decks.create({ ...base, status: "processing", failure: null, pageCount: 0 });
  const made = await slides.rasterise(id, pdfFile, () => undefined);
  await store.decks.update(
    id,
    made.ok
      ? { status: "ready", failure: null, pageCount: made.data.pageCount }
      : { status: "failed", failure: made.code, pageCount: 0 },
  );
}
