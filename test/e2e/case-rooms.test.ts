import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GroupWork, SavedCase } from "../../server/protocol/case-work.ts";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { axeViolations } from "../support/axe.ts";
import { type ClassClient, connect, exchange } from "../support/class-client.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { arriving, join, movingPictures } from "../support/gathering.ts";
import { sampleCase } from "../support/sample-case.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

let server: ServerProcess;
let browser: E2eBrowser;
let admin: AdminClient;
let sessionId: string;
let instructor: Guest;
/** Two in each of three rooms: the first two have cameras, the others microphones alone. */
let people: Guest[];
let work: SavedCase;
let facilitator: ClassClient;

const NAMES = ["Ani Rahmawati", "Budi Santoso", "Citra Dewi", "Dedi Kurnia", "Eka Putri", "Fajar Hidayat"];
const { caseId: _id, attachments: _files, ...CASE } = sampleCase;

beforeAll(async () => {
  server = await startServerProcess();
  browser = await launchBrowser(server.url);
  admin = await exchangeAdmin(server.links.admin);
  const links = await sixLinks();
  instructor = await browser.guest("instructor", undefined, ["microphone"]);
  await join(instructor, server.links.instructor);
  await instructor.press("Mulai kelas");
  people = [];
  // One after another: rooms are dealt in the order in which people came.
  for (const [index, link] of links.entries()) {
    const permissions = index < 2 ? (["camera", "microphone"] as const) : (["microphone"] as const);
    const guest = await browser.guest(`person-${index + 1}`, undefined, permissions);
    await join(guest, link);
    people.push(guest);
  }
});

afterAll(async () => {
  facilitator?.close();
  await browser?.close();
  await server?.close();
});

async function sixLinks(): Promise<string[]> {
  const { items: programmes } = await admin.get<{ items: { id: string }[] }>("/api/v1/programmes");
  const path = `/api/v1/programmes/${programmes[0]?.id}`;
  const entry = { birthDate: "1985-04-12", education: "S1", assignmentLetter: "ST-12/2026" };
  const rows = NAMES.map((name, index) => ({ externalId: `CASE-${index + 1}`, name, ...entry }));
  const made = await admin.post<{ rows: { id: string }[] }>(`${path}/enrolments`, rows);
  const { items: sessions } = await admin.get<{ items: { id: string }[] }>(`${path}/sessions`);
  sessionId = sessions[0]?.id ?? "";
  const links: string[] = [];
  for (const { id: enrolmentId } of made.rows) {
    const link = await admin.post<{ url: string }>(`/api/v1/sessions/${sessionId}/links`, { enrolmentId });
    links.push(link.url);
  }
  const { items: staff } = await admin.get<{ items: { id: string; role: string }[] }>(`${path}/staff`);
  const staffId = staff.find(({ role }) => role === "facilitator")?.id;
  const link = await admin.post<{ url: string }>(`/api/v1/sessions/${sessionId}/links`, { staffId });
  facilitator = await connect(link.url, await exchange(link.url));
  return links;
}

