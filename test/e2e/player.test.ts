import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { axeViolations, isWiderThanWindow } from "../support/axe.ts";
import { exchange } from "../support/class-client.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { recordDemoClass } from "../support/recorded-session.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

let server: ServerProcess;
let browser: E2eBrowser;
let guest: Guest;
let address: string;
let adminLink: string;
let sessionId: string;

beforeAll(async () => {
  server = await startServerProcess();
  await slidesDrawn(server.links.instructor);
  await server.kill();
  const recorded = await recordDemoClass(server.dataDir);
  address = `/recording/${recorded.recordingId}`;
  sessionId = recorded.sessionId;
  const { url, links } = await server.startAgain();
  adminLink = links.admin;
  browser = await launchBrowser(url);
  guest = await browser.guest("player");
  await guest.page.goto(links.participants[0] as string);
  await guest.page.waitForFunction(() => location.pathname.startsWith("/class/"));
  await guest.page.goto(`${url}${address}`);
  await guest.page.waitForSelector(".time-line-slider");
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function slidesDrawn(link: string): Promise<void> {
  const { linkId, cookie } = await exchange(link);
  const path = `${new URL(link).origin}/api/v1/join/${linkId}/decks`;
  await vi.waitUntil(
    async () => {
      const list = await (await fetch(path, { headers: { cookie } })).json();
      return list.items?.[0]?.status === "ready";
    },
    { timeout: 60_000, interval: 200 },
  );
}

/** What the time line's slider says, in seconds. */
const secondsNow = () =>
  guest.page.evaluate(() => Number(document.querySelector("[role=slider]")?.getAttribute("aria-valuenow")));
const saidNow = () =>
  guest.page.evaluate(() => document.querySelector("[role=slider]")?.getAttribute("aria-valuetext"));
const textOf = (selector: string) =>
  guest.page.evaluate((at) => document.querySelector(at)?.textContent?.trim() ?? null, selector);
const slideShown = () =>
  guest.page.evaluate(() => {
    const picture = document.querySelector<HTMLImageElement>(".player-stage .player-slide img");
    return picture && picture.naturalWidth > 0 ? picture.alt : null;
  });
/** No control has the focus, so that each key is the player's. */
const letGo = () => guest.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
const patience = { timeout: 20_000, interval: 100 };

describe("watching a recording", () => {
  it("PY11 opens at the beginning with the slide, and plays by a key", async () => {
    await expect.poll(slideShown, patience).toMatch(/^Slide 1 dari \d+/);
    expect(await secondsNow()).toBe(0);
    await letGo();
    await guest.page.keyboard.press("k");
    await expect.poll(secondsNow, patience).toBeGreaterThan(1);
    await expect.poll(() => textOf(".tile .tile-name-full"), patience).not.toBeNull();
    await guest.page.keyboard.press("k");
  });

  it("PY11 is moved by keys, by chapters and by the slider alone", async () => {
    await letGo();
    await guest.page.keyboard.press("5");
    await expect.poll(secondsNow, patience).toBe(30);
    await guest.page.keyboard.press("j");
    await expect.poll(secondsNow, patience).toBe(20);
    await expect.poll(slideShown, patience).toMatch(/^Slide 2 dari/);
    await guest.page.locator(".chapters li:nth-last-child(1) button").click();
    await expect.poll(secondsNow, patience).toBe(35);
    await expect.poll(saidNow, patience).toMatch(/^35 detik, slide 3/);
    await guest.page.focus("[role=slider]");
    await guest.page.keyboard.press("Home");
    await guest.page.keyboard.press("ArrowRight");
    await expect.poll(secondsNow, patience).toBe(5);
  });

  it("PY11 words are found, and a click goes where they stand", async () => {
    await letGo();
    await guest.page.keyboard.press("/");
    await guest.page.waitForSelector(".player-search input:focus");
    await guest.page.keyboard.type("suara jelas");
    await guest.page.locator(".search-hit").click();
    await expect.poll(secondsNow, patience).toBe(5);
    await guest.page.locator("#player-tab-story").click();
    await guest.reads("Suara jelas, terima kasih");
  });

  it("PY11 has speeds, captions, another large picture and a list of its keys", async () => {
    await letGo();
    await guest.page.keyboard.press(">");
    await expect.poll(() => textOf(".player-speed"), patience).toBe("1,25×");
    await guest.page.keyboard.press("<");
    await guest.page.keyboard.press("c");
    await guest.reads("Selamat pagi semuanya");
    await guest.page.keyboard.press("t");
    await guest.page.waitForSelector(".player-stage .speaker-view .tile");
    await guest.page.keyboard.press("t");
    await guest.page.waitForSelector(".player-stage .gallery .tile");
    await guest.page.keyboard.press("t");
    await guest.page.keyboard.press("?");
    await guest.page.waitForSelector("dialog[open]");
    await guest.page.keyboard.press("Escape");
    await guest.page.waitForSelector("dialog[open]", { hidden: true });
  });

  it("PY11 says the end, and begins anew from there", async () => {
    await letGo();
    await guest.page.keyboard.press("9");
    await expect.poll(secondsNow, patience).toBe(54);
    await guest.page.keyboard.press("k");
    await guest.reads("Rekaman selesai");
    await guest.page.keyboard.press("k");
    await expect.poll(secondsNow, patience).toBeLessThan(20);
    await guest.page.keyboard.press("k");
    await guest.page.keyboard.press("0");
    await expect.poll(secondsNow, patience).toBe(0);
  });

  it("PY13 the office adds captions to a recording; a wrong line of the file is named", async () => {
    const office = await browser.guest("office");
    await office.page.goto(adminLink);
    await office.page.waitForSelector(".rail-nav");
    await office.page.goto(`${new URL(adminLink).origin}/admin/sessions/${sessionId}`);
    await office.press("Teks rekaman");
    await office.reads("Indonesia");
    const upload = async (content: string) => {
      await office.page.evaluate((text) => {
        const picker = document.querySelector<HTMLInputElement>(".captions-form input[type=file]");
        const files = new DataTransfer();
        files.items.add(new File([text], "teks.vtt", { type: "text/vtt" }));
        if (picker) picker.files = files.files;
      }, content);
      await office.press("Unggah teks");
    };
    await office.page.select(".captions-form select", "jv");
    await upload("WEBVTT\n\n00:01 --> 00:02\nSugeng enjing\n");
    await office.reads("Baris 3: di sini harus ada waktu");
    expect(await axeViolations(office.page)).toEqual([]);
    await upload("WEBVTT\n\n00:01.000 --> 00:02.000\nSugeng enjing\n");
    await office.reads("Teks Jawa tersimpan.");
    await office.screenshot("player-office-captions");
  });

  it("PY12 fits a laptop and a phone, and axe finds nothing; a recording that is not there is said", async () => {
    for (const size of [
      { width: 1366, height: 768 },
      { width: 390, height: 844 },
    ]) {
      await guest.page.setViewport(size);
      await expect.poll(slideShown, patience).toMatch(/^Slide 1 dari/);
      expect([size.width, await isWiderThanWindow(guest.page)]).toEqual([size.width, false]);
      expect([size.width, await axeViolations(guest.page)]).toEqual([size.width, []]);
      await guest.screenshot(`player-${size.width}`);
    }
    await guest.page.goto(new URL("/recording/rec_none", guest.page.url()).href);
    await guest.reads("Rekaman ini tidak ada lagi");
    expect(await axeViolations(guest.page)).toEqual([]);
  });
});
