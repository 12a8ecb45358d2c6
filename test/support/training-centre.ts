import { newSession } from "../../server/domain/session-change.ts";
import { newId } from "../../server/new-id.ts";
import type { Enrolment, Programme, Session, Staff } from "../../server/ports.ts";
import { DEFAULT_POLICY, type SessionMode } from "../../server/protocol/evidence.ts";
import type { AccountId } from "../../server/protocol/ids.ts";
import type { AccountRole } from "../../server/protocol/people.ts";
import type { Access } from "../../server/transport/route.ts";
import type { ApiServer, Call } from "./api-server.ts";

const HOUR_MS = 3_600_000;

/** Somebody with a join link of a session: its id, its token, and the cookie it was exchanged for. */
export interface LinkOf {
  readonly linkId: string;
  readonly token: string;
  readonly cookie: string;
}

/** A programme with two sessions and everybody who can send a request, straight in the store. */
export async function createTrainingCentre(
  server: ApiServer,
  mode: SessionMode = "online",
  otherSlots: Session["slots"] = [],
) {
  const { store, clock, auth } = server;
  const programme: Programme = {
    id: newId("prg"),
    code: "PAI-2026",
    title: "Pelatihan Pemanfaatan AI di Pemerintahan",
    units: [
      { code: "KAI", title: "Konsep Artificial Intelligence", jp: 6, selfStudyJp: 0 },
      { code: "EAI", title: "Etika Artificial Intelligence", jp: 2, selfStudyJp: 0 },
    ],
    policy: DEFAULT_POLICY,
    policyVersion: 1,
    policyFrozenAt: null,
    createdAt: clock.now(),
  };
  await store.programmes.create(programme);
  const [ayu, budi] = await enrol(server, programme, ["Ayu Lestari", "Budi Santoso"]);
  const instructor = await employ(server, programme, "instructor");
  const facilitator = await employ(server, programme, "facilitator");
  const session = await plan(server, programme, "Sesi pagi", mode, otherSlots);
  const otherSession = await plan(server, programme, "Sesi siang", mode);
  const adminId = newId("adm");
  await openAccount(server, adminId, "admin@contoh.go.id", "admin");
  const auditorId = await openAccount(server, newId("adm"), "audit@contoh.go.id", "auditor");
  const staffAccountId = await openAccount(server, newId("adm"), instructor.email, "instructor");
  const unreadyId = await openAccount(server, newId("adm"), "baru@contoh.go.id", "admin");
  const accountIds = {
    admin: adminId,
    auditor: auditorId,
    "staff-account": staffAccountId,
    "unready-admin": unreadyId,
  };
  const cookieOf = (access: keyof typeof accountIds) =>
    signedIn(server, accountIds[access], access === "unready-admin" ? "password" : "link");
  const readKey = await auth.createApiKey("baca", ["read"]);
  const writeKey = await auth.createApiKey("tulis", ["write"]);
  const bothKey = await auth.createApiKey("keduanya", ["read", "write"]);
  const linkFor = (whose: Enrolment | Staff, of: Session = session) => createLink(server, of, whose);
  const links = {
    participant: await linkFor(ayu),
    otherParticipant: await linkFor(budi),
    instructor: await linkFor(instructor),
    facilitator: await linkFor(facilitator),
    otherSession: await linkFor(instructor, otherSession),
  };
  const credentials: Record<Access, Call> = {
    anonymous: {},
    participant: { cookie: links.participant.cookie },
    instructor: { cookie: links.instructor.cookie },
    facilitator: { cookie: links.facilitator.cookie },
    admin: await cookieOf("admin"),
    auditor: await cookieOf("auditor"),
    "staff-account": await cookieOf("staff-account"),
    "unready-admin": await cookieOf("unready-admin"),
    // Of no recording: a test that has one gives them a link to it.
    guest: {},
    "read-key": { key: readKey.secret },
    "write-key": { key: writeKey.secret },
  };
  return {
    programme,
    ayu,
    budi,
    instructor,
    facilitator,
    session,
    otherSession,
    adminId,
    readKey,
    writeKey,
    bothKey,
    links,
    linkFor,
    credentials,
    accountIds,
    /** As at the beginning, for who has changed their account: signed in, without a second factor. */
    async signInAgain(access: Access): Promise<void> {
      if (!isAccount(access)) return;
      await store.secondFactors.remove(accountIds[access]);
      credentials[access] = await cookieOf(access);
    },
    admin: credentials.admin,
    key: { key: bothKey.secret } satisfies Call,
  };
}
export type TrainingCentre = Awaited<ReturnType<typeof createTrainingCentre>>;