async function byFacilitator<Data>(method: string, path: string, json: unknown): Promise<Data> {
  const response = await fetch(`${server.url}/api/v1/join/${facilitator.linkId}${path}`, {
    method,
    headers: { "content-type": "application/json", cookie: facilitator.cookie, origin: server.url },
    body: JSON.stringify(json),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Data;
}

/** What stands in a sheet's first field, on somebody's screen. */
function answerOn(guest: Guest): Promise<string> {
  return guest.page.evaluate(() => {
    const lines = document.querySelector(".sheet-text .cm-content")?.querySelectorAll(".cm-line") ?? [];
    return [...lines]
      .map((line) => {
        const copy = line.cloneNode(true) as HTMLElement;
        // The names at the others' cursors are no letters of the answer.
        for (const cursor of copy.querySelectorAll(".cm-ySelectionCaret")) cursor.remove();
        return (copy.textContent ?? "").replaceAll("\u2060", "");
      })
      .join("\n");
  });
}

async function typeOn(guest: Guest, text: string): Promise<void> {
  await guest.page.locator(".sheet-text .cm-content").click();
  await guest.page.keyboard.down("Control");
  await guest.page.keyboard.press("End");
  await guest.page.keyboard.up("Control");
  await guest.page.keyboard.type(text);
}

const energyOf = async (guest: Guest) => (await arriving(guest, 1_000)).energy;
const framesOf = async (guest: Guest) => (await arriving(guest, 1_000)).frames;

const person = (number: number): Guest => people[number - 1] as Guest;

describe("case rooms, from the plan to the score", () => {
  it("E2E40 rooms with a case open: everybody is in theirs, beside the brief, with the clock", async () => {
    work = await byFacilitator<SavedCase>("POST", "/cases", CASE);
    await facilitator.enter();
    const planned = await facilitator.command("breakouts.plan", {
      count: 3,
      assign: "together",
      caseId: work.caseId,
    });
    expect(planned).toMatchObject({ ok: true });
    await instructor.press("Ruang diskusi");
    await instructor.screenshot("case-planned");
    await instructor.press("Buka semua ruang");
    for (const guest of people) {
      await guest.reads(/Anda di Ruang \d/);
      await guest.reads("Dinas Perizinan ingin memakai chatbot");
      await guest.page.waitForSelector(".sheet-text .cm-content");
    }
    await person(1).screenshot("case-room");
    await person(2).screenshot("case-room-2");
    expect(await axeViolations(person(1).page)).toEqual([]);
  });

  it("E2E41 media stay in the room: frames and sound reach the other one there, and nobody else", async () => {
    await expect.poll(() => framesOf(person(1)), { timeout: 30_000 }).toBeGreaterThan(0);
    await person(1).press("Suarakan");
    await expect.poll(() => energyOf(person(2)), { timeout: 20_000 }).toBeGreaterThan(0);
    const looks = [instructor, person(3), person(5)].map(async (guest) => {
      const { frames, energy } = await arriving(guest);
      expect([guest.name, frames, energy]).toEqual([guest.name, 0, 0]);
    });
    await Promise.all(looks);
    expect(await movingPictures(person(3))).toBe(0);
  });

  it("E2E42 two write one answer at once, roles are taken by a click, nobody else sees it", async () => {
    await person(1).press("Ketua: belum ada");
    await person(2).press("Penyaji: belum ada");
    await person(2).reads("Penyaji: Anda");
    await Promise.all([typeOn(person(1), "Jawaban keliru. "), typeOn(person(2), "Warga bingung. ")]);
    for (const guest of [person(1), person(2)]) {
      await expect.poll(() => answerOn(guest), { timeout: 10_000 }).toContain("Jawaban keliru.");
      await expect.poll(() => answerOn(guest), { timeout: 10_000 }).toContain("Warga bingung.");
    }
    expect(await answerOn(person(1))).toBe(await answerOn(person(2)));
    expect(await answerOn(person(3))).not.toContain("keliru");
    await person(2).screenshot("case-sheet");
  });

  it("E2E43 a call for help stands in the queue; the instructor comes, and is announced", async () => {
    await person(5).press("Minta bantuan");
    await instructor.reads("Ruang yang meminta bantuan");
    await instructor.screenshot("case-overview");
    expect(await axeViolations(instructor.page)).toEqual([]);
    await instructor.press("Datangi Ruang 3");
    await person(5).reads(/masuk ke ruang Anda/);
    await person(5).page.waitForSelector('::-p-aria([name="Minta bantuan"])');
    await instructor.press("Kembali ke ruang utama");
  });

  it("E2E44 a message, more time and the instructor's voice reach every room", async () => {
    await instructor.press("Lihat semua ruang");
    await instructor.press("Bicara ke semua ruang");
    const hearing = [person(3), person(5)].map(async (guest) => {
      await guest.reads("berbicara ke semua ruang");
      await expect.poll(() => energyOf(guest), { timeout: 20_000 }).toBeGreaterThan(0);
    });
    await Promise.all(hearing);
    await instructor.press("Berhenti bicara ke semua ruang");
    await expect.poll(() => energyOf(person(5)), { timeout: 20_000 }).toBe(0);
    await instructor.page.locator(".rooms-broadcast").fill("Tinggal menulis kesimpulan.");
    await instructor.press("Siarkan");
    for (const guest of people) await guest.reads("Tinggal menulis kesimpulan.");
    await instructor.press("Tambah 5 menit");
    await person(3).reads(/Waktu ditambah sampai/);
    await instructor.press("Tutup");
  });

  it("E2E45 kill -9 in the middle: everybody is back in their room, and no acknowledged letter is lost", async () => {
    await typeOn(person(1), "Yang ini sudah tersimpan.");
    await person(1).reads("Tersimpan");
    await expect.poll(() => answerOn(person(2)), { timeout: 10_000 }).toContain("sudah tersimpan.");
    const before = await answerOn(person(1));
    await server.kill();
    await person(1).reads("menyambung kembali");
    await typeOn(person(1), " Ditulis selama terputus.");
    await server.startAgain();
    for (const guest of people) await guest.reads(/Anda di Ruang \d/);
    await expect.poll(() => answerOn(person(2)), { timeout: 30_000 }).toContain("selama terputus.");
    expect(await answerOn(person(2))).toContain(before);
    await person(2).page.reload();
    await expect.poll(() => answerOn(person(2)), { timeout: 30_000 }).toContain(before);
    await person(2).screenshot("case-after-kill");
  });

  it("E2E46 closing brings all back; the presenter shows the sheet, it is scored, and the export has it all", async () => {
    await instructor.page.waitForSelector('::-p-aria([name="Ruang diskusi"])');
    await instructor.press("Ruang diskusi");
    await instructor.press("Tutup semua ruang");
    await instructor.page.keyboard.press("Escape");
    for (const guest of people) await guest.reads("Ruang diskusi ditutup");
    await person(2).press("Sajikan lembar");
    for (const guest of [person(4), instructor]) {
      await guest.reads(/Lembar Ruang 1 disajikan/);
      await expect.poll(() => answerOn(guest), { timeout: 20_000 }).toContain("Jawaban keliru.");
    }
    await person(4).screenshot("case-presented");
    expect(await axeViolations(person(4).page)).toEqual([]);
    await person(2).press("Berhenti menyajikan");

    const work = await admin.get<GroupWork>(`/api/v1/sessions/${sessionId}/group-work`);
    const first = work.rooms[0];
    expect(first?.members.map(({ name }) => name).sort()).toEqual(NAMES.slice(0, 2));
    expect(first?.answers[0]?.answer).toContain("Yang ini sudah tersimpan.");
    expect(first?.roles.find(({ code }) => code === "presenter")?.name).toBe("Budi Santoso");
    await byFacilitator("PUT", `/group-work/${first?.roomId}/score`, {
      points: [{ criterionId: "cri_1", points: 35 }],
    });
    const scored = await admin.get<GroupWork>(`/api/v1/sessions/${sessionId}/group-work`);
    expect(scored.rooms[0]?.score).toMatchObject({ total: 35, isAccepted: true });
  });
});
