import { appendFile, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTimelines } from "../../recordings/timelines.ts";
import type { RecordingId } from "../../server/protocol/ids.ts";
import { connectionOf, idOf } from "../support/class-story.ts";
import { recordedLine as line, writeManifest } from "../support/recorded-story.ts";

let dir: string;
const recordingId = "rec_1" as RecordingId;
const track = { trackId: "000001", personId: idOf("ina"), connectionId: connectionOf("ina") };
const text = (one: object) => `${JSON.stringify(one)}\n`;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "balai-timelines-"));
});
afterAll(() => rm(dir, { recursive: true }));

describe("time lines that are kept", () => {
  it("PB2 grow with their manifests, line by whole line, and begin anew with another", async () => {
    const timelines = createTimelines(dir);
    const durationMs = async () => (await timelines.of(recordingId))?.durationMs;
    const path = join(dir, recordingId, "manifest.jsonl");
    expect(await timelines.of(recordingId)).toBeNull();
    await writeManifest(join(dir, recordingId), [line.head(), line.track(0, { ...track, source: "camera" })]);
    expect(await durationMs()).toBe(0);
    const segment = text(line.segment("000001", 0, [0, 10_000]));
    await appendFile(path, segment.slice(0, 30));
    expect(await durationMs()).toBe(0);
    await appendFile(path, segment.slice(30));
    expect(await durationMs()).toBe(10_000);
    expect(await timelines.of(recordingId)).toBe(await timelines.of(recordingId));
    // As erasing somebody does: a new file in its place.
    await writeFile(`${path}.new`, text(line.head()) + text(line.ended(3_000)));
    await rename(`${path}.new`, path);
    expect(await durationMs()).toBe(3_000);
  });

  it("PB2 of a broken line is a fault, each time it is asked for", async () => {
    const timelines = createTimelines(dir);
    const broken = "rec_2" as RecordingId;
    await writeManifest(join(dir, broken), [line.head()]);
    await appendFile(join(dir, broken, "manifest.jsonl"), '{"type":"nonsense"}\n');
    await expect(timelines.of(broken)).rejects.toThrow();
    await expect(timelines.of(broken)).rejects.toThrow();
    expect(await timelines.of("../rec_1" as RecordingId)).toBeNull();
  });
});
