import { afterEach, describe, expect, it } from "vitest";
import type { ClassCommand } from "../../server/domain/class-command.ts";
import type { Sockets } from "../../server/live/live-class.ts";
import { recoverClasses } from "../../server/live/recovery.ts";
import { createRegistry } from "../../server/live/registry.ts";
import { createUpkeep } from "../../server/live/upkeep.ts";
import type { MediaServer, PlannedSession, Recorder, Session, Store } from "../../server/ports.ts";
import { accept, refuse } from "../../server/protocol/errors.ts";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import type { ProgrammeId, SessionId, SlotId } from "../../server/protocol/ids.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { as, connectionOf, joinCommand, person } from "../support/class-story.ts";
import { countedIds } from "../support/counted-ids.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { createQuietLog } from "../support/quiet-log.ts";

const MINUTE_MS = 60_000;
const SESSION = "ses_1" as SessionId;
const stores: Store[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

/** No media: these classes are about time. */
const SILENT_MEDIA: MediaServer = {
  openClass: async () => ({
    rtpCapabilities: () => ({}),
    setVoice() {},
    producers: () => [],
    tap: async () => refuse("media-unavailable"),
    addPeer: () => ({ close() {}, setRoom() {}, stop: async () => ({ ok: true, data: undefined }) }) as never,
    close() {},
  }),
  rtpCapabilities: { codecs: [] },
  isReady: () => true,
  workerCpu: async () => [],
  close: async () => undefined,
};

const NO_RECORDER: Recorder = {
  isRecording: () => false,
  problem: async () => "recorder-missing",
  trackLimit: () => 0,
  activeCount: () => 0,
  mend: async () => undefined,
  record() {
    throw new Error("nothing is recorded here");
  },
  close: async () => undefined,
};

async function nodeWithSession() {
  const { log } = createQuietLog();
  const clock = new FakeClock();
  const store = await createSqliteStore({ file: ":memory:", log });
  stores.push(store);
  const programmeId = "prg_1" as ProgrammeId;
  const createdAt = clock.now();
  await store.programmes.create({
    id: programmeId,
    code: "P",
    title: "P",
    units: [{ code: "U", title: "U", jp: 2, selfStudyJp: 0 }],
    policy: DEFAULT_POLICY,
    policyVersion: 1,
    policyFrozenAt: null,
    createdAt,
  });
  const slots = [{ id: "slt_1" as SlotId, startAt: createdAt, endAt: createdAt + 45 * MINUTE_MS, jp: 1 }];
  const session: PlannedSession = {
    id: SESSION,
    programmeId,
    unit: "U",
    title: "S",
    mode: "online",
    group: null,
    timeZone: "Asia/Jakarta",
    slots,
    createdAt,
  };
  await store.sessions.create(session);
  const told: unknown[] = [];
  const sockets: Sockets = {
    send: (socketIds, name, message) => void told.push([...socketIds, name, message]),
    end: (socketId, reason) => void told.push([socketId, reason]),
  };
  const media = { mediaServer: SILENT_MEDIA, recorder: NO_RECORDER, sheetProgress: () => ({}) };
  const parts = { store, ...media, clock, newId: countedIds(), sockets, log };
  const registry = createRegistry(parts);
  const upkeep = createUpkeep({ registry, clock, log });
  const run = async (command: ClassCommand, name: string) => {
    const live = await registry.liveClass(SESSION);
    return live?.run(command, as(name));
  };
  /** Changes the session as the records' routes do. */
  const change = (part: Partial<Session>) =>
    registry.change(SESSION, async () => {
      const before = await store.sessions.find(SESSION);
      if (!before) return refuse("not-found");
      const changed = { ...before, ...part, sequence: before.sequence + 1 };
      const written = await store.sessions.change(changed, 0, before.sequence);
      return written.ok ? accept(changed) : written;
    });
  return { store, clock, registry, upkeep, run, parts, log, told, change };
}

async function typesIn(store: Store): Promise<string[]> {
  return (await store.classes.evidence(SESSION)).map((row) => row.type);
}

/** Lets what the clock has set going come to its end. */
async function settled(store: Store, wanted: (types: readonly string[]) => boolean): Promise<string[]> {
  await expect.poll(async () => wanted(await typesIn(store))).toBe(true);
  return typesIn(store);
}

const open: ClassCommand = { type: "class.open", args: {} };

describe("a class by the clock", () => {
  it("UK1 an open class marks every five seconds that this time was reached; another does not", async () => {
    const { store, clock, run } = await nodeWithSession();
    await run(joinCommand("ina"), "ina");
    clock.advance(20_000);
    expect(await typesIn(store)).toEqual(["presence.joined"]);
    await run(open, "ina");
    for (let marks = 1; marks <= 3; marks++) {
      clock.advance(5000);
      const isMarked = (types: readonly string[]) =>
        types.filter((type) => type === "presence.mark").length === marks;
      await settled(store, isMarked);
    }
    const rows = await store.classes.evidence(SESSION);
    const marks = rows.filter((row) => row.type === "presence.mark").map((row) => row.at);
    expect(marks.map((at, index) => at - (marks[index - 1] ?? at - 5000))).toEqual([5000, 5000, 5000]);
  });

  it("UK2 the server closes the class thirty minutes after its last slot, and fixes the roster", async () => {
    const { store, clock, run } = await nodeWithSession();
    await run(open, "ina");
    clock.advance(75 * MINUTE_MS - 1);
    expect(await typesIn(store)).not.toContain("class.closed");
    clock.advance(16_000);
    await settled(store, (types) => types.includes("class.closed"));
    const rows = await store.classes.evidence(SESSION);
    expect(rows.find((row) => row.type === "class.closed")).toMatchObject({ by: "server" });
    await expect.poll(() => store.sessions.fixedRoster(SESSION)).toEqual([]);
    expect((await store.programmes.find("P"))?.policyFrozenAt).not.toBeNull();
  });

  it("UK3 a class that nobody needs is put away, and comes back as it was", async () => {
    const { clock, registry, run } = await nodeWithSession();
    await run({ type: "breakouts.plan", args: { count: 2, assign: "empty" } }, "ina");
    expect(registry.running()).toHaveLength(1);
    clock.advance(16_000);
    await expect.poll(() => registry.running().length).toBe(0);
    const again = await registry.liveClass(SESSION);
    expect(again?.state().breakouts?.rooms).toHaveLength(2);
  });

  it("UK4 what a stop interrupted is taken up before anybody joins", async () => {
    const { store, clock, run, upkeep, parts, log } = await nodeWithSession();
    await run(joinCommand("ani"), "ani");
    await run(open, "ina");
    await upkeep.markAll();
    upkeep.close();
    const before = (await store.classes.evidence(SESSION)).at(-1);
    clock.advance(60_000);
    const second = createRegistry(parts);
    await recoverClasses({ registry: second, classes: store.classes, clock, log });
    expect((await store.classes.evidence(SESSION)).at(-1)).toMatchObject({
      type: "server.recovered",
      lastAliveAt: before?.at,
    });
    expect((await second.liveClass(SESSION))?.state().connections.size).toBe(0);
  });

  it("SC5 a class that runs sees its session change, and closes after the new last slot", async () => {
    const { store, clock, registry, run, change, told } = await nodeWithSession();
    const live = await registry.liveClass(SESSION);
    live?.enter({ socketId: "sck_ani", connectionId: connectionOf("ani"), person: person("ani") });
    await run(open, "ina");
    const later = {
      id: "slt_2" as SlotId,
      startAt: clock.now() + 60 * MINUTE_MS,
      endAt: clock.now() + 90 * MINUTE_MS,
      jp: 1,
    };
    const slots = [...(live?.session.slots ?? []), later];
    await change({ title: "Judul baru", slots });
    expect(told).toContainEqual(["sck_ani", "info", expect.objectContaining({ title: "Judul baru", slots })]);
    expect(live?.info.slots).toEqual(slots);
    clock.advance(80 * MINUTE_MS);
    clock.advance(16_000);
    await settled(store, (types) => types.includes("presence.mark"));
    expect(await typesIn(store)).not.toContain("class.closed");
    clock.advance(41 * MINUTE_MS);
    await expect.poll(() => registry.running().length).toBe(1);
    clock.advance(16_000);
    await settled(store, (types) => types.includes("class.closed"));
  });

  it("SC4 a cancelled class opens no more, and ends the connections of who waits in it", async () => {
    const { registry, run, change, told } = await nodeWithSession();
    const live = await registry.liveClass(SESSION);
    live?.enter({ socketId: "sck_ani", connectionId: connectionOf("ani"), person: person("ani") });
    const cancelling = change({ cancellation: { at: 1, by: "adm_1", reason: "Banjir" } });
    // The opening comes while the cancellation is under way, and waits for it.
    const opening = await run(open, "ina");
    expect(await cancelling).toMatchObject({ ok: true });
    expect(opening).toMatchObject({ code: "session-cancelled" });
    expect(told).toContainEqual(["sck_ani", "cancelled"]);
  });
});
