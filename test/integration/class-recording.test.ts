import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecorder } from "../../recordings/create-recorder.ts";
import { createClock } from "../../server/clock.ts";
import { createRegistry } from "../../server/live/registry.ts";
import type { Recorder, Store } from "../../server/ports.ts";
import { CONSENT_VERSION, consentText } from "../../server/protocol/consent-text.ts";
import type { RecordingId } from "../../server/protocol/ids.ts";
import type { Entered } from "../../server/protocol/views.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { programme, session, sessionId } from "../contract/records.ts";
import { type ClassClient, connect, exchange } from "../support/class-client.ts";
import { as, connectionOf, idOf, joinCommand } from "../support/class-story.ts";
import { countedIds } from "../support/counted-ids.ts";
import { createPlainMedia, type PlainMedia } from "../support/plain-class-media.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { decodedFrames, linesOf, manifestIn } from "../support/recorded.ts";
import { type RtpSource, sendRtp } from "../support/rtp-source.ts";
import { type RunningApp, startApp } from "../support/running-app.ts";

const waitFor = { timeout: 20_000, interval: 100 };
const SESSION = sessionId("1");

describe("commands with real media", () => {
  let dir: string;
  let media: PlainMedia;
  let store: Store;
  let recorder: Recorder;
  let freeBytes: number;
  const sources: RtpSource[] = [];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "balai-class-recording-"));
    media = await createPlainMedia();
    const { log } = createQuietLog();
    store = await createSqliteStore({ file: ":memory:", log });
    const one = programme("A1");
    const now = Date.now();
    await store.programmes.create(one);
    const slots = session(one, "1").slots.map((slot) => ({
      ...slot,
      startAt: now,
      endAt: now + 3_600_000,
    }));
    await store.sessions.create({ ...session(one, "1"), slots });
    freeBytes = 10 ** 12;
    recorder = await createRecorder({
      dir,
      programPath: process.env.PATH ?? "",
      clock: createClock(0),
      log,
      freeBytes: async () => freeBytes,
    });
  });

  afterEach(async () => {
    await recorder.close();
    await Promise.all(sources.splice(0).map((source) => source.stop()));
    await media.close();
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });

  async function openClass() {
    const { log } = createQuietLog();
    const registry = createRegistry({
      store,
      mediaServer: media.server,
      recorder,
      clock: createClock(0),
      newId: countedIds(),
      sockets: { send: () => undefined, end: () => undefined },
      log,
      sheetProgress: () => ({}),
    });
    const live = await registry.liveClass(SESSION);
    if (!live) throw new Error("no class");
    for (const name of ["ina", "ani"]) await live.run(joinCommand(name), as(name));
    await live.run({ type: "class.open", args: {} }, as("ina"));
    return live;
  }

  const answer = (name: string, isGiven: boolean) =>
    ({
      type: "recording.answer",
      args: {
        personId: idOf(name),
        isGiven,
        textVersion: 1,
        language: "id",
        textHash: "c".repeat(64),
      },
    }) as const;
  const start = {
    type: "recording.start",
    args: { recordingId: "rec_1" as RecordingId, rooms: "main", hasChat: true },
  } as const;

  it("VR9 who consents is captured from the command on; who does not never is", async () => {
    const live = await openClass();
    const video = await media.publish(connectionOf("ina"), "camera");
    const audio = await media.publish(connectionOf("ina"), "microphone");
    const hidden = await media.publish(connectionOf("ani"), "microphone");
    sources.push(sendRtp({ video, audio }), sendRtp({ audio: hidden }));
    await live.run(answer("ina", true), as("ina"));
    await live.run(answer("ani", false), as("ani"));
    expect(await live.run(start, as("ina"))).toMatchObject({ ok: true });
    await live.run({ type: "hand.raise", args: {} }, as("ani"));
    await live.run({ type: "chat.post", args: { text: "selamat pagi" } }, as("ina"));
    const folder = join(dir, "rec_1");
    const begun = async () => linesOf(await manifestIn(folder), "segment-begun").length;
    await expect.poll(begun, waitFor).toBe(2);
    await media.setPaused(audio.producer, true);
    await expect.poll(async () => linesOf(await manifestIn(folder), "track-ended").length, waitFor).toBe(1);
    await media.setPaused(audio.producer, false);
    await expect.poll(begun, waitFor).toBe(3);
    await live.run({ type: "class.close", args: {} }, as("ina"));
    await expect
      .poll(async () => (await manifestIn(folder)).at(-1), waitFor)
      .toMatchObject({ type: "ended", reason: "class-closed" });
    const lines = await manifestIn(folder);
    expect(linesOf(lines, "track").map((line) => line.personId)).toEqual([
      idOf("ina"),
      idOf("ina"),
      idOf("ina"),
    ]);
    const types = linesOf(lines, "event").map((line) => line.event.type);
    expect(types).toContain("chat.posted");
    expect(types).toContain("recording.started");
    expect(types).not.toContain("hand.raised");
    const segments = linesOf(lines, "segment");
    expect(segments.length).toBeGreaterThanOrEqual(2);
    for (const { file } of segments) expect(await decodedFrames(join(folder, file))).toBeGreaterThan(0);
    expect(await store.recordings.list(SESSION)).toMatchObject([
      { recordingId: "rec_1", endReason: "class-closed" },
    ]);
  });

  it("VR4 a full disk ends the recording in the class, and the class goes on", async () => {
    const live = await openClass();
    await live.run(start, as("ina"));
    freeBytes = 0;
    await expect.poll(() => live.state().recording, { timeout: 5_000, interval: 50 }).toBeNull();
    expect(live.state().status).toBe("open");
    const events = await store.classes.replay(SESSION);
    expect(events.at(-1)).toMatchObject({ type: "recording.stopped", reason: "disk-full", by: "server" });
  });
});

