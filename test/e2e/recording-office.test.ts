import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { axeViolations, isWiderThanWindow } from "../support/axe.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { recordDemoOffice } from "../support/recorded-office.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

const LAPTOP = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };

let server: ServerProcess;
let browser: E2eBrowser;
let client: AdminClient;
let admin: Guest;
let links: ServerProcess["links"];

beforeAll(async () => {
  server = await startServerProcess();
  await server.kill();
  await recordDemoOffice(server.dataDir);
  ({ links } = await server.startAgain());
  browser = await launchBrowser(server.url);
  client = await exchangeAdmin(links.admin);
  admin = await browser.guest("admin");
  await admin.page.goto(links.admin);
  await admin.page.waitForSelector(".rail-nav");
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Nothing sticks out, axe finds nothing, a picture is kept. */
async function lookAt(guest: Guest, name: string): Promise<void> {
  for (const size of [LAPTOP, PHONE]) {
    await guest.page.setViewport(size);
    await guest.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await guest.screenshot(`recording-office-${name}-${size.width}`);
    expect.soft([name, size.width, await isWiderThanWindow(guest.page)]).toEqual([name, size.width, false]);
    expect.soft([name, size.width, await axeViolations(guest.page)]).toEqual([name, size.width, []]);
  }
  await guest.page.setViewport(LAPTOP);
}

const closeDialog = async (guest: Guest) => {
  await guest.page.keyboard.press("Escape");
  await guest.page.waitForFunction(() => document.querySelector("dialog[open]") === null);
};

async function moreOf(item: string): Promise<void> {
  await admin.page.locator(".recordings-table tbody tr:first-child .menu-anchor > button").click();
  await admin.page.locator(`::-p-aria([name="${item}"][role="menuitem"])`).click();
  await admin.page.waitForSelector("dialog[open]");
}

describe("the office around recordings", () => {
  it("RO7 RO11 lists them with their state, size and end, and says what room there is", async () => {
    await admin.page.goto(`${server.url}/admin/recordings`);
    await admin.reads("Akan dihapus pada");
    await admin.reads("Ruang server hampir penuh");
    await admin.reads("Ruang penyimpanan");
    await lookAt(admin, "list");
    await admin.press("Pengaturan");
    await admin.reads("Masa simpan (hari)");
    await lookAt(admin, "settings");
    await closeDialog(admin);
  });

  it("RO3 a programme's overview says what will be deleted soon", async () => {
    const { items } = await client.get<{ items: { code: string }[] }>("/api/v1/programmes");
    await admin.page.goto(`${server.url}/admin/programmes/${items[0]?.code}`);
    await admin.reads("1 rekaman akan dihapus dalam 14 hari");
    await lookAt(admin, "overview");
  });

  it("RO8 RO9 a link opens a page that says what it is, and nothing more once it is revoked", async () => {
    await admin.page.goto(`${server.url}/admin/recordings`);
    await admin.page.locator(".recordings-table tbody tr:first-child .recording-buttons > button").click();
    await admin.page.waitForSelector("dialog[open] form input");
    await lookAt(admin, "share");
    await admin.page.type("dialog[open] form input", "Inspektorat");
    await admin.press("Buat tautan");
    await admin.page.waitForSelector("dialog[open] input[readonly]");
    await admin.reads("belum pernah ditonton");
    await lookAt(admin, "shared");
    const url = await admin.page.$eval("dialog[open] input[readonly]", (input) =>
      input instanceof HTMLInputElement ? input.value : "",
    );

    const guest = await browser.guest("tamu");
    await guest.page.goto(url);
    await guest.reads("Tonton rekaman");
    expect(await guest.page.evaluate(() => location.hash)).toBe("");
    await lookAt(guest, "guest");
    await admin.press("Cabut tautan Inspektorat");
    await admin.reads("dicabut");
    await closeDialog(admin);
    await guest.page.goto("about:blank");
    await guest.page.goto(url);
    await guest.reads("sudah dicabut");
    await lookAt(guest, "guest-revoked");
    await guest.page.close();
  });

  it("RO2 RO5 one is kept longer, and one deleted, each with a reason", async () => {
    await moreOf("Simpan lebih lama");
    await lookAt(admin, "prolong");
    await admin.page.type("dialog[open] form .field:last-of-type input", "Diminta untuk pemeriksaan");
    await admin.page.keyboard.press("Enter");
    await admin.reads("Diperpanjang: Diminta untuk pemeriksaan");

    await moreOf("Hapus");
    await admin.page.keyboard.press("Enter");
    await admin.page.locator("dialog[open] button[type=submit]").click();
    await admin.reads("Centang dulu sebelum menghapus");
    await lookAt(admin, "delete");
    await admin.page.type("dialog[open] form input:not([type=checkbox])", "Salah kelas");
    await admin.page.locator("dialog[open] input[type=checkbox]").click();
    await admin.page.locator("dialog[open] button[type=submit]").click();
    await admin.reads("Sudah dihapus");
    await admin.reads("Salah kelas");
    await lookAt(admin, "deleted");
  });

  it("RO1 VR12 the dialogs to record and to consent say what they have to, at every size", async () => {
    const instructor = await browser.guest("pengajar");
    await instructor.page.goto(links.instructor);
    await instructor.press("Gabung kelas");
    await instructor.press("Mulai kelas");
    await instructor.press("Rekam");
    await instructor.reads("ditanya persetujuannya");
    await lookAt(instructor, "record");
    await instructor.press("Mulai merekam");
    await instructor.reads("selama 365 hari setelah rekaman selesai");
    await lookAt(instructor, "consent");
    await instructor.press("Tidak, jangan rekam saya");
    const { items } = await client.get<{ items: { session: { id: string } }[] }>("/api/v1/recordings");
    await client.post(`/api/v1/sessions/${items[0]?.session.id}/close`, {});
    await instructor.reads("Kelas");
    await instructor.page.close();
  });

  it("RO14 somebody who agreed withdraws on their own page when the class is over", async () => {
    const ayu = await browser.guest("peserta");
    await ayu.page.goto(links.participants[0] as string);
    await ayu.reads("Rekaman Anda");
    await lookAt(ayu, "own-page");
    await ayu.press("Tarik persetujuan");
    await ayu.page.waitForSelector("dialog[open]");
    await lookAt(ayu, "withdraw");
    await ayu.press("Ya, hapus saya");
    await ayu.reads("Anda sudah tidak ada dalam rekaman kelas ini");
    await lookAt(ayu, "withdrawn");
    await ayu.page.close();
  });
});
