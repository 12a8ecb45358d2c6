import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConnectionId, PersonId, RecordingId } from "../../server/protocol/ids.ts";
import type { RecordingEnd } from "../../server/protocol/recordings.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { createQuietLog } from "./quiet-log.ts";
import { recordedLineAt, writeManifest } from "./recorded-story.ts";

const ALL = { limit: 100, cursor: null };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TWO_HOURS_BYTES = 1_400_000_000;

/**
 * Gives the demo of a stopped server three recordings of two hours, without any pictures: one that is kept a year, with
 * a track of its first participant, one that is deleted in a week, and one that a full disk ended.
 */
export async function recordDemoOffice(dataDir: string): Promise<void> {
  const store = await createSqliteStore({ file: join(dataDir, "balai.db"), log: createQuietLog().log });
  try {
    const [programme] = (await store.programmes.list(ALL)).items;
    const [session] = programme ? (await store.sessions.list(programme.id, ALL)).items : [];
    if (!programme || !session) throw new Error("the demo is not there");
    const staff = (await store.staff.list(programme.id, ALL)).items.find(({ role }) => role === "instructor");
    const roster = await store.enrolments.roster(programme.id, null);
    const people = [staff, ...roster].flatMap((person) => (person ? [person.id] : []));
    const add = async (name: string, daysAgo: number, keptDays: number, end: RecordingEnd) => {
      const recordingId = `rec_${name}` as RecordingId;
      const startedAt = Date.now() - daysAgo * DAY_MS;
      const order = { recordingId, sessionId: session.id, rooms: "main", hasChat: true } as const;
      await store.recordings.begin({ ...order, startedAt, startedBy: staff?.id ?? "server", keptDays });
      await store.recordings.end(recordingId, startedAt + 2 * HOUR_MS, end);
      const line = recordedLineAt(startedAt);
      const track = (personId: PersonId, index: number) =>
        line.track(0, {
          trackId: String(index + 1).padStart(6, "0"),
          personId,
          connectionId: `con_${personId.slice(4)}` as ConnectionId,
          source: "microphone",
        });
      const folder = join(dataDir, "recordings", recordingId);
      const head = line.head({ recordingId, sessionId: session.id });
      await mkdir(join(folder, "000001"), { recursive: true });
      // As large as two hours are; a file of zeros takes no room.
      await writeFile(join(folder, "000001", "000000.webm"), "");
      await truncate(join(folder, "000001", "000000.webm"), TWO_HOURS_BYTES);
      await writeManifest(folder, [head, ...people.map(track), line.ended(2 * HOUR_MS, end)]);
    };
    await add("old", 3, 10, "class-closed");
    await add("cut", 2, 365, "disk-full");
    await add("whole", 1, 365, "staff");
    for (const [index, personId] of people.entries()) {
      const text = { textVersion: 2, language: "id", keptDays: 365, textHash: "0".repeat(64) } as const;
      const answer = { sessionId: session.id, personId, isGiven: true, ...text };
      await store.consents.add({ ...answer, seq: 1_000_000 + index, at: Date.now() - DAY_MS });
    }
  } finally {
    await store.close();
  }
}
