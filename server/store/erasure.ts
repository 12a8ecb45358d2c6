import type { Kysely } from "kysely";
import type { Enrolment, ErasureStore } from "../ports.ts";
import { erasedName } from "../protocol/erasure.ts";
import { accept, refuse } from "../protocol/errors.ts";
import type { DialectSteps } from "./dialect.ts";
import type { Database } from "./schema.ts";

/** What an eraser works with: whose data go, by whose order, and when. */
interface Erasing {
  readonly person: Pick<Enrolment, "id" | "programmeId">;
  readonly name: string;
  readonly by: string;
  readonly at: number;
}
/** Takes one kind of record's personal fields away. Whoever keeps a new kind of them adds theirs to the list. */
type Eraser = (db: Kysely<Database>, erasing: Erasing) => Promise<void>;
const ERASERS: readonly Eraser[] = [
  eraseEnrolment,
  eraseLinks,
  eraseCertificates,
  eraseClassLog,
  eraseDisputes,
  eraseRecorded,
];

/** Stands where somebody's words were. */
const ERASED_TEXT = "[dihapus]";

export function erasureIn(db: Kysely<Database>, { sweepErased }: DialectSteps): ErasureStore {
  return {
    async erase(id, { by, at }) {
      const row = await db
        .selectFrom("enrolments")
        .select(["id", "programme_id", "erased_at"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (!row) return refuse("not-found");
      const person = { id: row.id, programmeId: row.programme_id };
      const erasing = { person, name: erasedName(id), by, at: row.erased_at ?? at };
      await db.transaction().execute(async (transaction) => {
        for (const erase of ERASERS) await erase(transaction, erasing);
      });
      await sweepErased(db);
      return accept({ erasedAt: erasing.at });
    },
  };
}

/** The row stays, so that rosters and counts hold; its number can never be somebody's again. */
async function eraseEnrolment(db: Kysely<Database>, { person, name, at }: Erasing): Promise<void> {
  await db
    .updateTable("enrolments")
    .set({
      name,
      external_id: `dihapus-${person.id.slice(4)}`,
      email: null,
      institution: null,
      birth_date: null,
      education: null,
      assignment_letter: null,
      erased_at: at,
    })
    .where("id", "=", person.id)
    .execute();
}

async function eraseLinks(db: Kysely<Database>, { person, at }: Erasing): Promise<void> {
  await db
    .updateTable("links")
    .set({ revoked_at: at })
    .where("enrolment_id", "=", person.id)
    .where("revoked_at", "is", null)
    .execute();
}

async function eraseCertificates(db: Kysely<Database>, { person, name, by, at }: Erasing): Promise<void> {
  const rows = await db
    .selectFrom("certificates")
    .select(["id", "facts", "revoked_at"])
    .where("enrolment_id", "=", person.id)
    .execute();
  for (const { id, facts, revoked_at } of rows) {
    const kept = { ...JSON.parse(facts), name, externalId: "", institution: null };
    await db
      .updateTable("certificates")
      .set({
        facts: JSON.stringify(kept),
        credential: "",
        erased_at: at,
        // A reason may name somebody.
        revoked_reason: "",
        ...(revoked_at === null ? { revoked_at: at, revoked_by: by } : {}),
      })
      .where("id", "=", id)
      .execute();
  }
}

/** What the class remembers of a person besides evidence: their name at the door, and what they wrote. */
async function eraseClassLog(db: Kysely<Database>, { person, name }: Erasing): Promise<void> {
  const rows = await db
    .selectFrom("class_log")
    .select(["session_id", "class_seq", "type", "body"])
    .where("type", "in", ["person.admitted", "chat.posted", "broadcast.posted"])
    .where("body", "like", `%${person.id}%`)
    .execute();
  for (const { session_id, class_seq, type, body } of rows) {
    const fields = JSON.parse(body);
    const erased = erasedFields(type, fields, person.id, name);
    if (erased === null) continue;
    await db
      .updateTable("class_log")
      .set({ body: JSON.stringify(erased) })
      .where("session_id", "=", session_id)
      .where("class_seq", "=", class_seq)
      .execute();
  }
}

/** Null where the event only mentions the person. */
function erasedFields(
  type: string,
  fields: { readonly personId?: string; readonly person?: { readonly personId: string } },
  personId: string,
  name: string,
): object | null {
  if (type === "person.admitted") {
    return fields.person?.personId === personId
      ? { ...fields, person: { ...fields.person, name, institution: null } }
      : null;
  }
  return fields.personId === personId ? { ...fields, text: ERASED_TEXT } : null;
}

/** That there was a dispute stays, with who decided it; words and file go. */
async function eraseDisputes(db: Kysely<Database>, { person }: Erasing): Promise<void> {
  await db
    .updateTable("disputes")
    .set({ reason: ERASED_TEXT, file: null })
    .where("enrolment_id", "=", person.id)
    .execute();
  await db
    .updateTable("disputes")
    .set({ answer: ERASED_TEXT })
    .where("enrolment_id", "=", person.id)
    .where("answer", "is not", null)
    .execute();
}

/** RO13: recordings lose whoever ever said that they may be recorded; the files follow (`recording-keeper`). */
async function eraseRecorded(db: Kysely<Database>, { person, by, at }: Erasing): Promise<void> {
  const rows = await db
    .selectFrom("recordings")
    .innerJoin("consents", "consents.session_id", "recordings.session_id")
    .select("recordings.id")
    .distinct()
    .where("consents.person_id", "=", person.id)
    .where("consents.is_given", "=", 1)
    .where("recordings.deletion_at", "is", null)
    .execute();
  for (const { id } of rows) {
    await db
      .insertInto("recording_removals")
      .values({ recording_id: id, person_id: person.id, asked_at: at, asked_by: by, done_at: null })
      .onConflict((conflict) => conflict.columns(["recording_id", "person_id"]).doNothing())
      .execute();
  }
}
