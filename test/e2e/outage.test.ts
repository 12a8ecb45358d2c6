import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchangeAdmin } from "../support/admin-client.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { everybodySees, type Gathering, gather } from "../support/gathering.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

let server: ServerProcess;
let browser: E2eBrowser;
let class_: Gathering;
let openedAt: number;

beforeAll(async () => {
  server = await startServerProcess();
  browser = await launchBrowser(server.url);
  class_ = await gather(browser, server);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Report {
  readonly items: readonly {
    readonly name: string;
    readonly slots: readonly {
      readonly observedMs: number;
      readonly bridgedMs: number;
      readonly outageMs: number;
    }[];
  }[];
  readonly outages: readonly { readonly startAt: number; readonly endAt: number }[];
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a line that drops and a server that dies", () => {
  it("E2E10 twenty seconds without network: back in the same room with the same hand, once", async () => {
    const { instructor, participants } = class_;
    const [first] = participants;
    await instructor.press("Mulai kelas");
    openedAt = Date.now();
    await first.press("Angkat tangan");
    await first.page.waitForSelector('::-p-aria([name="Turunkan tangan · ke-1"])');
    await first.page.setOfflineMode(true);
    await first.page.evaluate(() => {
      // An offline page keeps its open socket in Chromium; a lost line does not.
      window.dispatchEvent(new Event("offline"));
    });
    await sleep(20_000);
    await first.screenshot("reconnecting");
    await first.page.setOfflineMode(false);
    await first.page.waitForSelector('::-p-aria([name="Turunkan tangan · ke-1"])');
    await everybodySees([first, instructor], 3);
    const tiles = await instructor.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".tile")].map((tile) => tile.dataset.person),
    );
    expect(new Set(tiles).size).toBe(tiles.length);
    expect(tiles).toHaveLength(4);
    await first.press("Turunkan tangan · ke-1");
  });

  it("E2E11 a reload leads straight back, without the join page", async () => {
    const [, second] = class_.participants;
    await second.page.reload();
    await everybodySees([second], 3);
  });

  it("E2E12 kill -9 and a restart: all are back within 20 s, and the export names the outage", async () => {
    const { everybody, participants } = class_;
    const admin = await exchangeAdmin(server.links.admin);
    const { items: programmes } = await admin.get<{ items: { id: string }[] }>("/api/v1/programmes");
    const { items: sessions } = await admin.get<{ items: { id: string }[] }>(
      `/api/v1/programmes/${programmes[0]?.id}/sessions`,
    );
    const path = `/api/v1/sessions/${sessions[0]?.id}`;

    await server.kill();
    const killedAt = Date.now();
    await sleep(3000);
    await server.startAgain();
    const readyAt = Date.now();
    const isBack = (guest: Guest) =>
      guest.page.evaluate(() => !document.body.textContent?.includes("menyambung kembali"));
    await Promise.all(
      everybody.map((guest) => expect.poll(() => isBack(guest), { timeout: 20_000 }).toBe(true)),
    );
    await everybodySees(everybody, 3);
    expect(Date.now() - readyAt).toBeLessThan(20_000 + 4 * 2000);

    const names = await Promise.all(
      participants.map((guest) =>
        guest.page.evaluate(() => document.querySelector(".tile-mirrored .tile-name")?.getAttribute("title")),
      ),
    );
    await admin.post(`${path}/close`, {});
    const wallMs = Date.now() - openedAt;
    const after = await admin.get<Report>(`${path}/attendance`);
    expect(after.outages).toHaveLength(1);
    const [outage] = after.outages;
    // Marks come every five seconds: so early may the outage begin, and no earlier.
    expect(outage?.startAt).toBeGreaterThan(killedAt - 6000);
    expect(outage?.startAt).toBeLessThanOrEqual(killedAt);
    expect(outage?.endAt).toBeLessThanOrEqual(readyAt);
    const present = ({ slots }: Report["items"][number]) =>
      slots.reduce((sum, slot) => sum + slot.observedMs + slot.bridgedMs + slot.outageMs, 0);
    const people = after.items.filter((item) => names.some((name) => name?.startsWith(item.name)));
    expect(people).toHaveLength(3);
    const [whoWasOffline] = names;
    for (const item of people) {
      expect(present(item)).toBeLessThan(wallMs + 1000);
      // Of so short a class the twenty seconds without a line are not bridged whole (AT4).
      if (whoWasOffline?.startsWith(item.name)) continue;
      const offByMs = Math.abs(present(item) - wallMs);
      expect(offByMs, `${item.name}: ${JSON.stringify(item.slots)} against ${wallMs} ms`).toBeLessThan(1000);
      expect(item.slots.reduce((sum, slot) => sum + slot.outageMs, 0)).toBeGreaterThan(3000);
    }
    const absent = after.items.filter((item) => !names.some((name) => name?.startsWith(item.name)));
    expect(absent).toHaveLength(9);
    expect(absent.every((item) => present(item) === 0)).toBe(true);
  });
});
