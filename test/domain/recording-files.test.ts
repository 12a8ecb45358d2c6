import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecordingFiles } from "../../recordings/create-recording-files.ts";
import { createDiskUse } from "../../recordings/disk-use.ts";
import { manifestFrom } from "../../recordings/manifest-file.ts";
import { readManifest } from "../../recordings/manifest-reader.ts";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import type { RecordingFiles } from "../../server/ports.ts";
import type { ConnectionId, PersonId, RecordingId, SessionId } from "../../server/protocol/ids.ts";
import type { ManifestLine } from "../../server/protocol/recordings.ts";
import { recordedLineAt, writeManifest } from "../support/recorded-story.ts";

const ID = "rec_1" as RecordingId;
const ANI = "enr_ani" as PersonId;
const BUDI = "enr_budi" as PersonId;
const [ANI_1, ANI_2, BUDI_1] = ["con_a1", "con_a2", "con_b1"] as ConnectionId[];
const line = recordedLineAt(1_000_000);

let dir: string;
let files: RecordingFiles;
let isRunning = false;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "balai-recording-files-"));
  isRunning = false;
  files = createRecordingFiles({
    dir,
    use: createDiskUse(dir),
    recorder: { isRecording: () => isRunning },
    freeBytes: async () => 9_000,
  });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const folder = () => join(dir, ID);
const track = (trackId: string, personId: PersonId, connectionId = ANI_1) =>
  line.track(0, { trackId, personId, connectionId: connectionId as ConnectionId, source: "microphone" });
const people = (...ids: readonly [ConnectionId | undefined, PersonId][]) => ({
  people: ids.map(([, personId]) => ({ personId, role: "participant" })),
  connections: ids.map(([connectionId, personId]) => ({ connectionId, personId, room: "main" })),
});

/** Ani and Budi, with a track each, and what was made of it. */
async function record(): Promise<void> {
  const lines: ManifestLine[] = [
    line.head({ recordingId: ID, sessionId: "ses_1" as SessionId }),
    line.state(0, people([ANI_1, ANI], [BUDI_1, BUDI])),
    track("000001", ANI),
    line.segment("000001", 0, [0, 10_000]),
    track("000002", BUDI, BUDI_1),
    line.segment("000002", 0, [0, 10_000]),
    line.event(1_000, "chat.posted", { personId: ANI, text: "Kata Ani", room: "main" }),
    line.event(2_000, "chat.posted", { personId: BUDI, text: "Kata Budi", room: "main" }),
    line.event(3_000, "presence.joined", { connectionId: ANI_2, enrolmentId: ANI, room: "main" }),
    line.event(4_000, "room.moved", { connectionId: ANI_2, room: "main" }),
    line.event(5_000, "hand.called", { personId: BUDI, by: ANI }),
  ];
  if (ANI_2 && BUDI_1) {
    lines.push({ type: "speakers", at: 1_006_000, room: "main", connectionIds: [ANI_2, BUDI_1] });
  }
  await writeManifest(folder(), lines);
  for (const name of ["000001", "000002"]) {
    await mkdir(join(folder(), name), { recursive: true });
    await writeFile(join(folder(), name, "000000.webm"), "x".repeat(100));
  }
  await mkdir(join(folder(), "exports"));
  await writeFile(join(folder(), "exports", "kelas.mp4"), "x".repeat(1_000));
  await writeFile(join(folder(), "captions.vtt"), "Kata Ani");
}

const manifest = async () => manifestFrom(await readFile(join(folder(), "manifest.jsonl"), "utf8"));

