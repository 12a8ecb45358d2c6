import { join } from "node:path";
import { createExports } from "../../recordings/export/create-exports.ts";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import { createClock } from "../../server/clock.ts";
import { newId } from "../../server/new-id.ts";
import type { RecordingId } from "../../server/protocol/ids.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { createQuietLog } from "./quiet-log.ts";
import { manifestIn } from "./recorded.ts";

/** Exports a recording until it is killed: folder of recordings, database, PATH, recording. */
const [dir = "", file = "", programPath = "", recording = ""] = process.argv.slice(2);
const { log } = createQuietLog();
const store = await createSqliteStore({ file, log });
const exports = await createExports({
  dir,
  programPath,
  store: store.exports,
  slides: { pictureFile: () => null },
  clock: createClock(0),
  newId,
  log,
  isClassOpen: () => false,
  roomLeft: async () => 10 ** 12,
  async sourceOf(recordingId) {
    const timeline = timelineFrom(await manifestIn(join(dir, recordingId)));
    const session = { title: "Etika", unit: "Etika", programme: "AI", timeZone: "Asia/Jakarta" };
    return timeline && { ...timeline, isUnderWay: false, session, people: [], decks: [], chapters: [] };
  },
});
const asked = await exports.request(recording as RecordingId, { language: "id", by: "adm_1" });
if (!asked.ok) throw new Error(asked.code);
