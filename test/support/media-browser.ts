import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { expect } from "vitest";
import type { ClassMedia, PeerMedia } from "../../server/ports.ts";
import type { CommandName } from "../../server/protocol/commands.ts";
import { type ErrorCode, refuse } from "../../server/protocol/errors.ts";
import type { ConnectionId, RoomId } from "../../server/protocol/ids.ts";
import type { MediaSignal } from "../../server/protocol/media.ts";
import { bundledPage } from "./bundled-page.ts";
import { launchChromium } from "./chromium.ts";
import { createMediaCommandHandler } from "./media-command-handler.ts";
import { spokenWavFrom } from "./spoken-wav.ts";

const FLAGS = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--allow-loopback-in-peer-connection",
  "--auto-accept-this-tab-capture",
];

export interface MediaBrowser {
  /** A page whose media module talks to a new peer of the class. */
  open(classMedia: ClassMedia, connectionId: ConnectionId, room: RoomId): Promise<MediaTab>;
  close(): Promise<void>;
}

export interface MediaTab {
  readonly page: Page;
  readonly peer: PeerMedia;
  readonly signals: readonly MediaSignal[];
  readonly problems: readonly string[];
  /** The commands it sent; those about transports with their direction. */
  readonly sent: readonly string[];
  /** Answers the next command of this name with a refusal, as a server that is too busy does. */
  refuseNext(name: CommandName, code: ErrorCode): void;
}

/** Chromium with fake devices, and the test page served on loopback. */
export async function createMediaBrowser(): Promise<MediaBrowser> {
  const script = await bundledPage(new URL("./media-page.ts", import.meta.url).pathname);
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript ? script : "<!doctype html><title>media</title><script type=module src=/page.js></script>",
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const folder = await mkdtemp(join(tmpdir(), "balai-media-"));
  const wav = join(folder, "spoken.wav");
  await writeFile(wav, spokenWavFrom(4));
  const browser = await launchChromium([...FLAGS, `--use-file-for-fake-audio-capture=${wav}`]);
  return {
    open: (classMedia, connectionId, room) => openTab(browser, port, classMedia, connectionId, room),
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openTab(
  browser: Browser,
  port: number,
  classMedia: ClassMedia,
  connectionId: ConnectionId,
  room: RoomId,
): Promise<MediaTab> {
  // A window of its own: a tab behind another gets no frames.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const signals: MediaSignal[] = [];
  const problems: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  let told = Promise.resolve();
  const peer = classMedia.addPeer(connectionId, room, {
    onSignal(signal) {
      signals.push(signal);
      // In order, as a socket delivers them.
      told = told
        .then(() => page.evaluate((one) => window.media.handleSignal(one), signal))
        .catch(() => undefined);
    },
  });
  const handle = createMediaCommandHandler(peer);
  const sent: string[] = [];
  const refusals = new Map<CommandName, ErrorCode>();
  await page.exposeFunction("sendCommand", (name: CommandName, args: { direction?: string }) => {
    sent.push([name, args.direction].filter(Boolean).join(" "));
    const code = refusals.get(name);
    refusals.delete(name);
    return code ? refuse(code) : handle(name, args);
  });
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => window.media !== undefined);
  const rtpCapabilities = classMedia.rtpCapabilities();
  const started = await page.evaluate(
    (caps) => window.media.start({ rtpCapabilities: caps, iceServers: [] }),
    rtpCapabilities,
  );
  if (!started.ok) throw new Error(`media did not start: ${JSON.stringify(started)}`);
  return { page, peer, signals, problems, sent, refuseNext: (name, code) => refusals.set(name, code) };
}

/** Both publish camera and microphone, and show each other. */
export async function showEachOther(
  a: MediaTab,
  idOfA: ConnectionId,
  b: MediaTab,
  idOfB: ConnectionId,
): Promise<void> {
  for (const [tab, other] of [
    [a, idOfB],
    [b, idOfA],
  ] as const) {
    await tab.page.evaluate(async (id) => {
      await window.media.camera.publish();
      await window.media.microphone.unmute();
      window.media.setView({ mode: "gallery", tiles: [{ connectionId: id, source: "camera", width: 640 }] });
    }, other);
  }
}

/** The id of the track in which somebody's camera is received now. */
export function cameraTrackOf(tab: MediaTab, connectionId: ConnectionId): Promise<string | null> {
  const key = `${connectionId}/camera` as const;
  return tab.page.evaluate((wanted) => window.media.remoteTracks.peek().get(wanted)?.id ?? null, key);
}

/** A camera other than the one that was there before moves. */
export async function seesMovement(
  tab: MediaTab,
  connectionId: ConnectionId,
  before?: string | null,
): Promise<void> {
  const key = `${connectionId}/camera` as const;
  await expect
    .poll(async () => ![null, before].includes(await cameraTrackOf(tab, connectionId)), { timeout: 15_000 })
    .toBe(true);
  await tab.page.evaluate((wanted) => window.watchPicture(wanted), key);
  await tab.page.waitForFunction((wanted) => window.pictureOf(wanted).changes >= 5, { timeout: 15_000 }, key);
}

/** Sound arrives that is none of silence. */
export async function hears(tab: MediaTab, connectionId: ConnectionId): Promise<void> {
  const key = `${connectionId}/microphone` as const;
  await tab.page.evaluate((wanted) => window.watchSound(wanted), key);
  await tab.page.waitForFunction((wanted) => window.loudnessOf(wanted) > 0.05, { timeout: 15_000 }, key);
}
