import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CertificateJson } from "../../server/protocol/certificates.ts";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { axeViolations, isWiderThanWindow } from "../support/axe.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { codeFor } from "../support/totp-code.ts";

const LAPTOP = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const DAY_MS = 86_400_000;
const SLOT_MS = 2_700_000;
const OF = "/api/v1/programmes/ADM";
const PEOPLE = ["Ayu Lestari", "Budi Santoso", "Prof. Dr. H. Raden Muhammad Kusumaatmadja, S.Kom., M.Si."];

let server: ServerProcess;
let browser: E2eBrowser;
let client: AdminClient;
let admin: Guest;
let people: readonly string[];
let past: string;
let today: string;
let staffId: string;

beforeAll(async () => {
  server = await startServerProcess();
  browser = await launchBrowser(server.url);
  client = await exchangeAdmin(server.links.admin);
  await plan();
  admin = await browser.guest("admin");
  await admin.page.goto(server.links.admin);
  await admin.page.waitForSelector(".rail-nav");
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A hybrid programme: one session was yesterday, one is on, and two of three people have passed. */
async function plan(): Promise<void> {
  const policy = { requirements: [{ code: "post-test", minScore: 70 }] };
  const units = [{ code: "KAI", title: "Konsep Artificial Intelligence", jp: 6 }];
  await client.post("/api/v1/programmes", { code: "ADM", title: "Pelatihan Hibrida", units, policy });
  await client.post(
    `${OF}/enrolments`,
    PEOPLE.map((name, index) => ({ externalId: `${index}`, name })),
  );
  const { items: roster } = await client.get<{ items: { id: string; name: string }[] }>(`${OF}/enrolments`);
  people = PEOPLE.map((name) => roster.find((person) => person.name === name)?.id ?? "");
  const teacher = { name: "Ratna Wulandari", email: "ratna@pusdiklat.example", role: "instructor" };
  staffId = (await client.post<{ id: string }>(`${OF}/staff`, teacher)).id;
  const session = async (title: string, startAt: number) =>
    await client.post<{ id: string }>(`${OF}/sessions`, {
      unit: "KAI",
      title,
      mode: "hybrid",
      timeZone: "Asia/Jakarta",
      slots: [{ startAt, endAt: startAt + SLOT_MS, jp: 1 }],
    });
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  past = (await session("Kemarin", minute - DAY_MS)).id;
  today = (await session("Hari ini", minute - 60_000)).id;
  const results = [90, 80, 60].map((score, index) => ({
    externalId: `${index}`,
    requirement: "post-test",
    score,
    takenAt: minute - DAY_MS,
    source: "LMS",
  }));
  await client.post(`${OF}/results`, results);
}

/** Nothing sticks out, axe finds nothing, a picture is kept. */
async function lookAt(guest: Guest, name: string, sizes = [LAPTOP, PHONE]): Promise<void> {
  for (const size of sizes) {
    await guest.page.setViewport(size);
    await guest.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await guest.screenshot(`administration-${name}-${size.width}`);
    expect.soft([name, size.width, await isWiderThanWindow(guest.page)]).toEqual([name, size.width, false]);
    expect.soft([name, size.width, await axeViolations(guest.page)]).toEqual([name, size.width, []]);
  }
  await guest.page.setViewport(sizes[0] ?? LAPTOP);
}

/** Goes to a page of the administration, waits until it is there and looks at it. */
async function visit(path: string, words: string, name: string): Promise<void> {
  await admin.page.goto(`${server.url}/admin/${path}`);
  await admin.reads(words);
  await lookAt(admin, name);
}

async function setPassword(guest: Guest, link: string): Promise<void> {
  await guest.page.goto(link);
  await guest.page.waitForSelector("[name=new-password]");
  await guest.page.type("[name=new-password]", "lima roti tawar di meja");
  await guest.page.type("[name=new-password-again]", "lima roti tawar di meja");
  await guest.page.keyboard.press("Enter");
}

async function invite(email: string, role: string): Promise<string> {
  return (await client.post<{ url: string }>("/api/v1/accounts", { email, name: email, role })).url;
}

async function linkOf(sessionId: string, whom: object): Promise<string> {
  return (await client.post<{ url: string }>(`/api/v1/sessions/${sessionId}/links`, whom)).url;
}

/** Opens a join link and says which link it was. */
async function openLink(guest: Guest, link: string): Promise<string> {
  await guest.page.goto(link);
  await guest.page.waitForFunction(() => /^\/class\//.test(location.pathname));
  return new URL(guest.page.url()).pathname.split("/")[2] ?? "";
}

/** Runs in the page: buttons and links whose words change something. */
function changingControls(): string[] {
  const words =
    /^(Buat|Ubah|Tambah|Impor|Undang|Simpan|Batalkan|Hapus|Cabut|Terbitkan|Jadikan|Tolak|Setujui|Mulai|Akhiri|Penomoran|Isi|Tandai|Atur|Keluarkan|Hadir$)/;
  // Filters and heads that sort change what is shown, and nothing else.
  return [
    ...document.querySelectorAll(":is(main, dialog) :is(a, button:not(.chip, th button), [role=menuitem])"),
  ]
    .map((control) => (control.getAttribute("aria-label") ?? control.textContent ?? "").trim())
    .filter((text) => words.test(text));
}

describe("the administration in the browser", () => {
  it("E2E18 signing in: a wrong password, the first second factor, one's own classes", async () => {
    const second = await browser.guest("second administrator");
    await second.page.goto(`${server.url}/admin`);
    await second.page.waitForSelector("[name=email]");
    await lookAt(second, "sign-in");
    await second.page.type("[name=email]", "siapa@pusdiklat.example");
    await second.page.type("[name=password]", "salah sama sekali");
    await second.page.keyboard.press("Enter");
    await second.reads("Surel atau kata sandi salah");
    await setPassword(second, await invite("kedua@pusdiklat.example", "admin"));
    await second.page.waitForSelector(".factor-code");
    await lookAt(second, "second-factor");
    const secret = await second.page.$eval(".factor-secret", (element) => element.textContent ?? "");
    await second.page.type("[name=code]", codeFor(secret.replace(/\s/g, ""), Date.now()));
    await second.page.keyboard.press("Enter");
    await second.reads("Simpan kode pemulihan");
    await lookAt(second, "recovery-codes");
    await second.press("Sudah saya simpan");
    await second.reads("Pelatihan Hibrida");

    const teacher = await browser.guest("teacher");
    await setPassword(teacher, await invite("ratna@pusdiklat.example", "instructor"));
    await teacher.reads("Hari ini");
    await lookAt(teacher, "my-sessions");
    await teacher.page.click(".my-session button");
    await teacher.page.waitForSelector('::-p-aria([name="Gabung kelas"][role="button"])');
  });

  it("E2E19 the pages of the office", async () => {
    await visit("programmes", "Pelatihan Hibrida", "programmes");
    await visit("programmes/ADM", "Syarat peserta", "programme");
    await visit("programmes/ADM/edit", "Kode ADM", "edit-programme");
    await visit("programmes/ADM/policy", "Syarat kelulusan", "policy");
    await visit("programmes/ADM/sessions", "Hari ini", "sessions");
    await visit(`sessions/${past}`, "Kemarin", "session");
    await visit(`sessions/${past}/attendance`, "Budi Santoso", "attendance");
    await visit("programmes/ADM/participants", "Budi Santoso", "participants");
    await admin.page.click(".person-open");
    await admin.page.waitForSelector("dialog[open]");
    await lookAt(admin, "person");
    await visit("programmes/ADM/completion", "Budi Santoso", "completion");
    await visit("programmes/ADM/surveys", "Survei", "surveys");
    await visit("accounts", "kedua@pusdiklat.example", "accounts");
    await visit("api-keys", "Kunci API", "api-keys");
    await visit("account", "Verifikasi dua langkah", "account");
    await visit("settings", "Penerbit sertifikat", "settings");
    await visit("trail", "Pelatihan Hibrida", "trail");
  });

  it("E2E20 an auditor reads every page and is shown nothing that changes anything", async () => {
    const auditor = await browser.guest("auditor");
    const refused: string[] = [];
    auditor.page.on("response", (response) => {
      if (response.status() === 403) refused.push(response.url());
    });
    await setPassword(auditor, await invite("auditor@pusdiklat.example", "auditor"));
    await auditor.page.waitForSelector(".rail-nav");
    for (const [path, words] of [
      ["programmes", "Pelatihan Hibrida"],
      ["programmes/ADM", "Syarat peserta"],
      ["programmes/ADM/policy", "80"],
      ["programmes/ADM/sessions", "Hari ini"],
      ["programmes/ADM/participants", "Budi Santoso"],
      ["programmes/ADM/completion", "Budi Santoso"],
      ["programmes/ADM/certificates", "Budi Santoso"],
      ["programmes/ADM/surveys", "Survei"],
      [`sessions/${past}/survey`, "Survei"],
      ["programmes/ADM/corrections", "Koreksi"],
      [`sessions/${today}`, "Hari ini"],
      [`sessions/${today}/roll-call`, "Budi Santoso"],
      [`sessions/${past}/attendance`, "Budi Santoso"],
      [`sessions/${past}/corrections`, "Koreksi"],
      [`sessions/${today}/check-in`, "Hanya untuk administrator"],
      ["programmes/ADM/edit", "Hanya untuk administrator"],
      [`sessions/${today}/edit`, "Hanya untuk administrator"],
      ["settings", "Hanya untuk administrator"],
      ["accounts", "kedua@pusdiklat.example"],
      ["api-keys", "Kunci API"],
      ["trail", "Jejak"],
    ] as const) {
      await auditor.page.goto(`${server.url}/admin/${path}`);
      await auditor.reads(words);
      expect([path, await auditor.page.evaluate(changingControls)]).toEqual([path, []]);
    }
    await auditor.page.goto(`${server.url}/admin/programmes/ADM/participants`);
    await auditor.page.waitForSelector(".person-open");
    await auditor.page.click(".person-open");
    await auditor.page.waitForSelector("dialog[open] .person-links");
    expect(await auditor.page.evaluate(changingControls)).toEqual([]);
    expect(refused).toEqual([]);
  });

  it("E2E32 the hall: roll call in the office and on a phone, the check-in screen", async () => {
    await visit(`sessions/${today}/roll-call`, "Budi Santoso", "roll-call");
    await visit(`sessions/${today}/check-in`, "Hari ini", "check-in-screen");
    const teacher = await browser.guest("teacher on the phone", PHONE);
    const linkId = await openLink(teacher, await linkOf(today, { staffId }));
    await teacher.page.goto(`${server.url}/class/${linkId}/roll-call`);
    await teacher.reads("Budi Santoso");
    await lookAt(teacher, "staff-roll-call", [PHONE]);
  });

  it("E2E33 a slot is disputed on one's own page and waits in both queues", async () => {
    const ayu = await browser.guest("Ayu", PHONE);
    await openLink(ayu, await linkOf(past, { enrolmentId: people[0] }));
    await ayu.page.waitForSelector(".own-details summary");
    await ayu.page.click(".own-details summary");
    await ayu.press("Ajukan keberatan");
    await ayu.page.type(".dispute-form textarea", "Saya hadir di aula dan sudah menandatangani daftar.");
    await lookAt(ayu, "dispute-form");
    await ayu.page.click(".dispute-form [type=submit]");
    await ayu.page.waitForSelector(".own-dispute");
    await lookAt(ayu, "own-page");
    await visit("programmes/ADM/corrections", "Saya hadir di aula", "correction-queue");
    await visit(`sessions/${past}/corrections`, "Saya hadir di aula", "corrections");
  });

  it("E2E34 a certificate whose holder's data are erased says so to whoever verifies it", async () => {
    // What is still to come would keep everybody from being complete.
    await client.post(`/api/v1/sessions/${today}/cancellation`, { reason: "Aula dipakai" });
    const issued = await client.post<object>(`${OF}/certificates`, { enrolmentIds: people.slice(0, 2) });
    expect(issued).toMatchObject({ issued: 2 });
    const { items } = await client.get<{ items: CertificateJson[] }>(`${OF}/certificates`);
    const [erased, revoked] = people.slice(0, 2).map((id) => items.find((one) => one.enrolmentId === id));
    // Long after the session: a new link still leads to one's own page, and there the certificate stands.
    const budi = await browser.guest("Budi", PHONE);
    await openLink(budi, await linkOf(past, { enrolmentId: people[1] }));
    await budi.reads(revoked?.number ?? "");
    await lookAt(budi, "own-certificate");
    await client.post(`/api/v1/certificates/${revoked?.id}/revoke`, { reason: "Nama salah tulis" });
    await client.post(`/api/v1/enrolments/${people[0]}/erasure`, { reason: "request" });
    const anybody = await browser.guest("anybody", PHONE);
    await anybody.page.goto(erased?.verifyUrl ?? "");
    await anybody.reads("dihapus");
    await lookAt(anybody, "verify-erased");
    await anybody.page.goto(revoked?.verifyUrl ?? "");
    await anybody.reads("Nama salah tulis");
    await lookAt(anybody, "verify-revoked");
    await visit("programmes/ADM/certificates", "Budi Santoso", "certificates");
  });
});
