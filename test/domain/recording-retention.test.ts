import { describe, expect, it } from "vitest";
import { bytesPerHourFrom, forecastFrom, leftBytesFrom } from "../../server/domain/recording-forecast.ts";
import {
  DAY_MS,
  decideOpenShare,
  decideProlong,
  decideShare,
  decideThere,
  isDueSoon,
  type KeptRecording,
  keptUntilFrom,
  recordingStateFrom,
  WARNING_MS,
} from "../../server/domain/recording-retention.ts";
import type { Result } from "../../server/protocol/errors.ts";
import type { SessionId } from "../../server/protocol/ids.ts";

const ended: KeptRecording = { endedAt: 1_000, endReason: "staff", keptUntil: 10 * DAY_MS, deletion: null };
const running: KeptRecording = { ...ended, endedAt: null, endReason: null, keptUntil: null };
const deleted: KeptRecording = { ...ended, deletion: { doneAt: 5 } };
const codeOf = (result: Result) => (result.ok ? "ok" : result.code);

describe("how long recordings are kept", () => {
  it("RO1 counts the days from the end", () => {
    expect(keptUntilFrom(1_000, 30)).toBe(1_000 + 30 * DAY_MS);
  });

  it.each([
    ["running", running],
    ["whole", ended],
    ["whole", { ...ended, endReason: "class-closed" }],
    ["fault", { ...ended, endReason: "disk-full" }],
    ["deleting", { ...ended, deletion: { doneAt: null } }],
    ["deleted", deleted],
  ] as const)("RO7 says of a recording that it is %s", (state, recording) => {
    expect(recordingStateFrom(recording)).toBe(state);
  });

  it("RO2 is kept longer, never shorter, and not for ever", () => {
    const now = 2 * DAY_MS;
    expect(codeOf(decideProlong(ended, 11 * DAY_MS, now))).toBe("ok");
    expect(codeOf(decideProlong(ended, 10 * DAY_MS, now))).toBe("bad-request");
    expect(codeOf(decideProlong(ended, now + 3_651 * DAY_MS, now))).toBe("bad-request");
    expect(codeOf(decideProlong(running, 11 * DAY_MS, now))).toBe("recording-running");
    expect(codeOf(decideProlong(deleted, 11 * DAY_MS, now))).toBe("recording-deleted");
  });

  it("RO3 is warned of two weeks before", () => {
    const keptUntil = 100 * DAY_MS;
    const one = { ...ended, keptUntil };
    expect(isDueSoon(one, keptUntil - WARNING_MS - 1)).toBe(false);
    expect(isDueSoon(one, keptUntil - WARNING_MS)).toBe(true);
    expect(isDueSoon({ ...one, deletion: { doneAt: null } }, keptUntil)).toBe(false);
    expect(isDueSoon(running, keptUntil)).toBe(false);
  });

  it("RO5 is not deleted while it is being made", () => {
    expect(codeOf(decideThere(running))).toBe("recording-running");
    expect(codeOf(decideThere(ended))).toBe("ok");
    expect(codeOf(decideThere(deleted))).toBe("recording-deleted");
  });

  it("RO8 is shared until an end that is not beyond its own", () => {
    const now = DAY_MS;
    expect(codeOf(decideShare(ended, 10 * DAY_MS, now))).toBe("ok");
    expect(codeOf(decideShare(ended, 10 * DAY_MS + 1, now))).toBe("bad-request");
    expect(codeOf(decideShare(ended, now, now))).toBe("bad-request");
    expect(codeOf(decideShare(running, 2 * DAY_MS, now))).toBe("recording-running");
    const share = { expiresAt: 5 * DAY_MS, revokedAt: null };
    expect(codeOf(decideOpenShare(share, ended, 5 * DAY_MS - 1))).toBe("ok");
    expect(codeOf(decideOpenShare(share, ended, 5 * DAY_MS))).toBe("link-expired");
    expect(codeOf(decideOpenShare({ ...share, revokedAt: 1 }, deleted, now))).toBe("link-revoked");
    expect(codeOf(decideOpenShare(share, deleted, now))).toBe("recording-deleted");
  });
});

describe("the room for recordings", () => {
  const HOUR_MS = 3_600_000;
  const GB = 1_000_000_000;
  const planned = (name: string, startAt: number, hours: number) => ({
    sessionId: `ses_${name}` as SessionId,
    title: name,
    timeZone: "Asia/Jakarta",
    startAt,
    lengthMs: hours * HOUR_MS,
  });

  it("RO11 measures an hour on own recordings, and guesses without", () => {
    expect(bytesPerHourFrom([])).toEqual({ bytesPerHour: GB, measuredHours: 0 });
    expect(bytesPerHourFrom([{ bytes: 5 * GB, lengthMs: 1_000 }]).measuredHours).toBe(0);
    const two = [
      { bytes: GB, lengthMs: HOUR_MS },
      { bytes: 2 * GB, lengthMs: HOUR_MS / 2 },
    ];
    expect(bytesPerHourFrom(two)).toEqual({ bytesPerHour: 2 * GB, measuredHours: 1.5 });
  });

  it("RO11 has what is left of the budget or of the disk, whichever is less", () => {
    const room = { usedBytes: 4 * GB, diskFreeBytes: 10 * GB, floorBytes: GB };
    expect(leftBytesFrom({ ...room, budgetBytes: null })).toBe(9 * GB);
    expect(leftBytesFrom({ ...room, budgetBytes: 6 * GB })).toBe(2 * GB);
    expect(leftBytesFrom({ ...room, budgetBytes: 50 * GB })).toBe(9 * GB);
    expect(leftBytesFrom({ ...room, budgetBytes: GB })).toBe(0);
  });

  it("RO11 names the planned sessions that find no room, counting what is deleted by then", () => {
    const rate = { leftBytes: 5 * GB, bytesPerHour: GB };
    const sessions = [planned("c", 30, 2), planned("a", 10, 3), planned("b", 20, 2)];
    const without = forecastFrom({ ...rate, planned: sessions, freed: [] });
    expect(without).toMatchObject({ hoursLeft: 5, planned: { sessions: 3, hours: 7, bytes: 7 * GB } });
    expect(without.short).toEqual([expect.objectContaining({ title: "c", missingBytes: 2 * GB })]);
    const freed = [{ at: 25, bytes: 2 * GB }];
    expect(forecastFrom({ ...rate, planned: sessions, freed }).shortCount).toBe(0);
    const late = [{ at: 31, bytes: 2 * GB }];
    expect(forecastFrom({ ...rate, planned: sessions, freed: late }).shortCount).toBe(1);
  });
});
