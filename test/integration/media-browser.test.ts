import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClassMedia, MediaServer } from "../../server/ports.ts";
import type { BreakoutRoomId, ConnectionId, SessionId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import { createMediaServer } from "../../sfu/media-server.ts";
import { createMediaBrowser, type MediaBrowser, type MediaTab } from "../support/media-browser.ts";
import { createQuietLog } from "../support/quiet-log.ts";

const A = "con_a" as ConnectionId;
const B = "con_b" as ConnectionId;
const BREAKOUT = "rom_1" as BreakoutRoomId;
const { log, lines } = createQuietLog();
let server: MediaServer;
let browser: MediaBrowser;
let classMedia: ClassMedia;
let a: MediaTab;
let b: MediaTab;
const spoken: string[][] = [];

beforeAll(async () => {
  server = await createMediaServer({ workers: 1, listenIp: "127.0.0.1", port: 21_210, log });
  classMedia = await server.openClass("ses_browser" as SessionId, {
    onSpeakers: (_room, connectionIds) => void spoken.push([...connectionIds]),
    onProducerClosed: () => undefined,
  });
  browser = await createMediaBrowser();
  a = await browser.open(classMedia, A, MAIN_ROOM);
  b = await browser.open(classMedia, B, MAIN_ROOM);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function show(tab: MediaTab, connectionId: ConnectionId): Promise<void> {
  await tab.page.evaluate((id) => {
    window.media.setView({
      mode: "gallery",
      tiles: [
        { connectionId: id, source: "camera", width: 640 },
        { connectionId: id, source: "screen", width: 1280 },
      ],
    });
  }, connectionId);
}

const receives = (tab: MediaTab, key: `${string}/microphone` | `${string}/camera` | `${string}/screen`) =>
  tab.page.waitForFunction(
    (wanted) => window.media.remoteTracks.peek().has(wanted),
    { timeout: 15_000 },
    key,
  );
const receivesNot = (tab: MediaTab, key: `${string}/microphone` | `${string}/camera`) =>
  tab.page.waitForFunction(
    (wanted) => !window.media.remoteTracks.peek().has(wanted),
    { timeout: 15_000 },
    key,
  );

async function seesMovement(tab: MediaTab, key: `${string}/camera` | `${string}/screen`): Promise<void> {
  await receives(tab, key);
  await tab.page.evaluate((wanted) => window.watchPicture(wanted), key);
  await tab.page.waitForFunction((wanted) => window.pictureOf(wanted).changes >= 5, { timeout: 15_000 }, key);
}

describe("two browsers in one class", () => {
  it("MC1 publishes a microphone muted: nobody receives it", async () => {
    for (const tab of [a, b]) {
      const result = await tab.page.evaluate(() => window.media.microphone.publish());
      expect(result, JSON.stringify(tab.problems)).toMatchObject({ ok: true });
      expect(await tab.page.evaluate(() => window.media.microphone.state.value.status)).toBe("muted");
    }
    expect([...a.signals, ...b.signals]).toEqual([]);
  });

  it("MC2 shows each the moving camera of the other", async () => {
    for (const tab of [a, b]) await tab.page.evaluate(() => window.media.camera.publish());
    await show(a, B);
    await show(b, A);
    await seesMovement(a, `${B}/camera`);
    await seesMovement(b, `${A}/camera`);
    expect(await a.page.evaluate(() => window.media.camera.state.value)).toEqual({
      status: "live",
      reason: null,
    });
  });

  it("MS21 a layer that nobody receives is not sent, and comes back with the first who does", async () => {
    const showAt = (width: number) =>
      b.page.evaluate(
        (id, wide) =>
          window.media.setView({
            mode: "gallery",
            tiles: [{ connectionId: id, source: "camera", width: wide }],
          }),
        A,
        width,
      );
    const sent = (wanted: readonly boolean[]) =>
      a.page.waitForFunction(
        (layers) => JSON.stringify(window.sentLayers()) === JSON.stringify([layers]),
        { timeout: 15_000 },
        wanted,
      );
    await showAt(160);
    await sent([true, false]);
    await showAt(640);
    await sent([true, true]);
    await b.page.evaluate(() => window.media.setView({ mode: "gallery", tiles: [] }));
    await sent([false, false]);
    await show(b, A);
    await seesMovement(b, `${A}/camera`);
  });

  it("MC3 lets each hear the other once unmuted, and says who speaks", async () => {
    for (const tab of [a, b]) await tab.page.evaluate(() => window.media.microphone.unmute());
    for (const [tab, other] of [
      [a, B],
      [b, A],
    ] as const) {
      await receives(tab, `${other}/microphone`);
      await tab.page.evaluate((key) => window.watchSound(key), `${other}/microphone` as const);
      await tab.page.waitForFunction(
        (key) => window.loudnessOf(key) > 0.05,
        { timeout: 15_000 },
        `${other}/microphone` as const,
      );
    }
    await expect.poll(() => spoken.flat(), { timeout: 15_000 }).toEqual(expect.arrayContaining([A, B]));
  });

  it("MC4 shows a shared tab beside the camera", async () => {
    const shared = await a.page.evaluate(() => window.media.screen.start({ withAudio: false }));
    expect(shared, JSON.stringify(a.problems)).toMatchObject({ ok: true });
    await receives(b, `${A}/screen`);
    await b.page.evaluate((key) => window.watchPicture(key), `${A}/screen` as const);
    await b.page.waitForFunction(
      (key) => window.pictureOf(key).frames > 0,
      { timeout: 15_000 },
      `${A}/screen` as const,
    );
    await a.page.evaluate(() => window.media.screen.stop());
    await b.page.waitForFunction(
      (key) => !window.media.remoteTracks.peek().has(key),
      {},
      `${A}/screen` as const,
    );
  });

  it("MS9 separates rooms at once and brings them together without a new transport", async () => {
    b.peer.setRoom(BREAKOUT);
    for (const tab of [a, b]) {
      const open = new Set(
        tab.signals.flatMap((one) => (one.type === "consumer.opened" ? [one.consumerId] : [])),
      );
      for (const one of tab.signals) if (one.type === "consumer.closed") open.delete(one.consumerId);
      expect([...open]).toEqual([]);
    }
    await receivesNot(a, `${B}/camera`);
    await receivesNot(b, `${A}/microphone`);
    b.peer.setRoom(MAIN_ROOM);
    await seesMovement(a, `${B}/camera`);
    await seesMovement(b, `${A}/camera`);
    await receives(b, `${A}/microphone`);
  });

  it("MC5 mutes a camera and brings it back", async () => {
    await a.page.evaluate(() => window.media.camera.mute());
    await receivesNot(b, `${A}/camera`);
    expect(await a.page.evaluate(() => window.media.camera.track.value)).toBeNull();
    await a.page.evaluate(() => window.media.camera.unmute());
    await seesMovement(b, `${A}/camera`);
  });

  it("MS23 a microphone that stands ready has no transport; who is about to speak gets one, muted", async () => {
    const c = await browser.open(classMedia, "con_c" as ConnectionId, MAIN_ROOM);
    const microphone = () =>
      classMedia.producers().flatMap((one) => (one.connectionId === "con_c" ? [one.isLive] : []));
    expect(await c.page.evaluate(() => window.media.microphone.ready())).toMatchObject({ ok: true });
    expect(await c.page.evaluate(() => window.media.microphone.state.value.status)).toBe("muted");
    expect(c.sent).not.toContain("media.transport send");
    await c.page.evaluate(() => window.media.microphone.prepare());
    await c.page.evaluate(() => window.media.microphone.prepare());
    expect(c.sent.filter((one) => one === "media.transport send")).toHaveLength(1);
    expect(microphone()).toEqual([false]);
    await c.page.evaluate(() => window.media.microphone.unmute());
    expect(microphone()).toEqual([true]);
    c.peer.close();
    await c.page.close();
  });

  it("MC6 builds everything anew when the media worker has died", async () => {
    const started = lines.findLast((line) => line.message === "a media worker is ready");
    // What is refused for now is asked again.
    a.refuseNext("media.capabilities", "unavailable");
    process.kill(Number(started?.context.pid), "SIGKILL");
    await expect
      .poll(() => a.signals.some((one) => one.type === "media.reset"), { timeout: 15_000 })
      .toBe(true);
    await seesMovement(a, `${B}/camera`);
    await seesMovement(b, `${A}/camera`);
    await receives(a, `${B}/microphone`);
    expect(await b.page.evaluate(() => window.media.networkQuality.value)).not.toBe("lost");
  });
});
