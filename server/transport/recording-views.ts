import { isDueSoon, recordingStateFrom } from "../domain/recording-retention.ts";
import type { Clock, Recording, RecordingFiles, RecordingLink, Session, Store } from "../ports.ts";
import type { RecordingJson, RecordingLinkJson } from "../protocol/recording-office.ts";
import { nameOfId } from "./trail-names.ts";

interface ViewParts {
  readonly store: Store;
  readonly recordingFiles: RecordingFiles;
  readonly clock: Clock;
}

/** Recordings as the office shows them, in their order. */
export async function recordingsWithNames(
  { store, recordingFiles, clock }: ViewParts,
  recordings: readonly Recording[],
): Promise<RecordingJson[]> {
  const now = clock.now();
  const ids = recordings.map(({ recordingId }) => recordingId);
  const openLinks = await store.recordingLinks.openCounts(ids, now);
  const whoIs = namesIn(store);
  const views: RecordingJson[] = [];
  for (const recording of recordings) {
    const { recordingId, rooms, hasChat, startedAt, endedAt, endReason, keptDays, keptUntil } = recording;
    const { prolonged, deletion } = recording;
    const session = await store.sessions.find(recording.sessionId);
    const programme = session && (await store.programmes.find(session.programmeId));
    if (!session || !programme) throw new Error(`${recordingId} belongs to no session`);
    views.push({
      id: recordingId,
      session: { id: session.id, title: session.title, timeZone: session.timeZone },
      programme: { id: programme.id, code: programme.code, title: programme.title },
      state: recordingStateFrom(recording),
      rooms,
      hasChat,
      startedAt,
      startedBy: await whoIs(recording.startedBy),
      endedAt,
      endReason,
      bytes: deletion?.doneAt == null ? await recordingFiles.bytesOf(recordingId) : 0,
      keptDays,
      keptUntil,
      isDueSoon: isDueSoon(recording, now),
      prolonged: prolonged && { ...prolonged, by: await whoIs(prolonged.by) },
      openLinks: deletion ? 0 : (openLinks[recordingId] ?? 0),
      deletion: deletion && { ...deletion, by: await whoIs(deletion.by) },
    });
  }
  return views;
}

export async function recordingLinksWithNames(
  store: Store,
  links: readonly RecordingLink[],
): Promise<RecordingLinkJson[]> {
  const whoIs = namesIn(store);
  return Promise.all(links.map(async (link) => ({ ...link, createdBy: await whoIs(link.createdBy) })));
}

/** Each id is looked up once. */
function namesIn(store: Store) {
  const known = new Map<string, Promise<string | null | undefined>>();
  return async (id: string) => {
    const name = known.get(id) ?? nameOfId(store, id);
    known.set(id, name);
    return { id, name: (await name) ?? null };
  };
}

/** A session as planned recordings of it would be: online and hybrid ones that stand. */
export function isRecordable({ mode, cancellation }: Pick<Session, "mode" | "cancellation">): boolean {
  return mode !== "offline" && cancellation === null;
}
