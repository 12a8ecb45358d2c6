import { join } from "node:path";
import { newSession } from "../../../server/domain/session-change.ts";
import { newId } from "../../../server/new-id.ts";
import type { Programme, Store } from "../../../server/ports.ts";
import type { EnrolmentId, StaffId } from "../../../server/protocol/ids.ts";
import { createSqliteStore } from "../../../server/store/store.ts";
import { newToken, tokenHashOf } from "../../../server/transport/token.ts";
import { createQuietLog } from "../../support/quiet-log.ts";
import { addProgramme } from "../evidence/filled-store.ts";

const HOUR_MS = 3_600_000;

/** A class that is on now, with links for its instructor and everybody of its roster, in a data folder of its own. */
export async function seedClass(dataDir: string, people: number) {
  const store = await createSqliteStore({ file: join(dataDir, "balai.db"), log: createQuietLog().log });
  const [seeded] = await seedClasses(store, people, 1);
  await store.close();
  if (!seeded) throw new Error("no class was seeded");
  return seeded;
}

/** So many classes of one programme that are all on now, each with the whole roster. */
export async function seedClasses(store: Store, people: number, count: number) {
  const { programme, enrolmentIds } = await addProgramme(store, people);
  const staffId = newId("stf");
  await store.staff.create({
    id: staffId,
    programmeId: programme.id,
    name: "Pengajar",
    email: "pengajar@contoh.go.id",
    role: "instructor",
    createdAt: Date.now(),
  });
  const seeded: Awaited<ReturnType<typeof seedSession>>[] = [];
  for (let at = 0; at < count; at += 1) {
    seeded.push(await seedSession(store, { programme, enrolmentIds, staffId }));
  }
  return seeded;
}

interface Roster {
  readonly programme: Programme;
  readonly enrolmentIds: readonly EnrolmentId[];
  readonly staffId: StaffId;
}

async function seedSession(store: Store, { programme, enrolmentIds, staffId }: Roster) {
  const now = Date.now();
  const session = newSession({
    id: newId("ses"),
    programmeId: programme.id,
    unit: "KAI",
    title: "Ruang diskusi",
    mode: "online" as const,
    group: null,
    timeZone: "Asia/Jakarta",
    slots: [{ id: newId("slt"), startAt: now, endAt: now + HOUR_MS, jp: 1 }],
    createdAt: now,
  });
  await store.sessions.create(session);

  async function link(whose: { enrolmentId: EnrolmentId | null; staffId: StaffId | null }): Promise<string> {
    const token = newToken();
    await store.links.create(
      {
        id: newId("lnk"),
        sessionId: session.id,
        ...whose,
        expiresAt: now + 2 * HOUR_MS,
        revokedAt: null,
        createdAt: now,
      },
      tokenHashOf(token),
    );
    return token;
  }

  const instructor = await link({ enrolmentId: null, staffId });
  const deck = {
    id: newId("dck"),
    sessionId: session.id,
    title: "Slide",
    status: "ready" as const,
    failure: null,
    pageCount: 40,
    createdAt: now,
  };
  await store.decks.create(deck);
  const participants: string[] = [];
  for (const enrolmentId of enrolmentIds) participants.push(await link({ enrolmentId, staffId: null }));
  return { instructor, participants, deckId: deck.id };
}
