import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { attendanceFrom } from "../../server/domain/attendance.ts";
import { newId } from "../../server/new-id.ts";
import { type EvidencePack, evidencePackSchema } from "../../server/protocol/evidence.ts";
import { readPack } from "../../server/reports/read-pack.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type LinkOf, type TrainingCentre } from "../support/training-centre.ts";

const MINUTE_MS = 60_000;

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  await holdClass();
});
afterEach(() => server.close());

/** An hour's class: Ayu is there for 50 minutes of it, Budi never. */
async function holdClass(): Promise<void> {
  const { store, clock } = server;
  const { session, ayu, instructor } = centre;
  const start = clock.now();
  const [ayus, teachers] = [newId("con"), newId("con")];
  const at = (minute: number) => start + minute * MINUTE_MS;
  const device = "device-1";
  await store.classes.append(session.id, [
    { seq: 1, at: at(0), type: "class.opened", by: instructor.id },
    {
      seq: 2,
      at: at(0),
      type: "presence.joined",
      connectionId: teachers,
      staffId: instructor.id,
      device,
      room: "main",
    },
    {
      seq: 3,
      at: at(0),
      type: "presence.joined",
      connectionId: ayus,
      enrolmentId: ayu.id,
      device,
      room: "main",
    },
    { seq: 4, at: at(50), type: "presence.left", connectionId: ayus, reason: "left" },
    { seq: 5, at: at(60), type: "class.closed", by: instructor.id },
  ]);
}

const get = (path: string) => server.call("get", `/api/v1/sessions/${centre.session.id}${path}`, centre.key);
const own = ({ linkId, cookie }: LinkOf) =>
  server.call("get", `/api/v1/join/${linkId}/attendance`, { cookie });

