import type { SessionId } from "../protocol/ids.ts";

/** RO11: before there is a recording of one's own to measure, an hour with one camera, one share and sound. */
export const GUESSED_BYTES_PER_HOUR = 1_000_000_000;
const HOUR_MS = 3_600_000;
/** So many sessions without room are named. */
const SHORT_SHOWN = 5;

export interface MeasuredRecording {
  readonly bytes: number;
  readonly lengthMs: number;
}

/** RO11: what an hour takes, of own recordings; a guess where there are none of at least a minute. */
export function bytesPerHourFrom(recordings: readonly MeasuredRecording[]): {
  readonly bytesPerHour: number;
  readonly measuredHours: number;
} {
  const counted = recordings.filter(({ bytes, lengthMs }) => bytes > 0 && lengthMs >= 60_000);
  const hours = counted.reduce((sum, { lengthMs }) => sum + lengthMs / HOUR_MS, 0);
  const bytes = counted.reduce((sum, one) => sum + one.bytes, 0);
  return hours === 0
    ? { bytesPerHour: GUESSED_BYTES_PER_HOUR, measuredHours: 0 }
    : { bytesPerHour: Math.max(1, Math.round(bytes / hours)), measuredHours: hours };
}

/** RO11: what recordings may still take: of the budget, or of the disk above its floor, whichever is less. */
export function leftBytesFrom(room: {
  readonly usedBytes: number;
  readonly diskFreeBytes: number;
  readonly floorBytes: number;
  readonly budgetBytes: number | null;
}): number {
  const ofDisk = room.diskFreeBytes - room.floorBytes;
  const ofBudget = room.budgetBytes === null ? ofDisk : room.budgetBytes - room.usedBytes;
  return Math.max(0, Math.min(ofDisk, ofBudget));
}

export interface PlannedRecording {
  readonly sessionId: SessionId;
  readonly title: string;
  readonly timeZone: string;
  readonly startAt: number;
  readonly lengthMs: number;
}

/** RO11: which planned sessions find no room, if all were recorded; what is deleted by then makes room. */
export function forecastFrom(given: {
  readonly leftBytes: number;
  readonly bytesPerHour: number;
  readonly planned: readonly PlannedRecording[];
  /** Recordings that are deleted, and when. */
  readonly freed: readonly { readonly at: number; readonly bytes: number }[];
}) {
  const { leftBytes, bytesPerHour, freed } = given;
  const planned = given.planned.toSorted((a, b) => a.startAt - b.startAt);
  let takenBytes = 0;
  let hours = 0;
  const short = [];
  for (const { lengthMs, ...session } of planned) {
    hours += lengthMs / HOUR_MS;
    takenBytes += Math.round((lengthMs / HOUR_MS) * bytesPerHour);
    const freedBytes = freed.reduce((sum, { at, bytes }) => (at <= session.startAt ? sum + bytes : sum), 0);
    const missingBytes = takenBytes - leftBytes - freedBytes;
    if (missingBytes > 0) short.push({ ...session, missingBytes });
  }
  return {
    hoursLeft: leftBytes / bytesPerHour,
    planned: { sessions: planned.length, hours, bytes: takenBytes },
    short: short.slice(0, SHORT_SHOWN),
    shortCount: short.length,
  };
}
