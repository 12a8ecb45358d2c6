import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRtpTimes } from "../../recordings/rtp-times.ts";
import { withOneCluster } from "../../recordings/single-cluster.ts";
import { encodeClock } from "../support/clock-samples.ts";
import { linesOf, manifestIn } from "../support/recorded.ts";
import { type Offsets, offsetsIn } from "../support/recorded-offsets.ts";
import { createSteppedClass, type SteppedClass, type SteppedPerson } from "../support/stepped-class.ts";

/** The bound of the recordings' promise: sound and picture, however they came. */
const APART_MS = 80;

/** One recording of a class of less than a minute, in which something happens to each of four people. */
describe("recorded sound and picture", () => {
  let dir: string;
  let stepped: SteppedClass;
  let switching: SteppedPerson;
  let muted: SteppedPerson;
  let late: SteppedPerson;
  let lossy: SteppedPerson;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "balai-recorded-clock-"));
    stepped = await createSteppedClass(dir, await encodeClock(80));
    switching = stepped.join("switching", { layers: 2 });
    muted = stepped.join("muted", { driftPpm: 100 });
    late = stepped.join("late", { driftPpm: -100, isBrokenFirst: true });
    lossy = stepped.join("lossy", { loss: 0.05 });
    for (const one of [switching, muted, late, lossy]) await one.publish("microphone");
    for (const one of [switching, muted, lossy]) await one.publish("camera");
    await stepped.pass(12);
    switching.performer.layersSent = 1;
    await stepped.passUntil(() => stepped.widthOf(switching) === 64);
    await muted.setMuted("microphone", true);
    await stepped.pass(12);
    await late.publish("camera");
    switching.performer.layersSent = 2;
    await stepped.passUntil(() => stepped.widthOf(switching) === 128);
    await muted.setMuted("microphone", false);
    await stepped.pass(20);
    await stepped.end();
  });

  afterAll(async () => {
    await stepped.close();
    await rm(dir, { recursive: true, force: true });
  });

  const offsetsOf = ({ connectionId, performer }: SteppedPerson) =>
    offsetsIn(stepped.recordingFolder, connectionId, {
      zeroAt: stepped.zeroAt,
      beepsAt: performer.beepsAt,
    });

  function expectInStep({ pictures, apartMs }: Offsets, atLeast: { pictures: number; beeps: number }): void {
    expect(pictures.length).toBeGreaterThanOrEqual(atLeast.pictures);
    expect(apartMs.length).toBeGreaterThanOrEqual(atLeast.beeps);
    expect(Math.max(...apartMs)).toBeLessThan(APART_MS);
    expect(Math.max(...pictures.map(({ offMs }) => Math.abs(offMs)))).toBeLessThan(APART_MS);
  }

  it("RF1 a simulcast layer that goes and comes changes the size inside a segment, not the time", async () => {
    const offsets = await offsetsOf(switching);
    expectInStep(offsets, { pictures: 30, beeps: 3 });
    const widths = offsets.pictures.map(({ width }) => width);
    // It may begin with the small layer, which is there first.
    const changes = widths.filter((width, index) => width !== widths[index - 1]);
    expect(changes.slice(-3)).toEqual([128, 64, 128]);
    const lines = await manifestIn(stepped.recordingFolder);
    const tracks = linesOf(lines, "track").filter(
      ({ connectionId }) => connectionId === switching.connectionId,
    );
    expect(tracks.map(({ source }) => source).sort()).toEqual(["camera", "microphone"]);
  });

  it("RF2 a microphone that was muted meanwhile is another track, in step with the picture again", async () => {
    expectInStep(await offsetsOf(muted), { pictures: 35, beeps: 2 });
    const lines = await manifestIn(stepped.recordingFolder);
    const tracks = linesOf(lines, "track").filter(
      ({ connectionId, source }) => connectionId === muted.connectionId && source === "microphone",
    );
    expect(tracks).toHaveLength(2);
  });

  it("RF3 a camera that comes late, its first picture in pieces, is in step with sound that was there before", async () => {
    expectInStep(await offsetsOf(late), { pictures: 15, beeps: 2 });
  });

  it("RF4 one packet of twenty is lost: what is left is in step", async () => {
    expectInStep(await offsetsOf(lossy), { pictures: 25, beeps: 3 });
  });

  it("RF5 over two hours a clock that runs 100 ppm fast or slow is followed to 10 ms", () => {
    for (const ppm of [100, -100]) {
      const times = createRtpTimes(48_000);
      const timestampAt = (ms: number) => (4_294_000_000 + Math.round(ms * 48 * (1 + ppm / 1e6))) % 2 ** 32;
      times.begin(timestampAt(0), 0);
      for (let at = 5_000; at <= 7_200_000; at += 5_000) {
        // A report is on its way for up to 40 ms, and then counts little.
        times.report(timestampAt(at), at + (at % 9) * 5);
        const seconds = (at / 1000) * (1 + ppm / 1e6);
        expect(Math.abs((times.timeOf(seconds) ?? 0) - at)).toBeLessThan(10);
      }
    }
  });
});

describe("a segment's file", () => {
  const run = promisify(execFile);
  const packetsOf = async (file: string) =>
    (await run("ffprobe", ["-v", "error", "-show_entries", "packet=pts,size,flags", "-of", "csv", file]))
      .stdout;
  const clustersOf = (webm: Buffer) => webm.toString("latin1").split("\x1f\x43\xb6\x75").length - 1;

  it("RF15 has its pictures in one cluster, however seldom they came, and the same ones at the same times", async () => {
    const dir = await mkdtemp(join(tmpdir(), "balai-segment-"));
    const [many, one] = [join(dir, "many.webm"), join(dir, "one.webm")];
    try {
      const picture = ["-f", "lavfi", "-i", "testsrc=s=320x180:r=4", "-t", "9", "-c:v", "libvpx", "-g", "8"];
      await run("ffmpeg", ["-v", "error", ...picture, "-cluster_time_limit", "100", "-f", "webm", many]);
      const written = await readFile(many);
      expect(clustersOf(written)).toBe(36);
      const whole = withOneCluster(written);
      if (!whole) throw new Error("it was not understood");
      expect(clustersOf(whole)).toBe(1);
      await writeFile(one, whole);
      expect(await packetsOf(one)).toBe(await packetsOf(many));
      expect(withOneCluster(written.subarray(0, 30))).toBeNull();
      expect(withOneCluster(Buffer.alloc(0))).toBeNull();
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
