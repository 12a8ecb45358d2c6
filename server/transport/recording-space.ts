import { bytesPerHourFrom, forecastFrom, leftBytesFrom } from "../domain/recording-forecast.ts";
import { DAY_MS } from "../domain/recording-retention.ts";
import type { Clock, RecordingFiles, Store } from "../ports.ts";
import type { RecordingSpace } from "../protocol/recording-office.ts";
import { everyPageOf } from "./every-page-of.ts";
import { isRecordable } from "./recording-views.ts";

const AHEAD_MS = 60 * DAY_MS;
/** What an hour takes is measured on so many recordings at most. */
const MEASURED = 50;
const MOST_DUE = 1_000;

/** RO11: what room recordings have, and whether it is enough for what is planned. */
export async function recordingSpaceOf(parts: {
  readonly store: Store;
  readonly recordingFiles: RecordingFiles;
  readonly clock: Clock;
}): Promise<RecordingSpace> {
  const { store, recordingFiles, clock } = parts;
  const now = clock.now();
  const { budgetBytes } = await store.recordingSettings.get();
  const space = await recordingFiles.space();
  const leftBytes = leftBytesFrom({ ...space, budgetBytes });
  const measured = (await store.recordings.measured(MEASURED)).map(
    ({ capturedBytes, startedAt, endedAt }) => ({
      bytes: capturedBytes ?? 0,
      lengthMs: (endedAt ?? startedAt) - startedAt,
    }),
  );
  const rate = bytesPerHourFrom(measured);
  const due = await store.recordings.due(now + AHEAD_MS, MOST_DUE);
  const freed = due.map(({ keptUntil, capturedBytes }) => ({
    at: keptUntil ?? now,
    bytes: capturedBytes ?? 0,
  }));
  const planned = await plannedRecordings(store, now);
  const forecast = forecastFrom({ leftBytes, bytesPerHour: rate.bytesPerHour, planned, freed });
  const { usedBytes, diskFreeBytes } = space;
  return { usedBytes, diskFreeBytes, leftBytes, budgetBytes, ...rate, ...forecast };
}

/** What is still to come of sessions in the next sixty days. */
async function plannedRecordings(store: Store, now: number) {
  const planned = [];
  for (const programme of await everyPageOf((page) => store.programmes.list(page))) {
    for (const session of await everyPageOf((page) => store.sessions.list(programme.id, page))) {
      const slots = session.slots.filter(({ endAt, startAt }) => endAt > now && startAt < now + AHEAD_MS);
      const first = slots[0];
      if (!first || !isRecordable(session)) continue;
      planned.push({
        sessionId: session.id,
        title: session.title,
        timeZone: session.timeZone,
        startAt: Math.min(...slots.map(({ startAt }) => startAt)),
        lengthMs: slots.reduce((sum, { startAt, endAt }) => sum + endAt - Math.max(startAt, now), 0),
      });
    }
  }
  return planned;
}
