import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL_SESSION_TITLE } from "../../server/demo/model-programme.ts";
import { axeViolations, isWiderThanWindow } from "../support/axe.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 768, height: 1024 },
  { width: 360, height: 740 },
];

let server: ServerProcess;
let browser: E2eBrowser;

beforeAll(async () => {
  server = await startServerProcess();
  browser = await launchBrowser(server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Looks at the page in every size: nothing sticks out, axe finds nothing, a picture is kept. */
async function lookAt(guest: Guest, name: string): Promise<void> {
  for (const size of SIZES) {
    await guest.page.setViewport(size);
    await guest.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await guest.screenshot(`${name}-${size.width}`);
    expect([name, size.width, await isWiderThanWindow(guest.page)]).toEqual([name, size.width, false]);
    expect([name, size.width, await axeViolations(guest.page)]).toEqual([name, size.width, []]);
  }
}

describe("pages in four sizes", () => {
  it("E2E14 English is one click away, on the join page and everywhere after", async () => {
    const guest = await browser.guest("first");
    await guest.page.goto(server.links.participants[0] as string);
    await guest.press("English");
    await guest.reads("Join class");
    expect(await guest.page.evaluate(() => document.documentElement.lang)).toBe("en");
    await guest.press("Join class");
    await guest.page.waitForSelector('::-p-aria([name="Raise hand"])');
  });

  it("E2E15 by keyboard alone: join, raise a hand, write a message, leave", async () => {
    const guest = await browser.guest("second");
    await guest.page.goto(server.links.participants[1] as string);
    await guest.page.waitForSelector('::-p-aria([name="Gabung kelas"][role="button"])');
    await tabTo(guest, "Gabung kelas");
    await guest.page.keyboard.press("Enter");
    await guest.page.waitForSelector('::-p-aria([name="Angkat tangan"])');
    await altKey(guest, "KeyY");
    await guest.page.waitForSelector('::-p-aria([name="Turunkan tangan · ke-1"])');
    await altKey(guest, "KeyH");
    await guest.page.waitForSelector("textarea:focus");
    await guest.page.keyboard.type("Tanpa tetikus");
    await guest.page.keyboard.press("Enter");
    await guest.reads("Tanpa tetikus");
    await guest.page.keyboard.press("Escape");
    await tabTo(guest, "Keluar");
    await guest.page.keyboard.press("Enter");
    await guest.reads("Keluar dari kelas?");
  });

  it("E2E16 without a camera or permission there is a sentence, and the class all the same", async () => {
    const guest = await browser.guest("third", SIZES[1], []);
    await guest.page.goto(server.links.participants[0] as string);
    await guest.reads("Anda tetap bisa bergabung");
    await guest.screenshot("join-without-permission");
    await guest.press("Gabung kelas");
    await guest.page.waitForSelector('::-p-aria([name="Angkat tangan"])');
    await guest.page.waitForSelector(".tile-initials");
  });

  it("E2E17 the administrator's pages, from the link to everybody's time line", async () => {
    const admin = await browser.guest("admin");
    await admin.page.goto(server.links.admin);
    await admin.reads("Pelatihan Pemanfaatan AI di Pemerintahan");
    expect(new URL(admin.page.url()).hash).toBe("");
    await lookAt(admin, "admin-programmes");
    await admin.page.setViewport({ width: 1366, height: 768 });
    const session = await admin.page.evaluate(async () => {
      const list = async (path: string) => (await (await fetch(path)).json()).items[0].id as string;
      return list(`/api/v1/programmes/${await list("/api/v1/programmes")}/sessions`);
    });
    await admin.page.goto(`${server.url}/admin/sessions/${session}/attendance`);
    await admin.reads("Agus Setiawan, S.Kom.");
    await admin.reads("Endang Sulistyowati");
    await lookAt(admin, "admin-attendance");
  });

  it("E2E13 the join page, the class and its dialogs, the end", async () => {
    const ina = await browser.guest("instructor");
    await ina.page.goto(server.links.instructor);
    await ina.page.waitForSelector('::-p-aria([name="Gabung kelas"][role="button"])');
    expect(new URL(ina.page.url()).hash).toBe("");
    await lookAt(ina, "join");
    await ina.page.setViewport({ width: 1366, height: 768 });
    await ina.press("Gabung kelas");
    await ina.press("Mulai kelas");
    expect(await ina.page.$eval("h1", (heading) => heading.textContent)).toBe(MODEL_SESSION_TITLE);
    await lookAt(ina, "class");
    await ina.page.setViewport({ width: 1366, height: 768 });
    await ina.press("Ruang diskusi");
    await lookAt(ina, "breakouts-dialog");
    await ina.page.keyboard.press("Escape");
    await ina.page.setViewport({ width: 1366, height: 768 });
    await ina.press("Keluar");
    await ina.press("Akhiri kelas");
    await ina.press("Akhiri kelas");
    await ina.reads("Kelas telah berakhir");
    await lookAt(ina, "ended");
  });
});

async function tabTo(guest: Guest, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const focused = await guest.page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
    });
    if (focused === name) return;
    await guest.page.keyboard.press("Tab");
  }
  throw new Error(`no way to "${name}" by Tab`);
}

async function altKey(guest: Guest, key: "KeyY" | "KeyH"): Promise<void> {
  await guest.page.keyboard.down("Alt");
  await guest.page.keyboard.press(key);
  await guest.page.keyboard.up("Alt");
}
