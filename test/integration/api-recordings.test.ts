import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { ConnectionId, PersonId, RecordingId } from "../../server/protocol/ids.ts";
import type { PersonData } from "../../server/protocol/person-data.ts";
import type {
  RecordingJson,
  RecordingLinkJson,
  RecordingSpace,
} from "../../server/protocol/recording-office.ts";
import type { RecordingEnd } from "../../server/protocol/recordings.ts";
import type { TrailPage } from "../../server/protocol/trail.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { recordedLineAt, writeManifest } from "../support/recorded-story.ts";
import {
  cookieIn,
  createTrainingCentre,
  openAccount,
  signedIn,
  type TrainingCentre,
  tokenIn,
} from "../support/training-centre.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const GB = 1_000_000_000;
const ALL = { limit: 100, cursor: null };

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

/** A recording of two hours that has ended, with a track of the instructor, of Ayu and of Budi. */
async function recorded(change: { readonly keptDays?: number; readonly end?: RecordingEnd | null } = {}) {
  const { store, clock, recordingsDir } = server;
  const { session, instructor, ayu, budi } = centre;
  const recordingId = newId("rec");
  const { keptDays = 30, end = "staff" } = change;
  const startedAt = clock.now() - 2 * HOUR_MS;
  const how = { rooms: "main", hasChat: true, keptDays } as const;
  await store.recordings.begin({
    recordingId,
    sessionId: session.id,
    startedAt,
    startedBy: instructor.id,
    ...how,
  });
  const line = recordedLineAt(startedAt);
  const people: PersonId[] = [instructor.id, ayu.id, budi.id];
  await writeManifest(join(recordingsDir, recordingId), [
    line.head({ recordingId, sessionId: session.id }),
    ...people.flatMap((personId, index) => {
      const trackId = `00000${index + 1}`;
      const connectionId = `con_${personId.slice(4)}` as ConnectionId;
      return [
        line.track(0, { trackId, personId, connectionId, source: "camera" }),
        line.segment(trackId, 0, [0, 10_000]),
      ];
    }),
    line.event(1_000, "chat.posted", { personId: ayu.id, text: "Kata rahasia", room: "main" }),
  ]);
  for (const trackId of ["000001", "000002", "000003"]) {
    await mkdir(join(recordingsDir, recordingId, trackId));
    await writeFile(join(recordingsDir, recordingId, trackId, "000000.webm"), "x".repeat(1_000));
  }
  if (end) await store.recordings.end(recordingId, clock.now(), end);
  return recordingId;
}

const admin = () => centre.credentials.admin;
const call = (method: string, path: string, json?: unknown, who: Call = admin()) =>
  server.call(method, `/api/v1${path}`, json === undefined ? who : { json, ...who });
const one = async (id: RecordingId) => (await call("get", `/recordings/${id}`)).json as RecordingJson;
const trailOf = async (action: string) =>
  (await server.store.trail.list({}, ALL)).items.filter((row) => row.action === action);
const folders = () => readdir(server.recordingsDir);
/** Later, with a sign-in of then. */
async function wait(ms: number): Promise<void> {
  server.clock.advance(ms);
  await centre.signInAgain("admin");
}
const turn = () => server.recordingKeeper.turn();

