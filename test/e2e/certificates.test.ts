import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CertificateJson } from "../../server/protocol/certificates.ts";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { axeViolations, isWiderThanWindow } from "../support/axe.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
];
const DAY_MS = 86_400_000;
const LONG_NAME = "Prof. Dr. H. Raden Muhammad Kusumaatmadja Wirjosoebroto, S.Kom., M.Si.";

let server: ServerProcess;
let browser: E2eBrowser;
let client: AdminClient;

beforeAll(async () => {
  server = await startServerProcess();
  browser = await launchBrowser(server.url);
  client = await exchangeAdmin(server.links.admin);
  await plan();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A programme that is over, with two people who passed and one who did not. */
async function plan(): Promise<void> {
  const startAt = Date.now() - DAY_MS;
  const of = "/api/v1/programmes/CERT";
  const policy = { requirements: [{ code: "post-test", minScore: 70 }] };
  const units = [{ code: "KAI", title: "Konsep Artificial Intelligence", jp: 6 }];
  await client.post("/api/v1/programmes", { code: "CERT", title: "Pelatihan yang selesai", units, policy });
  const people = [LONG_NAME, "Budi Santoso", "Citra Dewi"].map((name, i) => ({ externalId: `${i}`, name }));
  await client.post(`${of}/enrolments`, people);
  await client.post(`${of}/sessions`, {
    unit: "KAI",
    title: "Sesi 1",
    mode: "online",
    timeZone: "Asia/Jakarta",
    slots: [{ startAt, endAt: startAt + 2_700_000, jp: 1 }],
  });
  const result = { requirement: "post-test", takenAt: startAt, source: "LMS" };
  const scores = [90, 80, 60];
  await client.post(
    `${of}/results`,
    scores.map((score, i) => ({ ...result, externalId: `${i}`, score })),
  );
}

/** Nothing sticks out, axe finds nothing, a picture is kept. */
async function lookAt(guest: Guest, name: string): Promise<void> {
  for (const size of SIZES) {
    await guest.page.setViewport(size);
    await guest.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await guest.screenshot(`${name}-${size.width}`);
    expect([name, size.width, await isWiderThanWindow(guest.page)]).toEqual([name, size.width, false]);
    expect([name, size.width, await axeViolations(guest.page)]).toEqual([name, size.width, []]);
  }
  await guest.page.setViewport({ width: 1366, height: 768 });
}

const fill = (guest: Guest, label: string, text: string) =>
  guest.page.locator(`::-p-aria([name="${label}"][role="textbox"])`).fill(text);

async function certificates(): Promise<readonly CertificateJson[]> {
  return (await client.get<{ items: CertificateJson[] }>("/api/v1/programmes/CERT/certificates")).items;
}

describe("certificates in the browser", () => {
  it("E2E30 the issuer is said, certificates are issued, one is revoked", async () => {
    const admin = await browser.guest("admin");
    await admin.page.goto(server.links.admin);
    await admin.page.waitForSelector(".rail-nav");
    await admin.page.goto(`${server.url}/admin/settings`);
    await admin.reads("Penerbit sertifikat");
    await lookAt(admin, "settings");
    await fill(admin, "Nama lembaga", "Badan Diklat Contoh");
    await admin.press("Simpan");
    await admin.reads("Pengaturan disimpan.");

    await admin.page.goto(`${server.url}/admin/programmes/CERT/policy`);
    await admin.reads("Syarat kelulusan");
    await lookAt(admin, "policy");

    await admin.page.goto(`${server.url}/admin/programmes/CERT/certificates`);
    await admin.reads("1 syarat belum terpenuhi");
    await lookAt(admin, "certificates");
    await admin.press("Penomoran");
    await admin.reads("Nomor berikutnya: 0001/CERT/");
    await lookAt(admin, "numbering-dialog");
    await admin.page.keyboard.press("Escape");
    await admin.press("Terbitkan 2 sertifikat");
    await admin.reads("2 sertifikat terbit.");
    await lookAt(admin, "certificates-issued");
    expect((await certificates()).map(({ facts }) => facts.issuer?.name)).toEqual([
      "Badan Diklat Contoh",
      "Badan Diklat Contoh",
    ]);

    await admin.press("Lainnya: Budi Santoso");
    await admin.page.locator('::-p-aria([name="Cabut sertifikat"][role="menuitem"])').click();
    await admin.reads("tidak dapat dipulihkan");
    await lookAt(admin, "revoke-dialog");
    await fill(admin, "Alasan", "Nama salah tulis");
    await admin.press("Cabut sertifikat");
    await admin.reads("Dicabut: Nama salah tulis");
  });

  it("E2E31 anybody verifies: by the QR code's address, by hand, also one revoked or unknown", async () => {
    const all = await certificates();
    const valid = all.find(({ revokedAt }) => revokedAt === null);
    const revoked = all.find(({ revokedAt }) => revokedAt !== null);
    const guest = await browser.guest("anybody", SIZES[1]);
    await guest.page.goto(valid?.verifyUrl ?? "");
    await guest.reads("Sertifikat ini berlaku");
    await guest.reads("Badan Diklat Contoh");
    await guest.reads(LONG_NAME);
    await lookAt(guest, "verify-valid");
    await guest.page.goto(revoked?.verifyUrl ?? "");
    await guest.reads("Nama salah tulis");
    await lookAt(guest, "verify-revoked");
    await guest.page.goto(`${server.url}/verify`);
    await guest.page.waitForSelector("#code");
    await lookAt(guest, "verify-empty");
    await fill(guest, "Kode sertifikat", "bukan kode");
    await guest.press("Periksa");
    await guest.reads("Tidak ada sertifikat dengan kode ini");
    await lookAt(guest, "verify-unknown");
    await fill(guest, "Kode sertifikat", valid?.code.toLowerCase().replaceAll("-", " ") ?? "");
    await guest.press("Periksa");
    await guest.reads("Sertifikat ini berlaku");
  });
});
