import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClassMedia, MediaServer } from "../../server/ports.ts";
import type { ConnectionId, SessionId } from "../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import { createMediaServer } from "../../sfu/media-server.ts";
import {
  cameraTrackOf,
  createMediaBrowser,
  hears,
  type MediaBrowser,
  type MediaTab,
  seesMovement,
  showEachOther,
} from "../support/media-browser.ts";
import { createQuietLog } from "../support/quiet-log.ts";

const A = "con_a" as ConnectionId;
const B = "con_b" as ConnectionId;
const { log, lines } = createQuietLog();
let server: MediaServer;
let browser: MediaBrowser;
let classMedia: ClassMedia;
let a: MediaTab;
let b: MediaTab;
const spoken: string[][] = [];

beforeAll(async () => {
  server = await createMediaServer({
    ...{ workers: 2, listenIp: "127.0.0.1", port: 21_250, log },
    // Each on a worker of their own.
    consumersPerRouter: 2,
  });
  classMedia = await server.openClass("ses_pipes" as SessionId, {
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

describe("two browsers on two media workers", () => {
  it("MS17 see and hear each other, and the class hears who speaks on either", async () => {
    await showEachOther(a, A, b, B);
    await seesMovement(a, B);
    await seesMovement(b, A);
    await hears(a, B);
    await hears(b, A);
    await expect
      .poll(() => spoken.some((one) => one.includes(A) && one.includes(B)), { timeout: 15_000 })
      .toBe(true);
  });

  it("MS19 who was on a worker that died comes back on the other, whose people lose nothing of their own", async () => {
    const second = lines.find(
      (line) => line.message === "a media worker is ready" && line.context.worker === 1,
    );
    const tracks = [await cameraTrackOf(a, B), await cameraTrackOf(b, A)] as const;
    const told = [a, b].map(({ signals }) => signals.length);
    process.kill(Number(second?.context.pid), "SIGKILL");
    const isReset = ({ signals }: MediaTab, from: number) =>
      signals.slice(from).some((one) => one.type === "media.reset");
    await expect
      .poll(() => [a, b].filter((tab, index) => isReset(tab, told[index] ?? 0)).length, { timeout: 15_000 })
      .toBe(1);
    await seesMovement(a, B, tracks[0]);
    await seesMovement(b, A, tracks[1]);
    expect([a, b].filter((tab, index) => isReset(tab, told[index] ?? 0))).toHaveLength(1);
  });
});