describe("the list of recordings", () => {
  it("RO7 says of each what it is, who began it, what it takes and until when it is kept", async () => {
    const id = await recorded();
    const endedAt = server.clock.now();
    expect(await one(id)).toMatchObject({
      id,
      session: { id: centre.session.id, title: "Sesi pagi" },
      programme: { code: "PAI-2026" },
      state: "whole",
      startedBy: { id: centre.instructor.id, name: "Pak instructor" },
      endedAt,
      keptUntil: endedAt + 30 * DAY_MS,
      isDueSoon: false,
      openLinks: 0,
      deletion: null,
    });
    expect((await one(id)).bytes).toBeGreaterThan(3_000);
    const broken = await recorded({ end: "disk-full" });
    const running = await recorded({ end: null });
    const listed = (await call("get", `/recordings?programme=${centre.programme.id}&limit=2`)).json as {
      items: RecordingJson[];
      nextCursor: string;
    };
    expect(listed.items).toHaveLength(2);
    const rest = await call("get", `/recordings?cursor=${listed.nextCursor}`);
    const all = [...listed.items, ...(rest.json as { items: RecordingJson[] }).items];
    const states = Object.fromEntries(all.map(({ id: of, state }) => [of, state]));
    expect(states).toEqual({ [id]: "whole", [broken]: "fault", [running]: "running" });
    const ofSession = await call("get", `/sessions/${centre.session.id}/recordings`);
    expect((ofSession.json as { items: RecordingJson[] }).items).toHaveLength(3);
    expect((await call("get", "/recordings?session=ses_none")).json).toMatchObject({ items: [] });
    expect((await call("get", "/recordings?programme=x")).status).toBe(400);
    expect((await call("get", "/recordings/rec_none")).status).toBe(404);
  });

  it("RO7 shows who teaches the recordings of their own programmes alone", async () => {
    const id = await recorded();
    const teacher = centre.credentials["staff-account"];
    expect((await call("get", "/recordings", undefined, teacher)).json).toMatchObject({ items: [{ id }] });
    const stranger = await openAccount(server, newId("adm"), "lain@contoh.go.id", "instructor");
    const other = await signedIn(server, stranger);
    expect((await call("get", "/recordings", undefined, other)).json).toMatchObject({ items: [] });
    expect((await call("get", `/recordings/${id}`, undefined, other)).status).toBe(403);
    const ofSession = await call("get", `/sessions/${centre.session.id}/recordings`, undefined, other);
    expect(ofSession.status).toBe(403);
  });
});

describe("keeping recordings", () => {
  it("RO1 a changed number counts for what begins afterwards", async () => {
    const id = await recorded({ keptDays: 30 });
    const changed = await call("put", "/recording-settings", { keptDays: 5, budgetBytes: null });
    expect(changed.json).toEqual({ keptDays: 5, budgetBytes: null });
    const own = `/programmes/${centre.programme.code}/recording-settings`;
    expect((await call("get", own)).json).toEqual({ keptDays: null });
    expect((await call("put", own, { keptDays: 90 })).json).toEqual({ keptDays: 90 });
    expect((await call("get", own)).json).toEqual({ keptDays: 90 });
    expect((await one(id)).keptUntil).toBe(server.clock.now() + 30 * DAY_MS);
    for (const keptDays of [0, 3_651, 1.5]) {
      expect((await call("put", own, { keptDays })).status, String(keptDays)).toBe(400);
    }
    expect(await trailOf("recording-settings.changed")).toMatchObject([
      { detail: { keptDays: 90 } },
      { detail: { keptDays: 5 } },
    ]);
  });

  it("RO3 RO4 warns two weeks before, and deletes in time: files gone, a row stays", async () => {
    const id = await recorded();
    await turn();
    expect(await trailOf("recording.deletion-due")).toEqual([]);
    await wait(16 * DAY_MS);
    await turn();
    await turn();
    expect(await trailOf("recording.deletion-due")).toMatchObject([
      { actor: { kind: "server" }, subject: { kind: "recording", id }, sessionId: centre.session.id },
    ]);
    expect(await one(id)).toMatchObject({ isDueSoon: true, state: "whole" });
    await wait(14 * DAY_MS - 1);
    await turn();
    expect(await folders()).toEqual([id]);
    server.clock.advance(1);
    await turn();
    expect(await folders()).toEqual([]);
    expect(await one(id)).toMatchObject({
      state: "deleted",
      bytes: 0,
      deletion: { reason: "retention", doneAt: server.clock.now(), by: { id: "server" } },
    });
    expect(await trailOf("recording.deleted")).toMatchObject([
      { actor: { kind: "server" }, detail: { reason: "retention" } },
    ]);
  });

  it("RO2 is prolonged with a reason, and warned of again", async () => {
    const id = await recorded();
    await wait(20 * DAY_MS);
    await turn();
    const keptUntil = server.clock.now() + 40 * DAY_MS;
    const path = `/recordings/${id}/prolongation`;
    expect((await call("post", path, { keptUntil })).status).toBe(400);
    const early = await call("post", path, { keptUntil: server.clock.now() + DAY_MS, reason: "x" });
    expect(early.status).toBe(400);
    const done = await call("post", path, { keptUntil, reason: "Pemeriksaan inspektorat" });
    expect(done.json).toMatchObject({
      keptUntil,
      isDueSoon: false,
      prolonged: { reason: "Pemeriksaan inspektorat", by: { id: centre.adminId } },
    });
    expect(await trailOf("recording.prolonged")).toMatchObject([{ detail: { keptUntil } }]);
    server.clock.advance(20 * DAY_MS);
    await turn();
    expect(await folders()).toEqual([id]);
    server.clock.advance(7 * DAY_MS);
    await turn();
    expect(await trailOf("recording.deletion-due")).toHaveLength(2);
  });

  it("RO5 is deleted by hand with a reason, but not while it is being made", async () => {
    const running = await recorded({ end: null });
    const refused = await call("post", `/recordings/${running}/deletion`, { reason: "Salah kelas" });
    expect(refused.json).toMatchObject({ code: "recording-running" });
    const id = await recorded();
    expect((await call("post", `/recordings/${id}/deletion`, {})).status).toBe(400);
    const done = await call("post", `/recordings/${id}/deletion`, { reason: "Salah kelas" });
    expect(done.json).toMatchObject({
      state: "deleted",
      deletion: { note: "Salah kelas", reason: "staff", by: { id: centre.adminId } },
    });
    expect(await folders()).toEqual([running]);
    const again = await call("post", `/recordings/${id}/deletion`, { reason: "Lagi" });
    expect([again.status, again.json]).toMatchObject([410, { code: "recording-deleted" }]);
    expect(await trailOf("recording.deleted")).toMatchObject([{ actor: { id: centre.adminId } }]);
    // A picture that was being made meanwhile comes too late.
    await mkdir(join(server.recordingsDir, id, "derived"), { recursive: true });
    await turn();
    expect(await folders()).toEqual([running]);
    const text = JSON.stringify((await server.store.trail.list({}, ALL)).items);
    expect(text).not.toContain("Salah kelas");
  });

  it("RO6 a deletion that a stop interrupted goes on at the next start", async () => {
    const id = await recorded();
    const order = { at: 1, by: centre.adminId, reason: "staff", note: "Uji" } as const;
    await server.store.recordings.orderDeletion(id, order);
    expect(await one(id)).toMatchObject({ state: "deleting" });
    // The first turn of a server that has just started.
    server.clock.advance(1_000);
    await turn();
    expect(await folders()).toEqual([]);
    expect(await one(id)).toMatchObject({ state: "deleted" });
    expect(await trailOf("recording.deleted")).toMatchObject([{ actor: { id: centre.adminId } }]);
  });
});

