import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Entered, Snapshot } from "../../server/protocol/views.ts";
import { type ClassClient, connect, disconnected, exchange } from "../support/class-client.ts";
import { capabilitiesFrom } from "../support/rtp-samples.ts";
import { type RunningApp, startApp } from "../support/running-app.ts";

let running: RunningApp;
const clients: ClassClient[] = [];

beforeEach(async () => {
  running = await startApp();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await running.close();
});

async function visit(link: string): Promise<ClassClient> {
  const client = await connect(link);
  clients.push(client);
  return client;
}

async function instructorAndTwo() {
  const { instructor, participants } = running.links;
  const ina = await visit(instructor);
  const ani = await visit(participants[0] as string);
  const budi = await visit(participants[1] as string);
  const snapshots = [await ina.enter(), await ani.enter(), await budi.enter()].map(
    (entered) => (entered as { snapshot: Snapshot }).snapshot,
  );
  const [inaId, aniId, budiId] = snapshots.map((snapshot) => snapshot.you.personId) as [
    Snapshot["you"]["personId"],
    Snapshot["you"]["personId"],
    Snapshot["you"]["personId"],
  ];
  return { ina, ani, budi, inaId, aniId, budiId };
}

function ledger(dataDir: string): { type: string; at: number; body: Record<string, unknown> }[] {
  const db = new DatabaseSync(join(dataDir, "balai.db"), { readOnly: true });
  const rows = db.prepare("select type, at, body from ledger order by seq").all();
  db.close();
  return rows.map((row) => ({
    type: String(row.type),
    at: Number(row.at),
    body: JSON.parse(String(row.body)),
  }));
}