describe("a recording that another node took up", () => {
  it("CN15 has no line that the first wrote after that, read whole or piece by piece", async () => {
    const of = (epoch: number, ...lines: readonly ManifestLine[]) =>
      lines.map((one) => JSON.stringify({ ...one, epoch }));
    const head = line.head({ recordingId: ID, sessionId: "ses_1" as SessionId });
    const before = of(
      3,
      head,
      line.state(0, people()),
      track("000001", ANI),
      line.segment("000001", 0, [0, 10_000]),
    );
    const late = of(3, line.segment("000001", 1, [10_000, 20_000]), track("000002", ANI));
    const up: ManifestLine = { type: "taken-up", at: 1_016_000 };
    const taken = of(4, up, line.state(17_000, people()), track("000003", ANI));
    const path = join(folder(), "manifest.jsonl");
    await mkdir(folder());
    await writeFile(path, `${[...before, ...taken].join("\n")}\n`);
    const known = await readManifest(path, null);
    await appendFile(
      path,
      `${[...late, ...of(4, line.segment("000003", 0, [17_000, 27_000]))].join("\n")}\n`,
    );
    const { lines } = await readManifest(path, known);
    expect(await manifest()).toEqual(lines);
    expect(lines.map((one) => ("trackId" in one ? one.trackId : one.type))).toEqual([
      ...["recording", "state", "000001", "000001", "taken-up", "state", "000003", "000003"],
    ]);
    expect(timelineFrom(lines)?.gaps).toEqual([{ kind: "outage", fromMs: 10_000, toMs: 17_000 }]);
    expect(timelineFrom(lines)?.tracks.map(({ segments }) => segments.length)).toEqual([1, 1]);
  });
});

describe("a recording's files", () => {
  it("RO12 lose everything of one person, and what was made of the whole", async () => {
    await record();
    expect(await files.tracksOf(ID, ANI)).toEqual([
      { source: "microphone", room: "main", startAt: 1_000_000, endAt: 1_010_000 },
    ]);
    expect(await files.removePerson(ID, ANI)).toBe(true);
    expect((await readdir(folder())).sort()).toEqual(["000002", "manifest.jsonl"]);
    const text = await readFile(join(folder(), "manifest.jsonl"), "utf8");
    expect(text).not.toMatch(/enr_ani|con_a|Kata Ani/);
    expect(text).toMatch(/Kata Budi/);
    const lines = await manifest();
    expect(lines.filter(({ type }) => type === "track")).toHaveLength(1);
    expect(lines.find(({ type }) => type === "speakers")).toMatchObject({ connectionIds: [BUDI_1] });
    expect(lines.at(-2)).toMatchObject({ event: { type: "hand.called", personId: BUDI, by: "unrecorded" } });
    expect(await files.tracksOf(ID, ANI)).toEqual([]);
  });

  it("RO12 lose them whole after a stop in the middle, and again without harm", async () => {
    await record();
    // As a stop leaves it: some files gone, the lines not yet.
    await rm(join(folder(), "000001"), { recursive: true });
    await writeFile(join(folder(), "manifest.jsonl.new"), '{"type":"rec');
    await files.removePerson(ID, ANI);
    const after = await readFile(join(folder(), "manifest.jsonl"), "utf8");
    expect(after).not.toMatch(/enr_ani/);
    await files.removePerson(ID, ANI);
    expect(await readFile(join(folder(), "manifest.jsonl"), "utf8")).toBe(after);
    expect((await readdir(folder())).sort()).toEqual(["000002", "manifest.jsonl"]);
  });

  it("RO12 stay as they are while the recording is being made", async () => {
    await record();
    isRunning = true;
    expect(await files.removePerson(ID, ANI)).toBe(false);
    expect(await files.tracksOf(ID, ANI)).toHaveLength(1);
  });

  it("RO12 of a recording that has none lose nothing", async () => {
    expect(await files.removePerson(ID, ANI)).toBe(true);
    expect(await files.tracksOf(ID, ANI)).toEqual([]);
    await files.remove(ID);
    expect(await files.bytesOf(ID)).toBe(0);
  });

  it("RO4 are gone with their folder, another recording's stay", async () => {
    await record();
    await mkdir(join(dir, "rec_2"));
    await files.remove(ID);
    expect(await readdir(dir)).toEqual(["rec_2"]);
  });

  it("RO11 are measured as they are now, with segments that came or went", async () => {
    await record();
    const before = await files.bytesOf(ID);
    expect(before).toBeGreaterThan(1_200);
    await writeFile(join(folder(), "000001", "000001.webm"), "x".repeat(50));
    expect(await files.bytesOf(ID)).toBe(before + 50);
    await rm(join(folder(), "000001", "000000.webm"));
    expect(await files.bytesOf(ID)).toBe(before - 50);
    await rm(join(folder(), "000001"), { recursive: true });
    expect(await files.bytesOf(ID)).toBe(before - 100);
    expect(await files.space()).toMatchObject({ usedBytes: before - 100, diskFreeBytes: 9_000 });
  });
});
