import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { arriving, everybodySees, type Gathering, gather, movingPictures } from "../support/gathering.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

let server: ServerProcess;
let browser: E2eBrowser;
let class_: Gathering;

beforeAll(async () => {
  server = await startServerProcess();
  browser = await launchBrowser(server.url);
  class_ = await gather(browser, server);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The colour in the middle of the picture on the stage. */
function stageColour(guest: Guest): Promise<string> {
  return guest.page.evaluate(() => {
    const video = document.querySelector<HTMLVideoElement>(".stage video");
    if (!video || video.videoWidth === 0) return "none";
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext("2d");
    if (!context) return "none";
    context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 4, 4, 0, 0, 1, 1);
    const [red = 0, , blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return red > blue ? "red" : "blue";
  });
}

async function seesBothColours(guest: Guest): Promise<void> {
  await expect.poll(() => stageColour(guest), { timeout: 30_000 }).not.toBe("none");
  const seen = new Set<string>();
  await expect
    .poll(async () => seen.add(await stageColour(guest)).size, { timeout: 20_000, interval: 200 })
    .toBe(2);
}

function slideAddress(guest: Guest): Promise<string | null> {
  return guest.page.evaluate(() => {
    const picture = document.querySelector<HTMLImageElement>(".stage-picture img");
    return picture && picture.naturalWidth > 0 ? new URL(picture.src).pathname : null;
  });
}

function queueOf(guest: Guest): Promise<string[]> {
  return guest.page.evaluate(() =>
    [...document.querySelectorAll(".hand-row .person-name")].map((name) => name.textContent ?? ""),
  );
}

describe("a class of one instructor and three participants", () => {
  it("E2E1 the instructor starts the class and everybody sees moving pictures of the others", async () => {
    const { instructor, everybody } = class_;
    await instructor.press("Mulai kelas");
    await everybodySees(everybody, 3);
    for (const guest of everybody) await guest.screenshot(`gallery-${guest.name}`);
  });

  it("E2E2 joined muted; who unmutes is heard by everybody", async () => {
    const [first, second] = class_.participants;
    expect((await arriving(second)).energy).toBe(0);
    await first.press("Suarakan");
    const others = class_.everybody.filter((one) => one !== first);
    const hearing = others.map((guest) =>
      expect.poll(async () => (await arriving(guest, 1000)).energy, { timeout: 20_000 }).toBeGreaterThan(0),
    );
    await Promise.all(hearing);
    await first.press("Bisukan");
  });

  it("E2E3 slides: shown to all, turned by keyboard, everybody in step", async () => {
    const { instructor, everybody } = class_;
    await instructor.press("Slide");
    await instructor.press("Tampilkan");
    await instructor.page.keyboard.press("Escape");
    await expect.poll(() => slideAddress(instructor), { timeout: 20_000 }).toContain("/pages/1/");
    await instructor.page.keyboard.press("ArrowRight");
    for (const guest of everybody) {
      await expect.poll(() => slideAddress(guest), { timeout: 20_000 }).toContain("/pages/2/");
    }
    await instructor.screenshot("slides-instructor");
    await class_.participants[0].screenshot("slides-participant");
  });

  it("E2E4 a late joiner is on the right page", async () => {
    const [, , third] = class_.participants;
    await third.page.reload();
    await expect.poll(() => slideAddress(third), { timeout: 20_000 }).toContain("/pages/2/");
  });

  it("E2E5 two hands have one order on four screens, and the first is called with one click", async () => {
    const { instructor, participants, everybody } = class_;
    const [first, second] = participants;
    await second.press("Angkat tangan");
    await second.page.waitForSelector('::-p-aria([name="Turunkan tangan · ke-1"])');
    await first.press("Angkat tangan");
    await first.page.waitForSelector('::-p-aria([name="Turunkan tangan · ke-2"])');
    const orders: string[][] = [];
    for (const guest of everybody) {
      await guest.page.keyboard.down("Alt");
      await guest.page.keyboard.press("KeyU");
      await guest.page.keyboard.up("Alt");
      await expect.poll(async () => (await queueOf(guest)).length, { timeout: 10_000 }).toBe(2);
      orders.push(await queueOf(guest));
    }
    expect(new Set(orders.map((order) => order.join("|"))).size).toBe(1);
    await instructor.screenshot("hands-instructor");
    const [next] = orders[0] as [string];
    await instructor.press(`Persilakan ${next}`);
    await second.reads("Anda dipersilakan berbicara.");
    await instructor.press("Turunkan semua");
    await first.page.waitForSelector('::-p-aria([name="Angkat tangan"])');
    for (const guest of everybody) await guest.press("Tutup panel");
  });

  it("E2E6 a shared tab fills everybody's stage and its picture changes", async () => {
    const { instructor, everybody } = class_;
    const shared = await browser.openSharedTab();
    await instructor.press("Bagikan layar");
    const watching = everybody.filter((one) => one !== instructor);
    await Promise.all(watching.map(seesBothColours));
    await class_.participants[1].screenshot("share-participant");
    await instructor.press("Berhenti berbagi");
    await expect.poll(() => stageColour(class_.participants[0]), { timeout: 10_000 }).toBe("none");
    await shared.close();
  });

  it("E2E7 chat reaches everybody", async () => {
    const { instructor, participants } = class_;
    const [first] = participants;
    await first.press("Obrolan");
    await first.page.type("textarea", "Selamat pagi, Bu!");
    await first.page.keyboard.press("Enter");
    await first.reads("Selamat pagi, Bu!");
    await instructor.press("Obrolan, 1 pesan baru");
    await instructor.reads("Selamat pagi, Bu!");
    await instructor.screenshot("chat-instructor");
    for (const guest of [first, instructor]) await guest.press("Tutup panel");
  });

  it("E2E8 in breakout rooms nothing of one room reaches another; closing brings all back", async () => {
    const { instructor, participants, everybody } = class_;
    const [first, second, third] = participants;
    await instructor.press("Ruang diskusi");
    await instructor.page.locator('::-p-aria([name="Jumlah ruang"])').fill("3");
    await instructor.press("Buat ruang");
    await instructor.press("Buka semua ruang");
    for (const guest of participants) await guest.reads(/Anda di Ruang \d/);
    await instructor.screenshot("breakouts-instructor");
    await first.screenshot("breakouts-participant");
    await instructor.page.keyboard.press("Escape");
    for (const guest of [instructor, ...participants]) {
      await expect
        .poll(() => guest.page.$$eval(".tile", (tiles) => tiles.length), { timeout: 10_000 })
        .toBe(1);
    }
    await first.press("Suarakan");
    // Each is alone in a room: nobody hears or sees anybody, although all cameras and a microphone are on.
    const looks = [instructor, second, third].map(async (guest) => {
      const { frames, energy } = await arriving(guest);
      expect([guest.name, frames, energy, await movingPictures(guest)]).toEqual([guest.name, 0, 0, 0]);
    });
    await Promise.all(looks);
    await instructor.press("Ruang diskusi");
    await instructor.press("Tutup semua ruang");
    await instructor.page.keyboard.press("Escape");
    await everybodySees(everybody, 1);
    await expect
      .poll(async () => (await arriving(second, 1000)).energy, { timeout: 20_000 })
      .toBeGreaterThan(0);
    await first.press("Bisukan");
  });

  it("E2E9 the instructor ends the class; everybody sees it and their own minutes", async () => {
    const { instructor, participants } = class_;
    await instructor.press("Keluar");
    await instructor.press("Akhiri kelas");
    await instructor.press("Akhiri kelas");
    for (const guest of participants) await guest.reads(/Kehadiran Anda[\s\S]*Jumlah\s*\d+ menit/);
    await class_.participants[0].screenshot("ended-participant");
    await instructor.reads("Kelas telah berakhir");
    await instructor.screenshot("ended-instructor");
  });
});