describe("attendance over HTTP", () => {
  it("RP1 explains everybody's attendance, absent people's too", async () => {
    const { json } = await get("/attendance");
    expect(json).toMatchObject({
      session: { id: centre.session.id, title: "Sesi pagi", unit: "KAI" },
      policy: { minSlotShare: 8000 },
      rosterFixed: false,
      items: [
        {
          enrolmentId: centre.ayu.id,
          externalId: centre.ayu.externalId,
          name: "Ayu Lestari",
          institution: "Dinas Kominfo",
          jp: 1,
          observedMs: 50 * MINUTE_MS,
          spans: [{ slotId: centre.session.slots[0]?.id, kind: "observed" }],
          slots: [{ share: 8333, because: "met", jp: 1 }],
        },
        { enrolmentId: centre.budi.id, jp: 0, firstJoinedAt: null, spans: [], slots: [{ because: "below" }] },
      ],
      held: [{ endAt: server.clock.now() + 60 * MINUTE_MS }],
      outages: [],
    });
  });

  it("RP1 keeps the roster as it was fixed at the closing", async () => {
    await server.store.sessions.fixRoster(centre.session.id, [centre.budi.id]);
    expect((await get("/attendance")).json).toMatchObject({
      rosterFixed: true,
      items: [{ enrolmentId: centre.budi.id }],
    });
  });

  it("RP1 has only the session's group on the roster", async () => {
    const session = { ...centre.session, id: newId("ses"), group: "Kosong" };
    await server.store.sessions.create(session);
    const { json } = await server.call("get", `/api/v1/sessions/${session.id}/attendance`, centre.key);
    expect(json).toMatchObject({ items: [], held: [] });
  });

  it("RP1 keeps whoever was in the class, whatever group they have moved to since", async () => {
    const session = { ...centre.session, id: newId("ses"), group: "Kosong" };
    await server.store.sessions.create(session);
    const at = server.clock.now();
    await server.store.classes.appendEvidence(session.id, [
      { type: "class.opened", by: "adm_1", at },
      {
        type: "presence.joined",
        connectionId: "con_1",
        enrolmentId: centre.budi.id,
        device: "d",
        room: "main",
        at,
      },
    ]);
    const { json } = await server.call("get", `/api/v1/sessions/${session.id}/attendance`, centre.key);
    expect(json).toMatchObject({ items: [{ enrolmentId: centre.budi.id }] });
  });

  it("RP2 gives it as a spreadsheet's CSV", async () => {
    const { status, text, headers } = await get("/attendance?format=csv");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toBe(
      `attachment; filename="kehadiran-${centre.session.id}.csv"`,
    );
    expect(text.split("\r\n")[1]).toContain("Ayu Lestari;Dinas Kominfo;1,00;50,0;83,33;1,00");
  });

  it("RP5 gives the daftar hadir as a PDF", async () => {
    const { status, text, headers } = await get("/attendance?format=pdf");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/pdf");
    expect(headers.get("content-disposition")).toBe(
      `attachment; filename="daftar-hadir-${centre.session.id}.pdf"`,
    );
    expect(text).toMatch(/^%PDF-1\.\d/);
  });

  it.each(["?format=docx", "?format=", "?format=json&format=csv"])(
    "RP2 names the format in %s",
    async (query) => {
      expect(await get(`/attendance${query}`)).toMatchObject({
        status: 400,
        json: { errors: [{ path: "format" }] },
      });
    },
  );

  it("RP3 gives an evidence pack that anybody can recompute", async () => {
    const { text, headers } = await get("/evidence");
    expect(headers.get("content-disposition")).toContain(`bukti-${centre.session.id}.json`);
    const pack: EvidencePack = evidencePackSchema.parse(JSON.parse(text));
    expect(pack.events.map((event) => event.type)).toEqual([
      "class.opened",
      "presence.joined",
      "presence.joined",
      "presence.left",
      "class.closed",
    ]);
    const read = readPack(text);
    if (!read.ok) throw new Error("the pack cannot be read");
    expect(attendanceFrom({ ...read.pack, events: read.pack.rows })).toEqual(pack.attendance);
    expect(text).not.toContain("contoh.go.id");
  });

  it("RP4 shows a participant their own attendance and nobody else's", async () => {
    const { participant, otherParticipant, instructor } = centre.links;
    const ayus = await own(participant);
    expect(ayus.json).toMatchObject({
      status: "scheduled",
      slots: centre.session.slots,
      minSlotShare: 8000,
      slotCredit: "threshold",
      attendance: { enrolmentId: centre.ayu.id, jp: 1 },
    });
    expect(ayus.text).not.toContain(centre.budi.id);
    expect((await own(otherParticipant)).json).toMatchObject({
      attendance: { enrolmentId: centre.budi.id, jp: 0 },
    });
    expect((await own(instructor)).json).toMatchObject({ attendance: null });
    const { status } = await own({ ...otherParticipant, cookie: participant.cookie });
    expect(status).toBe(401);
  });

  it("RP4 is at most two seconds old, and new when the class's status is", async () => {
    const { participant } = centre.links;
    const jpOf = async () => ((await own(participant)).json as { attendance: { jp: number } }).attendance.jp;
    expect(await jpOf()).toBe(1);
    const adjust = (jp: number) =>
      server.store.classes.appendEvidence(centre.session.id, [
        {
          type: "attendance.adjusted",
          adjustmentId: `adj_${jp}`,
          slotId: centre.session.slots[0]?.id ?? "",
          enrolmentId: centre.ayu.id,
          jp,
          reason: "Salah catat",
          by: "stf_a",
          approvedBy: "stf_b",
          at: server.clock.now() + 61 * MINUTE_MS,
        },
      ]);
    await adjust(0.5);
    expect(await jpOf()).toBe(1);
    server.clock.advance(2000);
    expect(await jpOf()).toBe(0.5);
    await adjust(0.25);
    await server.classes.open(centre.session.id, "test");
    expect(await jpOf()).toBe(0.25);
  });

  it("RP4 counts for somebody whom the fixed roster lacks", async () => {
    await server.store.sessions.fixRoster(centre.session.id, [centre.budi.id]);
    expect((await own(centre.links.participant)).json).toMatchObject({ attendance: { jp: 1 } });
  });
});