describe("a class over real sockets", () => {
  it("FF2 takes what comes right behind a confirmation once presence is written, in its order", async () => {
    const early = await visit(running.links.participants[0] as string);
    const entered = (await early.raw("class.enter", { device: "device-1" })) as { data: Entered };
    const rtpCapabilities = capabilitiesFrom(entered.data.rtpCapabilities);
    const asked = ["presence.confirm", "media.capabilities", "media.transport"];
    const answered: string[] = [];
    const answers = await Promise.all(
      [{}, { rtpCapabilities }, { direction: "receive" }].map(async (args, index) => {
        const answer = await early.raw(asked[index] as string, args);
        answered.push(asked[index] as string);
        return answer.ok;
      }),
    );
    expect(answers).toEqual([true, true, true]);
    expect(answered).toEqual(asked);
  });

  it("FF2 refuses media to whoever has only entered", async () => {
    const early = await visit(running.links.participants[0] as string);
    await early.raw("class.enter", { device: "device-1" });
    expect(await early.raw("media.transport", { direction: "receive" })).toMatchObject({
      code: "not-present",
    });
  });

  it("SY1 whoever comes in gets the class as it is, then every event in order", async () => {
    const { ina, ani, aniId, budiId } = await instructorAndTwo();
    expect(await ina.command("class.open", {})).toMatchObject({ ok: true });
    await ani.eventOf("class.opened");
    const seqs = ina.events.map((event) => event.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(ina.events.filter((event) => event.type === "presence.joined")).toHaveLength(3);
    await ani.command("hand.raise", {});
    const raised = await ina.eventOf("hand.raised");
    expect(raised.personId).toBe(aniId);
    expect(budiId).not.toBe(aniId);
  });

  it("SY2 who comes back with the last sequence number gets only what was missed", async () => {
    const { ina, ani } = await instructorAndTwo();
    await ina.command("class.open", {});
    const last = (await ani.eventOf("class.opened")).seq;
    const known = { linkId: ani.linkId, cookie: ani.cookie };
    ani.close();
    await ina.eventOf("presence.left");
    await ina.command("chat.post", { text: "selamat pagi" });
    const again = await connect(running.links.participants[0] as string, known);
    clients.push(again);
    const entered = await again.enter("device-1", last);
    expect(entered.kind).toBe("missed");
    expect(entered.kind === "missed" && entered.events.map((event) => event.type)).toEqual([
      "presence.left",
      "chat.posted",
    ]);
  });

  it("SY3 where rooms changed meanwhile, or the number is of another life, a snapshot comes", async () => {
    const { ina, ani } = await instructorAndTwo();
    const seq = (await ina.eventOf("presence.joined", (event) => event.connectionId !== null)).seq;
    await ina.command("breakouts.plan", { count: 2, assign: "even" });
    await ina.eventOf("breakouts.planned");
    const known = { linkId: ani.linkId, cookie: ani.cookie };
    ani.close();
    await ina.eventOf("presence.left");
    const first = await connect(running.links.participants[0] as string, known);
    clients.push(first);
    expect((await first.enter("device-1", seq)).kind).toBe("snapshot");
    const second = await connect(running.links.participants[0] as string, known);
    clients.push(second);
    expect((await second.enter("device-2", 99_999)).kind).toBe("snapshot");
  });

  it("PR2 a second socket of the same tab replaces the first and says so", async () => {
    const { ina, ani } = await instructorAndTwo();
    const ended = new Promise((resolve) => ani.socket.once("ended", resolve));
    const again = await connect(running.links.participants[0] as string, ani);
    clients.push(again);
    await again.enter("device-1");
    expect(await ended).toEqual({ reason: "replaced" });
    await disconnected(ani);
    const left = await ina.eventOf("presence.left");
    expect(left.reason).toBe("replaced");
    expect(ina.events.filter((event) => event.type === "presence.left")).toHaveLength(1);
  });

  it("BR4 BR5 rooms open and close on the same sockets, each with its own chat", async () => {
    const { ina, ani, budi, aniId } = await instructorAndTwo();
    await ina.command("breakouts.plan", { count: 2, assign: "even" });
    await ina.command("breakouts.open", {});
    await expect.poll(() => ani.snapshots.at(-1)?.you.room).toMatch(/^rom_/);
    await expect.poll(() => budi.snapshots.at(-1)?.you.room).toMatch(/^rom_/);
    expect(ani.snapshots.at(-1)?.you.room).not.toBe(budi.snapshots.at(-1)?.you.room);
    await ani.command("chat.post", { text: "hanya di ruang ini" });
    expect((await ani.eventOf("chat.posted")).personId).toBe(aniId);
    await ina.command("breakouts.close", {});
    await budi.eventOf("breakouts.closed");
    expect(budi.events.some((event) => event.type === "chat.posted")).toBe(false);
    await expect.poll(() => ani.snapshots.at(-1)?.you.room).toBe("main");
    expect(ani.snapshots.at(-1)?.chat).toEqual([]);
  });

  it("SY4 an ack means that the ledger has it; a restart names the outage and keeps hands and slides", async () => {
    const { ina, ani, aniId } = await instructorAndTwo();
    await ina.command("class.open", {});
    await ani.command("hand.raise", {});
    const before = ledger(running.dataDir);
    expect(before.map((row) => row.type).filter((type) => type !== "presence.mark")).toEqual([
      "presence.joined",
      "presence.joined",
      "presence.joined",
      "class.opened",
    ]);
    for (const client of clients.splice(0)) client.socket.removeAllListeners();
    running = await running.restart();
    const after = ledger(running.dataDir);
    const recovered = after.findIndex((row) => row.type === "server.recovered");
    expect(after[recovered]?.body.lastAliveAt).toBe(after[recovered - 1]?.at);
    expect(after.some((row) => row.type === "presence.left")).toBe(false);
    const back = await visit(running.links.instructor);
    const entered = await back.enter();
    const snapshot = (entered as { snapshot: Snapshot }).snapshot;
    expect(snapshot.status).toBe("open");
    expect(snapshot.hands).toMatchObject([{ personId: aniId }]);
    expect(snapshot.connections).toEqual([]);
  });

  it("CL4 a stop before the opening leaves no connection that a later opening could count", async () => {
    await instructorAndTwo();
    clients.splice(0);
    running = await running.restart();
    const left = ledger(running.dataDir).filter((row) => row.type === "presence.left");
    expect(left.map((row) => row.body.reason)).toEqual([
      "server-stopped",
      "server-stopped",
      "server-stopped",
    ]);
  });

  it("SK1 a socket without its link's cookie is not let in", async () => {
    const mine = await exchange(running.links.participants[0] as string);
    const other = await exchange(running.links.participants[1] as string);
    await expect(
      connect(running.links.instructor, { linkId: mine.linkId, cookie: other.cookie }),
    ).rejects.toMatchObject({ data: { code: "unauthenticated" } });
    await expect(connect(running.links.instructor, { linkId: "x", cookie: "" })).rejects.toMatchObject({
      data: { code: "unauthenticated" },
    });
  });
});
