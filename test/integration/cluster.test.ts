import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEASE_MS, LOOK_EVERY_MS } from "../../server/cluster/cluster-times.ts";
import type { ChainedRow } from "../../server/protocol/evidence.ts";
import { firstBadRow } from "../contract/class-events.ts";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { type ClassClient, connectHome, disconnected } from "../support/class-client.ts";
import { type NodeProcess, startCluster, type TestCluster } from "../support/cluster.ts";

interface Planned {
  readonly unit: string;
  readonly mode: string;
  readonly group: string | null;
  readonly timeZone: string;
  readonly slots: readonly unknown[];
}
interface Pack {
  readonly events: readonly ChainedRow[];
}

let cluster: TestCluster;
let a: NodeProcess;
let b: NodeProcess;
let officeOfA: AdminClient;
let officeOfB: AdminClient;
let sessionId: string;
let programmePath: string;

beforeAll(async () => {
  cluster = await startCluster();
  a = await cluster.startNode("a");
  b = await cluster.startNode("b");
  officeOfA = await exchangeAdmin(a.links.admin);
  officeOfB = await exchangeAdmin(b.links.admin);
  const { items } = await officeOfB.get<{ items: { id: string }[] }>("/api/v1/programmes");
  programmePath = `/api/v1/programmes/${items[0]?.id}`;
  const sessions = await officeOfA.get<{ items: { id: string }[] }>(`${programmePath}/sessions`);
  sessionId = sessions.items[0]?.id ?? "";
});
afterAll(() => cluster?.close());

const ownerOf = async () => (await cluster.redis.client.get(`balai:class:${sessionId}`))?.split("/")[0];
const rowsBy = async (office: AdminClient) =>
  (await office.get<Pack>(`/api/v1/sessions/${sessionId}/evidence`)).events;
const typesIn = (rows: readonly ChainedRow[]) => rows.map(({ type }) => type);
const nodeAt = (url: string) => (url === a.url ? a : b);
const otherThan = (node: NodeProcess) => (node === a ? b : a);
const officeOf = (node: NodeProcess) => (node === a ? officeOfA : officeOfB);

async function present(link: string, device: string) {
  const client = await connectHome(link);
  await client.enter(device);
  return client;
}

/** Whoever comes back does so by any node that lives. */
async function comeBack(link: string, device: string): Promise<ClassClient & { url: string }> {
  let client: Awaited<ReturnType<typeof present>> | null = null;
  await expect
    .poll(
      async () => {
        client = await present(link, device).catch(() => null);
        return client !== null;
      },
      { timeout: 15_000, interval: 250 },
    )
    .toBe(true);
  if (!client) throw new Error("nobody came back");
  return client;
}

