import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { ConnectionId, PersonId } from "../../server/protocol/ids.ts";
import type { PlaybackTimeline } from "../../server/protocol/playback.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { recordedLineAt, writeManifest } from "../support/recorded-story.ts";
import {
  createTrainingCentre,
  openAccount,
  signedIn,
  type TrainingCentre,
} from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
const recordingId = newId("rec");
const deckId = newId("dck");
const PATH = `/api/v1/recordings/${recordingId}/playback`;
const connectionOf = (personId: PersonId) => `con_${personId.slice(4)}` as ConnectionId;

beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  const { session, ayu, budi, instructor } = centre;
  const order = { recordingId, sessionId: session.id, rooms: "main", hasChat: true } as const;
  await server.store.recordings.begin({ ...order, startedAt: 1, startedBy: instructor.id });
  await server.store.decks.create({
    id: deckId,
    sessionId: session.id,
    title: "Materi",
    status: "ready",
    failure: null,
    pageCount: 2,
    createdAt: 1,
  });
  const said = (personId: PersonId, text: string) => ({
    messageId: newId("msg"),
    personId,
    room: "main",
    text,
  });
  const deck = { deckId, title: "Materi", pageCount: 2 };
  const trackId = "000001";
  const { id: personId } = instructor;
  const line = recordedLineAt(server.clock.now());
  await writeManifest(join(server.dataDir, "recordings", recordingId), [
    line.head({ recordingId, sessionId: session.id }),
    line.state(0, { stages: [{ room: "main", deck, page: 2 }] }),
    line.track(0, { trackId, personId, connectionId: connectionOf(personId), source: "camera" }),
    line.segment(trackId, 0, [0, 10_000]),
    line.event(1_000, "chat.posted", said(ayu.id, "Selamat pagi")),
    line.event(2_000, "chat.posted", said(budi.id, "Hadir")),
  ]);
});
afterAll(() => server.close());

async function timelineFor(call: Call): Promise<PlaybackTimeline> {
  return (await server.call("get", PATH, call)).json as PlaybackTimeline;
}

const statusFor = async (call: Call, path = PATH) => (await server.call("get", path, call)).status;

describe("a recording's time line", () => {
  it("PB5 has names, titles and chapters from the records", async () => {
    const timeline = await timelineFor(centre.credentials.participant);
    expect(timeline).toMatchObject({
      isUnderWay: true,
      session: { title: "Sesi pagi", unit: "Konsep Artificial Intelligence" },
      decks: [{ deckId, title: "Materi", pageCount: 2, textPages: [1, 2] }],
      chapters: [
        { kind: "slot", atMs: 0, number: 1 },
        { kind: "slide", deckId, page: 2, title: "Halaman 2" },
      ],
    });
    expect(timeline.people).toEqual([
      { personId: centre.instructor.id, name: "Pak instructor", role: "instructor" },
      { personId: centre.ayu.id, name: "Ayu Lestari", role: "participant" },
      { personId: centre.budi.id, name: "Budi Santoso", role: "participant" },
    ]);
    expect(timeline.chat.map(({ text }) => text)).toEqual(["Selamat pagi", "Hadir"]);
  });

  it("PB5 goes out compressed to who takes that", async () => {
    const encodingFor = async (encoding: string) => {
      const headers = { "accept-encoding": encoding };
      const answer = await server.call("get", PATH, { ...centre.credentials.participant, headers });
      return [(answer.json as PlaybackTimeline).recordingId, answer.headers.get("content-encoding")];
    };
    expect(await encodingFor("gzip, br")).toEqual([recordingId, "gzip"]);
    expect(await encodingFor("identity")).toEqual([recordingId, null]);
  });

  it("PB6 is for who was in the class, the programme's staff, administrators and auditors", async () => {
    const { credentials, links, linkFor, otherSession, ayu } = centre;
    for (const access of ["participant", "instructor", "facilitator", "admin", "auditor", "staff-account"]) {
      expect(await statusFor(credentials[access as keyof typeof credentials]), access).toBe(200);
    }
    expect(await statusFor({})).toBe(401);
    expect(await statusFor(credentials["read-key"])).toBe(401);
    expect(await statusFor(credentials["unready-admin"])).toBe(403);
    // Staff see their programme's recordings; a participant only those of their own session.
    expect(await statusFor({ cookie: links.otherSession.cookie })).toBe(200);
    expect(await statusFor({ cookie: (await linkFor(ayu, otherSession)).cookie })).toBe(403);
    const stranger = await openAccount(server, newId("adm"), "lain@contoh.go.id", "instructor");
    expect(await statusFor(await signedIn(server, stranger))).toBe(403);
    expect(await statusFor(credentials.admin, "/api/v1/recordings/rec_none/playback")).toBe(404);
  });

  it("PB6 whoever may watch by one of their cookies may watch", async () => {
    const stranger = await signedIn(
      server,
      await openAccount(server, newId("adm"), "tamu@x.go.id", "instructor"),
    );
    const cookie = `${stranger.cookie}; ${centre.links.participant.cookie}`;
    expect(await statusFor({ cookie })).toBe(200);
  });

  it("PB7 each opening is one row of the trail, and a refusal is told too", async () => {
    const before = (await server.store.trail.head())?.seq ?? 0;
    const opened = await timelineFor(centre.credentials.participant);
    await server.call("post", `${PATH}/renewal`, { ...centre.credentials.participant, json: {} });
    await timelineFor(centre.credentials.participant);
    await statusFor({ cookie: (await centre.linkFor(centre.ayu, centre.otherSession)).cookie });
    const rows = await server.store.trail.rowsAfter(before, 10);
    const watched = {
      action: "recording.watched",
      actor: { kind: "participant", id: centre.ayu.id },
      subject: { kind: "recording", id: recordingId },
      programmeId: centre.programme.id,
      sessionId: centre.session.id,
    };
    expect(rows.filter(({ action }) => action !== "access.refused")).toMatchObject([watched, watched]);
    expect(opened.recordingId).toBe(recordingId);
  });

  it("PB5 who was erased has no name, and what they wrote is not shown", async () => {
    const { ayu, budi, adminId } = centre;
    await server.store.erasure.erase(budi.id, { by: adminId, at: server.clock.now() });
    const timeline = await timelineFor(centre.credentials.admin);
    expect(timeline.people.find(({ personId }) => personId === budi.id)?.name).toBeNull();
    expect(timeline.people.find(({ personId }) => personId === ayu.id)?.name).toBe("Ayu Lestari");
    expect(timeline.chat.map(({ text }) => text)).toEqual(["Selamat pagi"]);
  });
});
