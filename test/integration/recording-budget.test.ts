import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecorder } from "../../recordings/create-recorder.ts";
import type { ClassRecording, Recorder } from "../../server/ports.ts";
import { refuse } from "../../server/protocol/errors.ts";
import type { RecordingId, SessionId } from "../../server/protocol/ids.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { linesOf, manifestIn } from "../support/recorded.ts";

const ID = "rec_1" as RecordingId;
const GB = 1_000_000_000;

let dir: string;
let clock: FakeClock;
let recorder: Recorder;
let recording: ClassRecording | null;
let faults: string[];
let budget: { limit: number | null; used: number | Error };
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "balai-budget-"));
  clock = new FakeClock();
  faults = [];
  recording = null;
  budget = { limit: null, used: 0 };
  recorder = await createRecorder({
    dir,
    programPath: process.env.PATH ?? "",
    clock,
    log: createQuietLog().log,
    freeBytes: async () => 1_000 * GB,
    budget: {
      bytes: async () => budget.limit,
      used: async () => {
        if (budget.used instanceof Error) throw budget.used;
        return budget.used;
      },
    },
  });
});
afterEach(async () => {
  await recording?.end("staff");
  await recorder.close();
  await rm(dir, { recursive: true, force: true });
});

function record(): ClassRecording {
  recording = recorder.record({
    recordingId: ID,
    sessionId: "ses_1" as SessionId,
    rooms: "main",
    hasChat: true,
    media: { tap: async () => refuse("media-unavailable") },
    onFault: (reason) => void faults.push(reason),
  });
  return recording;
}

describe("the budget of recordings", () => {
  it("RO10 stops a recording within five seconds of being used up, and says why", async () => {
    budget = { limit: 10 * GB, used: 9 * GB };
    expect(await recorder.problem()).toBeNull();
    const running = record();
    expect(recorder.isRecording(ID)).toBe(true);
    clock.advance(60_000);
    expect(await recorder.problem()).toBeNull();
    expect(faults).toEqual([]);
    budget.used = 10 * GB;
    clock.advance(5_000);
    await expect.poll(() => faults).toEqual(["budget-full"]);
    await running.end("budget-full");
    expect(recorder.isRecording(ID)).toBe(false);
    expect(linesOf(await manifestIn(join(dir, ID)), "ended")).toMatchObject([{ reason: "budget-full" }]);
    expect(await recorder.problem()).toBe("budget-full");
    budget.limit = 20 * GB;
    expect(await recorder.problem()).toBeNull();
  });

  it("RO10 stops nothing where there is none, or where nobody can tell", async () => {
    budget = { limit: null, used: 5_000 * GB };
    record();
    clock.advance(10_000);
    expect(await recorder.problem()).toBeNull();
    budget = { limit: GB, used: new Error("EIO") };
    clock.advance(10_000);
    expect(await recorder.problem()).toBeNull();
    expect(faults).toEqual([]);
  });
});