describe("links to a recording", () => {
  const share = (id: RecordingId, change: object = {}, who?: Call) =>
    call(
      "post",
      `/recordings/${id}/links`,
      { label: "Inspektorat", expiresAt: server.clock.now() + 2 * DAY_MS, ...change },
      who,
    );
  const open = (token: string) => server.call("post", "/api/v1/shared", { json: { token } });
  const linksOf = async (id: RecordingId) =>
    ((await call("get", `/recordings/${id}/links`)).json as { items: RecordingLinkJson[] }).items;
  const made = async (id: RecordingId, change?: object) => {
    const link = (await share(id, change)).json as RecordingLinkJson & { url: string };
    const opened = await open(tokenIn(link.url));
    const cookie = cookieIn(opened.headers.get("set-cookie") ?? "");
    return { link, opened, token: tokenIn(link.url), guest: { cookie } };
  };
  const watch = async (id: RecordingId, who: Call) =>
    (await server.call("get", `/api/v1/recordings/${id}/playback`, who)).status;

  it("RO8 RO9 open that recording alone, until their date, and every viewing is in the trail", async () => {
    const id = await recorded();
    const other = await recorded();
    const { link, opened, guest } = await made(id);
    expect(link.url).toMatch(/^https:\/\/balai\.test\/shared#[\w-]{43}$/);
    expect(opened.json).toMatchObject({ recordingId: id, title: "Sesi pagi", expiresAt: link.expiresAt });
    expect(opened.headers.get("set-cookie")).toMatch(/HttpOnly.*Secure|Secure.*HttpOnly/);
    expect(await one(id)).toMatchObject({ openLinks: 1 });
    expect(await watch(id, guest)).toBe(200);
    expect(await watch(id, guest)).toBe(200);
    expect(await watch(other, guest)).toBe(403);
    expect(await trailOf("recording.watched")).toMatchObject([
      { actor: { kind: "guest", id: link.id }, subject: { kind: "recording", id } },
      { actor: { kind: "guest", id: link.id } },
    ]);
    expect(await linksOf(id)).toMatchObject([
      {
        label: "Inspektorat",
        viewCount: 2,
        lastViewedAt: server.clock.now(),
        createdBy: { id: centre.adminId },
      },
    ]);
    expect(JSON.stringify(await linksOf(id))).not.toContain(tokenIn(link.url));
    const trail = (await call("get", "/trail")).json as TrailPage;
    expect(trail.names[link.id]).toBe("Inspektorat");
    await wait(2 * DAY_MS);
    expect(await watch(id, guest)).toBe(401);
    expect((await open(tokenIn(link.url))).json).toMatchObject({ code: "link-expired" });
  });

  it("RO8 count no more once they are revoked, or the recording is deleted", async () => {
    const id = await recorded();
    const first = await made(id);
    const second = await made(id, { label: "Pimpinan" });
    const revoked = await call("delete", `/recording-links/${first.link.id}`);
    expect(revoked.json).toMatchObject({ id: first.link.id, revokedAt: server.clock.now() });
    expect(await watch(id, first.guest)).toBe(401);
    expect((await open(first.token)).json).toMatchObject({ code: "link-revoked" });
    expect(await watch(id, second.guest)).toBe(200);
    await call("post", `/recordings/${id}/deletion`, { reason: "Uji" });
    expect(await watch(id, second.guest)).toBe(401);
    expect((await open(second.token)).json).toMatchObject({ code: "recording-deleted" });
    expect((await share(id)).json).toMatchObject({ code: "recording-deleted" });
    expect((await open("x".repeat(43))).json).toMatchObject({ code: "link-unknown" });
    expect(await trailOf("recording.share-ended")).toMatchObject([{ subject: { id } }]);
  });

  it("RO8 end with the recording at the latest, and have a label", async () => {
    const id = await recorded();
    const { keptUntil } = await one(id);
    expect((await share(id, { expiresAt: (keptUntil ?? 0) + 1 })).status).toBe(400);
    expect((await share(id, { expiresAt: server.clock.now() })).status).toBe(400);
    expect((await share(id, { label: " " })).status).toBe(400);
    expect((await share(id, { expiresAt: keptUntil })).status).toBe(201);
    expect((await share(await recorded({ end: null }))).json).toMatchObject({ code: "recording-running" });
  });

  it("RO8 are made by instructors of the programme, not by facilitators or others", async () => {
    const id = await recorded();
    expect((await share(id, {}, centre.credentials["staff-account"])).status).toBe(201);
    const helper = await openAccount(server, newId("adm"), centre.facilitator.email, "facilitator");
    expect((await share(id, {}, await signedIn(server, helper))).status).toBe(403);
    expect((await share(id, {}, centre.credentials.auditor)).status).toBe(403);
  });

  it("RO8 a cookie that was not signed, or for another link, opens nothing", async () => {
    const id = await recorded();
    const { guest, link } = await made(id);
    const another = await made(id);
    const value = guest.cookie.split("=")[1] ?? "";
    expect(await watch(id, { cookie: `balai_${another.link.id}=${value}` })).toBe(401);
    expect(await watch(id, { cookie: `balai_${link.id}=${value.slice(0, -3)}AAA` })).toBe(401);
    const lnk = link.id.replace("rlk", "lnk");
    expect(await watch(id, { cookie: `balai_${lnk}=${value.replace("rlk", "lnk")}` })).toBe(401);
  });
});

describe("the room for recordings", () => {
  it("RO11 is told with what an hour takes and which planned sessions do not fit", async () => {
    await recorded();
    await turn();
    const space = async () => (await call("get", "/recording-space")).json as RecordingSpace;
    const [recording] = await server.store.recordings.list(centre.session.id);
    if (!recording) throw new Error("nothing was recorded");
    await server.store.recordings.measure(recording.recordingId, 4 * GB);
    server.disk.freeBytes = 3.5 * GB + 512 * 1024 * 1024;
    // Two sessions of an hour each are planned; the first has just begun.
    expect(await space()).toMatchObject({
      bytesPerHour: 2 * GB,
      measuredHours: 2,
      leftBytes: 3.5 * GB,
      hoursLeft: 1.75,
      planned: { sessions: 2, hours: 2, bytes: 4 * GB },
      shortCount: 1,
      short: [{ missingBytes: 0.5 * GB }],
    });
    await call("put", "/recording-settings", { keptDays: 5, budgetBytes: GB });
    expect(await space()).toMatchObject({ budgetBytes: GB, shortCount: 2 });
    server.disk.freeBytes = 100 * GB;
    await call("put", "/recording-settings", { keptDays: 5, budgetBytes: null });
    expect(await space()).toMatchObject({ shortCount: 0, budgetBytes: null });
  });
});

describe("who is taken out of recordings", () => {
  const consent = (personId: PersonId, seq: number, isGiven = true) =>
    server.store.consents.add({
      sessionId: centre.session.id,
      seq,
      at: 1,
      personId,
      isGiven,
      textVersion: 2,
      language: "id",
      keptDays: 30,
      textHash: "a".repeat(64),
    });
  const manifestOf = (id: RecordingId) => readFile(join(server.recordingsDir, id, "manifest.jsonl"), "utf8");

  it("RO13 an erased person leaves the recordings of before, one under way when it has ended", async () => {
    const id = await recorded();
    const running = await recorded({ end: null });
    await consent(centre.ayu.id, 1);
    const erased = await call("post", `/enrolments/${centre.ayu.id}/erasure`, { reason: "request" });
    expect(erased.status).toBe(200);
    expect(await manifestOf(id)).not.toMatch(new RegExp(`${centre.ayu.id}|rahasia`));
    expect(await manifestOf(id)).toContain(centre.budi.id);
    expect((await readdir(join(server.recordingsDir, id))).sort()).toEqual([
      "000001",
      "000003",
      "manifest.jsonl",
    ]);
    expect(await manifestOf(running)).toContain(centre.ayu.id);
    await server.store.recordings.end(running, server.clock.now(), "class-closed");
    server.recordingNow.add(running);
    await turn();
    expect(await manifestOf(running)).toContain(centre.ayu.id);
    server.recordingNow.clear();
    await turn();
    expect(await manifestOf(running)).not.toContain(centre.ayu.id);
    expect(await server.store.recordingRemovals.open(10)).toEqual([]);
  });

  it("RO14 who withdraws after the class leaves its recordings, with the time in the consents", async () => {
    const id = await recorded();
    await consent(centre.ayu.id, 1);
    const own = (path = "", method = "get") =>
      server.call(
        method,
        `/api/v1/join/${centre.links.participant.linkId}/consent${path}`,
        centre.credentials.participant,
      );
    expect((await own()).json).toMatchObject({
      isGiven: true,
      wasGiven: true,
      recordings: 1,
      withdrawnAt: null,
      keptUntil: server.clock.now() + 30 * DAY_MS,
    });
    const done = await own("/withdrawal", "post");
    expect([done.status, done.json]).toEqual([200, { removed: 1, waiting: 0 }]);
    expect(server.classes.calls).toContain(`answer ${centre.session.id} ${centre.ayu.id} false`);
    expect(await manifestOf(id)).not.toMatch(new RegExp(`${centre.ayu.id}|rahasia`));
    expect((await own()).json).toMatchObject({ withdrawnAt: server.clock.now(), isRemoved: true });
    expect(await trailOf("recording.withdrawn")).toMatchObject([
      { actor: { kind: "participant", id: centre.ayu.id }, detail: { removed: 1, waiting: 0 } },
    ]);
    const budi = { cookie: centre.links.otherParticipant.cookie };
    const path = `/api/v1/join/${centre.links.otherParticipant.linkId}/consent/withdrawal`;
    expect((await server.call("post", path, budi)).json).toMatchObject({ code: "recording-none" });
  });

  it("RO15 what is held about a person names the recordings they are in, and when they left them", async () => {
    const id = await recorded();
    await consent(centre.ayu.id, 1);
    const data = async () => {
      const file = (await call("get", `/enrolments/${centre.ayu.id}/data`)).json as PersonData;
      return file.sessions.find((session) => session.id === centre.session.id);
    };
    expect(await data()).toMatchObject({
      consents: [{ isGiven: true, textHash: "a".repeat(64), keptDays: 30 }],
      recordings: [{ recordingId: id, tracks: [{ source: "camera", room: "main" }], removedAt: null }],
    });
    await server.recordingKeeper.removeFrom(centre.session.id, centre.ayu.id, centre.ayu.id);
    expect((await data())?.recordings).toMatchObject([
      { recordingId: id, tracks: [], removedAt: server.clock.now() },
    ]);
  });
});