describe("two nodes", () => {
  it("CN4 a class joined by both nodes' addresses is one class, on one node; the office of the other opens it", async () => {
    const instructor = await present(a.links.instructor, "device-a");
    const participant = await present(b.links.participants[0] ?? "", "device-b");
    expect(participant.url).toBe(instructor.url);
    const away = officeOf(otherThan(nodeAt(instructor.url)));
    await away.post(`/api/v1/sessions/${sessionId}/open`, {});
    await Promise.all([instructor.eventOf("class.opened"), participant.eventOf("class.opened")]);
    await participant.command("hand.raise", {});
    await instructor.eventOf("hand.raised");
    const detail = await away.get<{ status: string; presentCount: number }>(`/api/v1/sessions/${sessionId}`);
    expect(detail).toMatchObject({ status: "open", presentCount: 2 });
    instructor.close();
    participant.close();
  });

  it("CN5 what a node away from the class changes in its session is shown there, and a link revoked there ends", async () => {
    const participant = await present(a.links.participants[0] ?? "", "device-c");
    const away = officeOf(otherThan(nodeAt(participant.url)));
    const told = new Promise<{ title: string }>((resolve) => participant.socket.once("info", resolve));
    const planned = await away.get<Planned>(`/api/v1/sessions/${sessionId}`);
    const { unit, mode, group, timeZone, slots } = planned;
    const change = { title: "Dipindah", unit, mode, group, timeZone, slots };
    await away.put(`/api/v1/sessions/${sessionId}`, change);
    expect((await told).title).toBe("Dipindah");
    const over = disconnected(participant);
    await away.delete(`/api/v1/links/${participant.linkId}`);
    await over;
  });

  it("CN6 a paused node loses its class; when it goes on, what it writes is refused and it gives the class up", async () => {
    const before = await present(b.links.participants[1] ?? "", "device-d");
    const home = nodeAt(before.url);
    const other = otherThan(home);
    const rowsBefore = await rowsBy(officeOf(other));
    home.pause();
    const late = before.raw("hand.raise", {}).catch(() => ({ ok: false }));
    await expect.poll(ownerOf, { timeout: 30_000, interval: 100 }).toBe(other.name);
    const moved = await comeBack(other.links.participants[1] ?? "", "device-d");
    expect(moved.url).toBe(other.url);
    const over = disconnected(before);
    home.goOn();
    expect((await late).ok).toBe(false);
    await over;
    expect(await ownerOf()).toBe(other.name);
    const { state } = { state: await moved.raw("hand.raise", {}) };
    expect(state.ok).toBe(true);
    const rows = await rowsBy(officeOf(other));
    expect(firstBadRow(sessionId, rows)).toBeNull();
    const since = typesIn(rows)
      .slice(rowsBefore.length)
      .filter((type) => type !== "presence.mark");
    expect(since).toEqual(["server.recovered", "presence.joined"]);
    moved.close();
  });

  it("CN7 without Redis a running class goes on, and when it comes back empty the class stays where it was", async () => {
    const person = await present(b.links.participants[1] ?? "", "device-e");
    const home = nodeAt(person.url);
    await cluster.redis.stop();
    const gone = performance.now();
    expect(await person.command("chat.post", { text: "halo" })).toMatchObject({ ok: true });
    // Whoever comes now is sent to where the class runs, by either node.
    const second = await present(otherThan(home).links.instructor, "device-f");
    expect(second.url).toBe(home.url);
    // Its own office goes on with the class; the other's is told that it cannot, and a link ends all the same.
    const away = officeOf(otherThan(home));
    await expect(away.post(`/api/v1/sessions/${sessionId}/close`, {})).rejects.toThrow(/503.*unavailable/);
    const { id: enrolmentId } = (await away.get<{ items: { id: string }[] }>(`${programmePath}/enrolments`))
      .items[7] as { id: string };
    const link = await away.post<{ url: string }>(`/api/v1/sessions/${sessionId}/links`, { enrolmentId });
    const guest = await present(link.url, "device-h");
    expect(guest.url).toBe(home.url);
    await away.delete(`/api/v1/links/${guest.linkId}`);
    // Longer than any lease lives.
    await expect
      .poll(
        async () => {
          expect(await person.command("chat.post", { text: "masih" })).toMatchObject({ ok: true });
          expect((await fetch(`${home.url}/readyz`)).status).toBe(200);
          return performance.now() - gone;
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBeGreaterThan(LEASE_MS + LOOK_EVERY_MS);
    const revoked = disconnected(guest);
    await cluster.redis.start();
    await expect.poll(ownerOf, { timeout: 10_000, interval: 100 }).toBe(home.name);
    await revoked;
    expect(await person.command("chat.post", { text: "masih" })).toMatchObject({ ok: true });
    expect(person.socket.connected && second.socket.connected).toBe(true);
    expect(typesIn(await rowsBy(officeOf(home))).filter((type) => type === "server.recovered")).toHaveLength(
      1,
    );
    const { status } = await officeOf(otherThan(home)).get<{ status: string }>(
      `/api/v1/sessions/${sessionId}`,
    );
    expect(status).toBe("open");
    person.close();
    second.close();
  });

  it("CN8 a node that is stopped gives its classes to the other, and a killed one loses them to it within 15 s", async () => {
    const person = await present(b.links.participants[1] ?? "", "device-g");
    const home = nodeAt(person.url);
    const other = otherThan(home);
    const over = disconnected(person);
    expect(await home.stop()).toBe(0);
    await over;
    await expect.poll(ownerOf, { timeout: 10_000, interval: 100 }).toBe(other.name);
    const moved = await comeBack(other.links.participants[1] ?? "", "device-g");
    const rows = await rowsBy(officeOf(other));
    const at = rows.findLastIndex(({ type }) => type === "server.recovered");
    const [mark, recovered] = [rows[at - 1], rows[at]];
    expect(mark?.type).toBe("presence.mark");
    expect((recovered?.at ?? 0) - (mark?.at ?? 0)).toBeLessThan(1_000);

    const third = await cluster.startNode("c");
    await other.kill();
    // Eight seconds as a rule; a machine that is busy with other tests gets more.
    await expect.poll(ownerOf, { timeout: 30_000, interval: 100 }).toBe("c");
    moved.close();
    const office = await exchangeAdmin(third.links.admin);
    // Redis tells who has the class a moment before the ledger does.
    const lastRecovery = async () =>
      (await rowsBy(office)).findLast(({ type }) => type === "server.recovered")?.at;
    await expect.poll(lastRecovery, { timeout: 10_000 }).toBeGreaterThan(recovered?.at ?? 0);
    expect(firstBadRow(sessionId, await rowsBy(office))).toBeNull();
  });

  it("CN14 the class of a node killed while Redis is gone waits, and goes on elsewhere when Redis is back, empty", async () => {
    const fourth = await cluster.startNode("d");
    const third = cluster.nodes().find(({ name }) => name === "c") as NodeProcess;
    const link = fourth.links.participants[1] ?? "";
    const person = await present(link, "device-i");
    expect(person.url).toBe(third.url);
    await cluster.redis.stop();
    await third.kill();
    await expect(connectHome(link)).rejects.toThrow();
    await cluster.redis.start();
    // Eight seconds as a rule; a machine that is busy with other tests gets more.
    await expect.poll(ownerOf, { timeout: 30_000, interval: 100 }).toBe("d");
    (await comeBack(link, "device-i")).close();
    const rows = await rowsBy(await exchangeAdmin(fourth.links.admin));
    expect(firstBadRow(sessionId, rows)).toBeNull();
    expect(typesIn(rows).slice(typesIn(rows).lastIndexOf("server.recovered"))).toContain("presence.joined");
  });
});
