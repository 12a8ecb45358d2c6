import { mkdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page, Permission } from "puppeteer-core";
import { launchChromium } from "./chromium.ts";
import { spokenWavFrom } from "./spoken-wav.ts";

const ARTIFACTS = resolve(import.meta.dirname, "../artifacts");
/** The title of the tab that a person shares in these tests. */
export const SHARED_TAB = "Balai shared tab";

const CLOCK_PAGE = `<!doctype html><title>${SHARED_TAB}</title>
  <style>body { margin: 0; display: grid; grid: repeat(4, 25vh) / repeat(4, 25vw); }</style>
  <body>${"<i></i>".repeat(16)}<script>
    const squares = [...document.querySelectorAll("i")];
    const tick = () => {
      const quarters = Math.floor(Date.now() / 250) % 2 ** 15;
      squares.forEach((square, bit) => {
        square.style.background = Math.floor(quarters / 2 ** bit) % 2 ? "white" : "black";
      });
      setTimeout(tick, 250 - (Date.now() % 250));
    };
    tick();
  </script>`;

/** Five pictures a second keep four senders and twelve receivers on two cores honest. */
const FLAGS = [
  "--disable-quic",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--use-fake-device-for-media-stream=fps=5",
  "--allow-loopback-in-peer-connection",
  `--auto-select-tab-capture-source-by-title=${SHARED_TAB}`,
];

/** A person at a browser. */
export interface Guest {
  readonly name: string;
  readonly page: Page;
  /** Presses the button with this accessible name. */
  press(name: string): Promise<void>;
  /** Waits for text to be on the page. */
  reads(text: string | RegExp): Promise<void>;
  screenshot(name: string): Promise<void>;
  /** What arrived by now: decoded frames and audio energy of everything received, by peer connection stats. */
  received(): Promise<Received>;
}

export interface Received {
  readonly framesDecoded: number;
  readonly audioEnergy: number;
}

export interface E2eBrowser {
  /** A new window; by default camera and microphone are permitted, at the address the browser was launched for. */
  guest(
    name: string,
    size?: { width: number; height: number },
    permissions?: readonly Permission[],
    at?: string,
  ): Promise<Guest>;
  /** A tab to be shared, whose picture changes twice a second; in a window of its own, or it is not drawn. */
  openSharedTab(): Promise<Page>;
  /** The same, showing the time of day as fifteen squares, black or white: quarters of a second, the lowest bit first. */
  openClockTab(): Promise<Page>;
  close(): Promise<void>;
}

/** Chromium with fake devices, which pages of `origin` may use. */
export async function launchBrowser(origin: string): Promise<E2eBrowser> {
  mkdirSync(ARTIFACTS, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), "balai-e2e-sound-"));
  const wav = join(folder, "spoken.wav");
  await writeFile(wav, spokenWavFrom(4));
  const browser = await launchChromium([...FLAGS, `--use-file-for-fake-audio-capture=${wav}`]);
  return {
    guest: (name, size = { width: 1366, height: 768 }, permissions = ["camera", "microphone"], at = origin) =>
      openGuest(browser, at, { name, size, permissions }),
    async openSharedTab() {
      const page = await (await browser.createBrowserContext()).newPage();
      await page.setContent(`<!doctype html><title>${SHARED_TAB}</title><body>
        <script>let n = 0; setInterval(() => {
          n += 1;
          document.body.style.background = n % 2 ? "rgb(220, 30, 30)" : "rgb(30, 60, 220)";
        }, 500)</script>`);
      return page;
    },
    async openClockTab() {
      const page = await (await browser.createBrowserContext()).newPage();
      await page.setViewport({ width: 1280, height: 720 });
      await page.setContent(CLOCK_PAGE);
      return page;
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Wanted {
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly permissions: readonly Permission[];
}

/** Permissions are given, not faked: with a faked prompt Chromium shares a test picture instead of a tab. */
async function openGuest(
  browser: Browser,
  origin: string,
  { name, size, permissions }: Wanted,
): Promise<Guest> {
  const context = await browser.createBrowserContext();
  await context.overridePermissions(origin, [...permissions]);
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  await page.setViewport(size);
  await page.evaluateOnNewDocument(collectConnections);
  return {
    name,
    page,
    async press(label) {
      await page.locator(`::-p-aria([name="${label}"][role="button"])`).click();
    },
    async reads(text) {
      const [source, flags] = typeof text === "string" ? [escapeRegExp(text), ""] : [text.source, text.flags];
      await page.waitForFunction(
        (pattern, patternFlags) => new RegExp(pattern, patternFlags).test(document.body.textContent ?? ""),
        {},
        source,
        flags,
      );
    },
    async screenshot(file) {
      await page.screenshot({ path: join(ARTIFACTS, `${file}.png`) as `${string}.png` });
    },
    received: () => page.evaluate(readStats),
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Runs in the page before its own scripts: keeps every peer connection for the test to ask. */
function collectConnections(): void {
  const Original = window.RTCPeerConnection;
  const all: RTCPeerConnection[] = [];
  Object.assign(window, { peerConnections: all });
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      all.push(this);
    }
  };
}

async function readStats(): Promise<Received> {
  const { peerConnections } = window as unknown as { peerConnections: RTCPeerConnection[] };
  let framesDecoded = 0;
  let audioEnergy = 0;
  for (const connection of peerConnections) {
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      framesDecoded += report.framesDecoded ?? 0;
      audioEnergy += report.totalAudioEnergy ?? 0;
    }
  }
  return { framesDecoded, audioEnergy };
}
