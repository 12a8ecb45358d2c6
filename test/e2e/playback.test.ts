import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { launchPlaybackBrowser, type PlaybackBrowser } from "../support/playback-browser.ts";
import { makeRecording } from "../support/synthetic-recording.ts";
import { createTrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let browser: PlaybackBrowser;
let page: Page;
const recordingId = newId("rec");

/** A camera that stops after 40 s and comes back at 60 s, a share from 20 s on, and a pause from 80 s to 100 s. */
beforeAll(async () => {
  server = await serveApi();
  const centre = await createTrainingCentre(server);
  const order = { recordingId, sessionId: centre.session.id, rooms: "main", hasChat: true } as const;
  await server.store.recordings.begin({ ...order, startedAt: 1, startedBy: "server" });
  const of = { personId: centre.instructor.id, connectionId: "con_1" as ConnectionId };
  await makeRecording(join(server.dataDir, "recordings", recordingId), {
    startAt: server.clock.now(),
    head: { recordingId, sessionId: centre.session.id },
    lines: (line) => [
      line.state(0, {}),
      line.event(80_000, "recording.paused"),
      line.event(100_000, "recording.resumed"),
      line.state(100_000, {}),
    ],
    tracks: [
      { trackId: "000001", ...of, source: "camera", fromS: 0, toS: 40 },
      { trackId: "000002", ...of, source: "microphone", fromS: 0, toS: 80 },
      { trackId: "000003", ...of, source: "screen", fromS: 20, toS: 80 },
      { trackId: "000004", ...of, source: "camera", fromS: 60, toS: 80 },
      { trackId: "000005", ...of, source: "camera", fromS: 100, toS: 120 },
      { trackId: "000006", ...of, source: "microphone", fromS: 100, toS: 120 },
    ],
    endedS: 120,
  });
  await server.store.recordings.end(recordingId, server.clock.now() + 120_000, "staff");
  browser = await launchPlaybackBrowser();
  page = await browser.open(server, centre.links.participant.cookie, recordingId);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function seek(positionMs: number): Promise<void> {
  await page.evaluate((target) => window.playback.seek(target), positionMs);
}

/** Waits until both pictures show the position, as near as their ten pictures a second allow. */
async function pictures(which: readonly number[], withinMs = 150): Promise<void> {
  await page.waitForFunction(
    (indices, within) =>
      indices.every((index) => {
        const one = window.shown()[index];
        return one !== undefined && Math.abs(one.shownMs - one.positionMs) <= within;
      }),
    { timeout: 15_000 },
    which,
    withinMs,
  );
}

describe("watching a recording in Chromium", () => {
  it("E2E70 the picture at a moment shows that moment, forwards, backwards and at the end of a segment", async () => {
    for (const position of [25_000, 3_250, 39_500, 20_050, 70_000]) {
      await seek(position);
      await pictures(position >= 20_000 ? [0, 1] : [0]);
      expect(await page.evaluate(() => window.playback.positionMs.peek())).toBeCloseTo(position, -1);
    }
  });

  it("E2E70 pictures keep to the sound while it plays, at every speed", async () => {
    for (const speed of [1, 2, 0.75] as const) {
      const startedMs = await page.evaluate(
        (rate) =>
          window.startedAfterMs(() => {
            window.playback.setSpeed(rate);
            window.playback.seek(21_000);
            window.playback.play();
          }, 21_000),
        speed,
      );
      expect(startedMs).toBeGreaterThan(0);
      await page.waitForFunction(() => window.playback.positionMs.peek() > 24_000);
      await page.waitForFunction(() => window.apartMs() < 80, { timeout: 15_000, polling: 50 });
      await pictures([0, 1], 300);
      await page.evaluate(() => window.playback.pause());
    }
  });

  it("E2E70 passes over a pause, and ends", async () => {
    await page.evaluate(() => {
      window.playback.setSpeed(1);
      window.playback.seek(79_000);
      window.playback.play();
    });
    await page.waitForFunction(() => window.playback.positionMs.peek() > 100_500, { timeout: 15_000 });
    await pictures([0], 300);
    await seek(119_000);
    await page.waitForFunction(() => window.playback.hasEnded.peek(), { timeout: 15_000 });
    expect(await page.evaluate(() => window.playback.isPlaying.peek())).toBe(false);
  });

  it("E2E70 on a thin line there are stills of the share, and no pictures are fetched", async () => {
    await page.evaluate(() => {
      window.playback.setMode("stills");
      window.playback.seek(42_000);
    });
    await page.waitForFunction(() => window.videos[1]?.poster.startsWith("blob:"), { timeout: 15_000 });
    expect(await page.evaluate(() => window.videos.map(({ src }) => src))).toEqual(["", ""]);
  });
});
