import type { Kysely } from "kysely";
import type { EnrolmentId, ProgrammeId, StaffId } from "../protocol/ids.ts";
import type { Database } from "./schema.ts";

/** Whether what happened in a programme's classes, or a roster fixed at a closing, names this person. */
export async function isNamedInClasses(
  db: Kysely<Database>,
  programmeId: ProgrammeId,
  id: EnrolmentId | StaffId,
): Promise<boolean> {
  const named = `%"${id}"%`;
  const sessions = db.selectFrom("sessions").select("id").where("programme_id", "=", programmeId);
  for (const table of ["ledger", "class_log"] as const) {
    const row = await db
      .selectFrom(table)
      .select("session_id")
      .where("session_id", "in", sessions)
      .where("body", "like", named)
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
  }
  const fixed = await sessions.where("fixed_roster", "like", named).limit(1).executeTakeFirst();
  return fixed !== undefined;
}

/** Something else still refers to the row: the databases say so alike. */
export function isStillReferred(fault: unknown): boolean {
  return fault instanceof Error && /foreign key constraint/i.test(fault.message);
}
