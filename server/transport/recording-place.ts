import { accountAccessFrom } from "../domain/account-access.ts";
import type { Recording, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ProgrammeId, RecordingId } from "../protocol/ids.ts";
import type { Officer } from "./route.ts";

interface Placed {
  readonly recording: Recording;
  readonly session: Session;
}

/**
 * RO7: which programmes' recordings somebody of the office sees; null: all. Who teaches sees those of the programmes
 * that have them on their staff; to share one takes an instructor.
 */
export async function seenProgrammes(
  store: Store,
  officer: Officer,
  may: "see" | "share",
): Promise<readonly ProgrammeId[] | null> {
  if (officer.kind === "key") return null;
  const access = accountAccessFrom(officer.account, officer.signIn.via);
  if (access === "admin" || access === "auditor") return null;
  if (access === "unready-admin") return [];
  const own = await store.staff.listByEmail(officer.account.email);
  return own
    .filter(({ role }) => may === "see" || role === "instructor")
    .map(({ programmeId }) => programmeId);
}

/** A recording for who may see or share it. Refuses `not-found`, `forbidden`. */
export async function recordingFor(
  store: Store,
  officer: Officer,
  recordingId: RecordingId,
  may: "see" | "share" = "see",
): Promise<Result<Placed>> {
  const recording = await store.recordings.find(recordingId);
  const session = recording && (await store.sessions.find(recording.sessionId));
  if (!session) return refuse("not-found", "there is no such recording");
  const programmes = await seenProgrammes(store, officer, may);
  if (programmes !== null && !programmes.includes(session.programmeId)) return refuse("forbidden");
  return accept({ recording, session });
}
