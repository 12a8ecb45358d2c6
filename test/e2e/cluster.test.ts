import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { type NodeProcess, startCluster, type TestCluster } from "../support/cluster.ts";
import { type E2eBrowser, type Guest, launchBrowser } from "../support/e2e-browser.ts";
import { everybodySees, join } from "../support/gathering.ts";

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
interface Items<Item> {
  readonly items: readonly Item[];
}

let cluster: TestCluster;
let a: NodeProcess;
let b: NodeProcess;
let browser: E2eBrowser;
let officeOfB: AdminClient;

beforeAll(async () => {
  cluster = await startCluster();
  // One person, and a node is full: the others of a class are carried by the other node.
  a = await cluster.startNode("a", { RTC_STREAMS: "2" });
  b = await cluster.startNode("b", { RTC_STREAMS: "2" });
  browser = await launchBrowser(a.url);
  officeOfB = await exchangeAdmin(b.links.admin);
});
afterAll(async () => {
  await browser?.close();
  await cluster?.close();
});

/** A second class that is on now, with links of node b. */
async function secondClass(): Promise<{ sessionId: string; links: readonly string[] }> {
  const { items: programmes } = await officeOfB.get<Items<{ id: string }>>("/api/v1/programmes");
  const path = `/api/v1/programmes/${programmes[0]?.id}`;
  const startAt = Date.now() - 60_000;
  const { id: sessionId } = await officeOfB.post<{ id: string }>(`${path}/sessions`, {
    unit: "KONSEP",
    title: "Kelas kedua",
    mode: "online",
    timeZone: "Asia/Jakarta",
    slots: [{ startAt, endAt: startAt + 45 * 60_000, jp: 1 }],
  });
  const { items: roster } = await officeOfB.get<Items<{ id: string }>>(`${path}/enrolments`);
  const links: string[] = [];
  for (const { id: enrolmentId } of roster.slice(4, 6)) {
    links.push(
      (await officeOfB.post<{ url: string }>(`/api/v1/sessions/${sessionId}/links`, { enrolmentId })).url,
    );
  }
  return { sessionId, links };
}

async function arrive(name: string, link: string): Promise<Guest> {
  const guest = await browser.guest(name, undefined, undefined, new URL(link).origin);
  await join(guest, link);
  return guest;
}

const homeOf = async (sessionId: string) =>
  (await cluster.redis.client.get(`balai:class:${sessionId}`))?.split("/")[0];
/** How many people of other nodes' classes each carries, as it says. */
const carriedBy = async (node: string): Promise<number> =>
  JSON.parse((await cluster.redis.client.get(`balai:node:${node}`)) ?? "{}").carried;
const isLost = (guest: Guest) =>
  guest.page.evaluate(() => document.body.textContent?.includes("menyambung kembali") ?? true);

/** The slide that somebody sees, and where it came from; null while there is no picture. */
const slideOf = (guest: Guest) =>
  guest.page.evaluate(() => {
    const picture = document.querySelector<HTMLImageElement>(".stage-picture img");
    if (!picture?.complete || picture.naturalWidth === 0) return null;
    const { origin, pathname } = new URL(picture.src);
    return { page: Number(/pages\/(\d+)\//.exec(pathname)?.[1]), origin };
  });

describe("two nodes", () => {
  it("E2E79 people of both nodes' addresses see each other, also those of one class whom both carry; a killed node's class goes on at the other, and nobody loses a minute", async () => {
    const instructor = await arrive("instructor", a.links.instructor);
    const first = await arrive("first", b.links.participants[0] ?? "");
    const { items: programmes } = await officeOfB.get<Items<{ id: string }>>("/api/v1/programmes");
    const { items: sessions } = await officeOfB.get<Items<{ id: string }>>(
      `/api/v1/programmes/${programmes[0]?.id}/sessions`,
    );
    const sessionId = sessions[0]?.id ?? "";
    const other = await secondClass();
    const apart = await Promise.all([
      arrive("second", other.links[0] ?? ""),
      arrive("third", other.links[1] ?? ""),
    ]);
    expect([await homeOf(sessionId), await homeOf(other.sessionId)]).toEqual(["a", "b"]);
    await instructor.press("Mulai kelas");
    const openedAt = Date.now();
    await everybodySees([instructor, first, ...apart], 1);
    await expect.poll(async () => [await carriedBy("a"), await carriedBy("b")]).toEqual([1, 1]);

    await instructor.press("Slide");
    await instructor.press("Tampilkan");
    await instructor.page.keyboard.press("Escape");
    for (const guest of [instructor, first]) {
      await expect.poll(() => slideOf(guest), { timeout: 20_000 }).toMatchObject({ page: 1 });
    }

    await a.kill();
    const killedAt = Date.now();
    for (const guest of [instructor, first]) {
      await expect.poll(() => isLost(guest), { timeout: 10_000 }).toBe(true);
    }
    expect(await Promise.all(apart.map(isLost))).toEqual([false, false]);
    await Promise.all(
      [instructor, first].map((guest) => expect.poll(() => isLost(guest), { timeout: 30_000 }).toBe(false)),
    );
    const backAt = Date.now();
    expect(await homeOf(sessionId)).toBe("b");
    await everybodySees([instructor, first, ...apart], 1);
    // The instructor's page came from the node that is gone: its next slides come from the other.
    await instructor.page.keyboard.press("ArrowRight");
    for (const guest of [instructor, first]) {
      await expect.poll(() => slideOf(guest), { timeout: 20_000 }).toEqual({ page: 2, origin: b.url });
    }

    await officeOfB.post(`/api/v1/sessions/${sessionId}/close`, {});
    const wallMs = Date.now() - openedAt;
    const report = await officeOfB.get<Report>(`/api/v1/sessions/${sessionId}/attendance`);
    expect(report.outages).toHaveLength(1);
    const [outage] = report.outages;
    // Marks come every five seconds: so early may the outage begin.
    expect(outage?.startAt).toBeGreaterThan(killedAt - 6_000);
    expect(outage?.startAt).toBeLessThanOrEqual(killedAt);
    expect(outage?.endAt).toBeLessThanOrEqual(backAt);
    const present = report.items
      .map(({ slots }) =>
        slots.reduce((sum, slot) => sum + slot.observedMs + slot.bridgedMs + slot.outageMs, 0),
      )
      .filter((ms) => ms > 0);
    expect(present).toHaveLength(1);
    expect(Math.abs((present[0] ?? 0) - wallMs)).toBeLessThan(1_000);
  });
});
