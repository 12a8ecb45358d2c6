import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnSurvey, OwnSurveys } from "../../server/protocol/surveys.ts";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { axeViolations, isWiderThanWindow } from "../support/axe.ts";
import { exchange } from "../support/class-client.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
];
const DAY_MS = 86_400_000;
const OF = "/api/v1/programmes/SURVEI";
const WORDS = ["Lebih banyak latihan dengan kasus nyata.", "Contohnya bagus.", "", "Ruangan agak panas.", ""];

let server: ServerProcess;
let browser: E2eBrowser;
let client: AdminClient;
let sessionId: string;
let people: readonly string[];

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

/** A programme that ended three days ago, with six people who were in its hall. */
async function plan(): Promise<void> {
  const startAt = Date.now() - 3 * DAY_MS;
  const units = [{ code: "KAI", title: "Konsep Artificial Intelligence", jp: 6 }];
  await client.post("/api/v1/programmes", { code: "SURVEI", title: "Pelatihan yang dinilai", units });
  await client.post(`${OF}/staff`, {
    name: "Dr. Sari Wulandari, M.Kom.",
    email: "sari@contoh.go.id",
    role: "instructor",
  });
  const named = ["Ayu", "Budi", "Citra", "Dewi", "Eko", "Fajar"].map((name, i) => ({
    externalId: `${i}`,
    name,
  }));
  await client.post(`${OF}/enrolments`, named);
  people = (await client.get<{ items: { id: string }[] }>(`${OF}/enrolments`)).items.map(({ id }) => id);
  const session = await client.post<{ id: string; slots: { id: string }[] }>(`${OF}/sessions`, {
    unit: "KAI",
    title: "Pengantar kecerdasan buatan",
    mode: "offline",
    timeZone: "Asia/Jakarta",
    slots: [{ startAt, endAt: startAt + 2_700_000, jp: 1 }],
  });
  sessionId = session.id;
  const slotId = session.slots[0]?.id;
  await client.post(
    `/api/v1/sessions/${sessionId}/marks`,
    people.map((enrolmentId) => ({ slotId, enrolmentId, status: "present" })),
  );
}

/** The link that an administrator makes for this person now, long after the session. */
const linkOf = async (person: number) =>
  (await client.post<{ url: string }>(`/api/v1/sessions/${sessionId}/links`, { enrolmentId: people[person] }))
    .url;

/** Fills in everything that is asked of this person. */
async function answerAll(person: number): Promise<void> {
  const { linkId, cookie } = await exchange(await linkOf(person));
  const at = `${server.url}/api/v1/join/${linkId}/surveys`;
  const headers = { "content-type": "application/json", cookie, origin: server.url };
  const { surveys } = (await (await fetch(at, { headers })).json()) as OwnSurveys;
  for (const survey of surveys) {
    const answer = await fetch(at, {
      method: "POST",
      headers,
      body: JSON.stringify(answerOf(survey, person)),
    });
    expect(answer.status).toBe(201);
  }
}

function answerOf({ survey, questions }: OwnSurvey, person: number) {
  const text = WORDS[person - 1] ?? "";
  const rated = questions.filter(({ kind }) => kind === "scale");
  return {
    survey,
    ratings: rated.map(({ key }, index) => ({ question: key, rating: 5 - ((index + person) % 3) })),
    texts: text === "" ? [] : [{ question: "text.advice", text }],
  };
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

const focused = (guest: Guest) =>
  guest.page.evaluate(() => {
    const at = document.activeElement;
    return at instanceof HTMLInputElement ? `${at.type}` : (at?.textContent ?? "");
  });

/** Goes on by Tab until the focus is on a radio button, a text or this button. */
async function tabTo(guest: Guest, wanted: string): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed++) {
    await guest.page.keyboard.press("Tab");
    if ((await focused(guest)) === wanted) return;
  }
  throw new Error(`no Tab leads to ${wanted}`);
}

describe("surveys in the browser", () => {
  it("E2E50 a survey is filled in by the keyboard alone, by a link made days after the session", async () => {
    const ayu = await browser.guest("ayu");
    await ayu.page.goto(await linkOf(0));
    await ayu.reads("Isi survei");
    await lookAt(ayu, "surveys-offered");
    await tabTo(ayu, "Isi survei");
    await ayu.page.keyboard.press("Enter");
    await ayu.reads("Kirim survei");
    await lookAt(ayu, "survey-form");
    await tabTo(ayu, "Kirim survei");
    await ayu.page.keyboard.press("Enter");
    await ayu.reads("pertanyaan belum dijawab");
    await lookAt(ayu, "survey-missing");
    expect(await focused(ayu)).toBe("radio");
    const scales = await ayu.page.$$eval(".rating", (fields) => fields.length);
    for (let scale = 0; scale < scales; scale++) {
      if (scale > 0) await tabTo(ayu, "radio");
      await ayu.page.keyboard.press("Space");
      await ayu.page.keyboard.press("ArrowRight");
    }
    expect(await ayu.page.$$eval(".rating input:checked", (inputs) => inputs.length)).toBe(scales);
    await ayu.page.reload();
    await ayu.reads("Isi survei");
    await tabTo(ayu, "Isi survei");
    await ayu.page.keyboard.press("Enter");
    expect(await ayu.page.$$eval(".rating input:checked", (inputs) => inputs.length)).toBe(scales);
    await tabTo(ayu, "Kirim survei");
    await ayu.page.keyboard.press("Enter");
    await ayu.page.waitForSelector(".survey-thanks");
    await lookAt(ayu, "survey-sent");
  });

  it("E2E51 reports hide few answers, show five, and fit laptop and phone in both languages", async () => {
    const admin = await browser.guest("admin");
    await admin.page.goto(server.links.admin);
    await admin.page.waitForSelector(".rail-nav");
    const surveys = `${server.url}/admin/programmes/SURVEI/surveys`;
    await admin.page.goto(surveys);
    await admin.reads("Belum ada jawaban");
    await lookAt(admin, "surveys-few");
    for (const person of [1, 2, 3, 4, 5]) await answerAll(person);
    await admin.page.goto(surveys);
    await admin.reads("Lebih banyak latihan");
    await lookAt(admin, "surveys-end");
    await admin.page.goto(`${server.url}/admin/sessions/${sessionId}/survey`);
    await admin.reads("Ruangan agak panas.");
    await lookAt(admin, "surveys-session");
    await admin.press("English");
    await admin.reads("5 answers");
    await lookAt(admin, "surveys-session-en");
    await admin.press("Bahasa Indonesia");

    await admin.page.goto(`${server.url}/admin/programmes/SURVEI`);
    await admin.press("Atur survei");
    await admin.press("Tambah pertanyaan");
    await lookAt(admin, "surveys-settings");
    await admin.page.keyboard.press("Escape");
  });
});