function isAccount(access: Access): access is "admin" | "auditor" | "staff-account" | "unready-admin" {
  return (
    access === "admin" || access === "auditor" || access === "staff-account" || access === "unready-admin"
  );
}

export const PASSWORD = "lima roti tawar di meja";

/** Sets a password as who is invited does. */
export async function givePassword({ auth }: ApiServer, id: AccountId, password = PASSWORD): Promise<void> {
  const token = tokenIn((await auth.createAccountLink(id, "password")).url);
  const caller = { address: "192.0.2.99", cookie: undefined, userAgent: "test" };
  const accepted = await auth.office.acceptInvitation(token, password, caller);
  if (!accepted.ok) throw new Error(accepted.code);
}

/** An account without a password, straight in the store. */
export async function openAccount(
  { store, clock }: ApiServer,
  id: AccountId,
  email: string,
  role: AccountRole,
): Promise<AccountId> {
  const created = await store.accounts.create({ id, email, name: email, role, createdAt: clock.now() });
  if (!created.ok) throw new Error(created.code);
  return id;
}

/** What a browser sends in which somebody has signed in. */
export async function signedIn(
  { store, auth }: ApiServer,
  id: AccountId,
  via: "link" | "password" = "link",
): Promise<{ readonly cookie: string }> {
  const account = await store.accounts.find(id);
  if (!account) throw new Error(`there is no account ${id}`);
  return { cookie: cookieIn((await auth.start(account, via, "test")).cookie) };
}

/** A Set-Cookie header as a Cookie header. */
export function cookieIn(setCookie: string): string {
  return setCookie.split(";", 1)[0] ?? "";
}

/** The token of a link's address. */
export function tokenIn(url: string): string {
  return new URL(url).hash.slice(1);
}

async function createLink({ auth }: ApiServer, session: Session, whose: Enrolment | Staff): Promise<LinkOf> {
  const { link, url } = await auth.createLink(
    session,
    "role" in whose ? { staffId: whose.id } : { enrolmentId: whose.id },
  );
  const token = tokenIn(url);
  const exchanged = await auth.exchangeLinkToken(token);
  if (!exchanged.ok) throw new Error(exchanged.code);
  return { linkId: link.id, token, cookie: cookieIn(exchanged.data.cookie) };
}

async function enrol({ store, clock }: ApiServer, programme: Programme, names: readonly [string, string]) {
  const rows = names.map((name, index) => ({
    newId: newId("enr"),
    externalId: `19870512201001100${index}`,
    name,
    email: null,
    institution: "Dinas Kominfo",
    group: null,
    birthDate: null,
    education: null,
    assignmentLetter: null,
  }));
  await store.enrolments.put(programme.id, rows, clock.now());
  const [first, second] = await store.enrolments.roster(programme.id, null);
  if (!first || !second) throw new Error("the roster lacks somebody");
  return [first, second] as const;
}

async function employ(
  { store, clock }: ApiServer,
  programme: Programme,
  role: Staff["role"],
): Promise<Staff> {
  const staff: Staff = {
    id: newId("stf"),
    programmeId: programme.id,
    name: `Pak ${role}`,
    email: `${role}@contoh.go.id`,
    role,
    createdAt: clock.now(),
  };
  await store.staff.create(staff);
  return staff;
}

async function plan(
  { store, clock }: ApiServer,
  programme: Programme,
  title: string,
  mode: SessionMode,
  otherSlots: Session["slots"] = [],
): Promise<Session> {
  const session: Session = newSession({
    id: newId("ses"),
    programmeId: programme.id,
    unit: "KAI",
    title,
    mode,
    group: null,
    timeZone: "Asia/Jakarta",
    slots: [{ id: newId("slt"), startAt: clock.now(), endAt: clock.now() + HOUR_MS, jp: 1 }, ...otherSlots],
    createdAt: clock.now(),
  });
  await store.sessions.create(session);
  return session;
}
