import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BreakoutRoomId, CaseId } from "../../server/protocol/ids.ts";
import { axeViolations, isWiderThanWindow } from "../support/axe.ts";
import { type ClassClient, connect } from "../support/class-client.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { ONE_PIXEL_PNG } from "../support/one-pixel-png.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { sheetWriter } from "../support/sheet-people.ts";

const SIZES = [
  { width: 1366, height: 768 },
  { width: 390, height: 844 },
];
const CASE_TITLE = "Chatbot untuk layanan perizinan";

let server: ServerProcess;
let browser: E2eBrowser;
let ina: Guest;
let path: string;

beforeAll(async () => {
  server = await startServerProcess();
  browser = await launchBrowser(server.url);
  ina = await browser.guest("instructor");
  await ina.page.goto(server.links.instructor);
  await ina.page.waitForFunction(() => location.pathname.startsWith("/class/"));
  path = await ina.page.evaluate(() => location.origin + location.pathname);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Looks at the page in both sizes: nothing sticks out, axe finds nothing, a picture is kept. */
async function lookAt(name: string): Promise<void> {
  for (const size of SIZES) {
    await ina.page.setViewport(size);
    await ina.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await ina.screenshot(`${name}-${size.width}`);
    expect([name, size.width, await isWiderThanWindow(ina.page)]).toEqual([name, size.width, false]);
    expect([name, size.width, await axeViolations(ina.page)]).toEqual([name, size.width, []]);
  }
}

const field = (label: string) => `::-p-aria([name="${label}"][role="textbox"])`;

/** Types over what stands in a field. */
async function write(label: string, text: string): Promise<void> {
  const input = await ina.page.waitForSelector(field(label));
  await input?.click({ count: 3 });
  await ina.page.keyboard.press("Backspace");
  await ina.page.keyboard.type(text);
}

describe("cases, plans and scores, as the instructor prepares and gives them", () => {
  it("E2E60 a case is written from the example; a reload keeps what was not saved", async () => {
    await ina.page.goto(`${path}/cases`);
    await ina.press("Pakai contoh");
    await write("Judul kasus", CASE_TITLE);
    await lookAt("case-example");
    ina.page.on("dialog", (dialog) => void dialog.accept());
    await ina.page.reload();
    await ina.reads("Perubahan yang belum disimpan dipulihkan");
    await write("Lama pengerjaan (menit)", "0");
    await ina.press("Simpan");
    await ina.reads("1 isian perlu diperbaiki");
    await lookAt("case-problem");
    await write("Lama pengerjaan (menit)", "25");
    await ina.press("Simpan");
    await ina.reads(/Tersimpan \d\d\.\d\d/);
    expect(await ina.page.evaluate(() => location.pathname)).toMatch(/\/cases\/cas_/);
  });

  it("E2E61 a question moves by keyboard, and the focus goes with it; a picture is added", async () => {
    const down = await ina.page.waitForSelector('::-p-aria([name="Turunkan Pertanyaan 1"][role="button"])');
    await down?.focus();
    await ina.page.keyboard.press("Enter");
    await ina.page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label") === "Naikkan Pertanyaan 2",
    );
    await ina.page.keyboard.press("Enter");
    const picker = await ina.page.$('input[type="file"]');
    const picture = join(server.dataDir, "bagan.png");
    await writeFile(picture, ONE_PIXEL_PNG);
    await picker?.uploadFile(picture);
    await ina.page.waitForSelector(".case-file-picture img");
    await ina.press("Simpan");
    await ina.press("Semua kasus dan rencana");
    await ina.reads("25 menit · 4 pertanyaan · nilai paling tinggi 100");
    await lookAt("case-list");
  });

  it("E2E64 what somebody else saved meanwhile is not written over unasked", async () => {
    await ina.press(`Buka ${CASE_TITLE}`);
    await ina.page.evaluate(async () => {
      const [, , linkId, , caseId] = location.pathname.split("/");
      const address = `/api/v1/join/${linkId}/cases/${caseId}`;
      const {
        sessionId,
        updatedAt,
        attachments,
        caseId: _own,
        ...work
      } = await (await fetch(address)).json();
      const body = JSON.stringify({ ...work, minutes: 30 });
      await fetch(address, { method: "PUT", headers: { "content-type": "application/json" }, body });
    });
    await write("Judul kasus", CASE_TITLE);
    await ina.press("Simpan");
    await ina.reads("orang lain mengubah kasus ini");
    await ina.press("Simpan");
    await ina.page.waitForFunction(() => !document.body.textContent?.includes("orang lain mengubah"));
    await ina.press("Semua kasus dan rencana");
    await ina.reads("25 menit · 4 pertanyaan");
  });

  it("E2E62 groups are planned by list and saved", async () => {
    await ina.press("Buat rencana");
    await write("Nama rencana", "Dua kelompok");
    await ina.page.locator("::-p-text(Menurut daftar)").click();
    await ina.press("Bagi yang tersisa rata");
    await ina.reads("Semua peserta sudah punya kelompok");
    await lookAt("group-plan");
    await ina.press("Simpan");
    await ina.reads(/Tersimpan \d\d\.\d\d/);
    await ina.press("Semua kasus dan rencana");
    await ina.reads("2 ruang · Menurut daftar");
  });

  it("E2E63 after the rooms the work is scored by the rubric", async () => {
    const [teacher, ani] = await workInRooms();
    await ina.page.goto(`${path}/group-work`);
    await ina.reads("Warga bisa dirugikan");
    await ina.reads("0 dari 1 kelompok dinilai");
    await ina.press("Simpan nilai");
    await ina.reads("Isi angka 0 sampai 40");
    await lookAt("group-work");
    await write("Ketajaman membaca risiko (0 sampai 40)", "32,5");
    await write("Kekuatan alasan (0 sampai 40)", "30");
    await write("Kejelasan penyampaian (0 sampai 20)", "15");
    await ina.press("Simpan nilai");
    await ina.reads("1 dari 1 kelompok dinilai");
    await ina.reads("77,5 dari 100");
    await lookAt("group-work-scored");
    teacher.close();
    ani.close();
  });
});

/** One group works on the case that was written above; the rooms are closed again. */
async function workInRooms(): Promise<readonly [ClassClient, ClassClient]> {
  const teacher = await connect(server.links.instructor);
  const ani = await connect(server.links.participants[0] as string);
  await teacher.enter();
  await ani.enter();
  await teacher.command("class.open", {});
  const { items } = (await ina.page.evaluate(async () => {
    const [, , linkId] = location.pathname.split("/");
    return (await fetch(`/api/v1/join/${linkId}/cases`)).json();
  })) as { items: { caseId: CaseId; questions: { questionId: string }[] }[] };
  const [work] = items;
  if (!work) throw new Error("no case was written");
  await teacher.command("breakouts.plan", { count: 1, assign: "even", caseId: work.caseId });
  const planned = await teacher.eventOf("breakouts.planned");
  const roomId = planned.rooms[0]?.roomId as BreakoutRoomId;
  await teacher.command("breakouts.open", {});
  await ani.eventOf("breakouts.opened");
  await ani.command("role.take", { role: "presenter" });
  const writer = sheetWriter(7);
  writer.type(work.questions[0]?.questionId ?? "", 0, "Warga bisa dirugikan oleh jawaban yang salah.");
  await ani.raw("sheet.open", { roomId });
  expect(await ani.raw("sheet.update", { roomId, update: writer.sent() })).toMatchObject({ ok: true });
  await teacher.command("breakouts.close", {});
  return [teacher, ani];
}