describe("without ffmpeg", () => {
  it("VR5 a class is held all the same: recording is refused with a code, and /readyz notes why", async () => {
    const running = await startApp({ programPath: "/nowhere" });
    const ina = await connect(running.links.instructor);
    try {
      await ina.enter();
      expect(await ina.command("class.open", {})).toMatchObject({ ok: true });
      expect(await ina.command("recording.start", {})).toMatchObject({ code: "recorder-missing" });
      const ready = await fetch(`${running.app.url}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([
        200,
        { notes: { recorder: "recorder-missing" } },
      ]);
    } finally {
      ina.close();
      await running.close();
    }
  });
});

describe("over sockets and HTTP", () => {
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

  const given = { isGiven: true, textVersion: CONSENT_VERSION, language: "id", keptDays: 365 } as const;

  it("VR12 everybody sees that it is recorded, and answers before or in the class", async () => {
    const ina = await visit(running.links.instructor);
    const ani = await visit(running.links.participants[0] as string);
    await ina.enter();
    await ani.enter();
    await ina.command("class.open", {});
    expect(await ani.command("recording.start", {})).toMatchObject({ code: "forbidden" });
    expect(await ina.command("recording.start", {})).toMatchObject({ ok: true });
    expect(await ani.eventOf("recording.started")).toMatchObject({ rooms: "main", hasChat: true });
    expect(await ani.command("recording.answer", given)).toMatchObject({ ok: true });
    const answered = await ina.eventOf("recording.answered");
    const text = consentText(CONSENT_VERSION, "id", 365) ?? "";
    expect(text).toContain("selama 365 hari");
    expect(answered.textHash).toBe(createHash("sha256").update(text).digest("hex"));
    expect(ani.events.some((event) => event.type === "recording.answered")).toBe(false);
    const wrong = { ...given, textVersion: 99 };
    expect(await ani.command("recording.answer", wrong)).toMatchObject({ code: "bad-request" });

    const late = running.links.participants[1] as string;
    const { linkId, cookie } = await exchange(late);
    const path = `${new URL(late).origin}/api/v1/join/${linkId}`;
    const view = async () => (await fetch(path, { headers: { cookie } })).json();
    expect(await view()).toMatchObject({
      recording: { isPaused: false, hasChat: true, keptDays: 365 },
      consent: null,
    });
    const sent = await fetch(`${path}/consent`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json", origin: new URL(late).origin },
      body: JSON.stringify({ ...given, isGiven: false }),
    });
    expect(sent.status).toBe(200);
    expect(await view()).toMatchObject({ consent: false });
    const budi = await connect(late, { linkId, cookie });
    clients.push(budi);
    const entered = (await budi.enter()) as Extract<Entered, { kind: "snapshot" }>;
    expect(entered.snapshot).toMatchObject({
      consent: false,
      consents: null,
      recording: { isPaused: false },
    });
    await ina.command("recording.stop", {});
    expect(await ani.eventOf("recording.stopped")).toMatchObject({ reason: "staff" });
    const ready = await fetch(`${new URL(late).origin}/readyz`);
    expect(await ready.json()).toMatchObject({ ready: true, notes: { recorder: "ready" } });
  });
});
