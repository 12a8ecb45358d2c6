import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MAX_DISPUTE_FILE_BYTES } from "../../server/domain/dispute-file.ts";
import { newId } from "../../server/new-id.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type LinkOf, type TrainingCentre } from "../support/training-centre.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server, "offline");
  server.clock.advance(2 * HOUR_MS);
});
afterEach(() => server.close());

const slotId = () => centre.session.slots[0]?.id ?? "";
const own = (link: LinkOf = centre.links.participant) => `/api/v1/join/${link.linkId}/disputes`;
const ofSession = (rest = "") => `/api/v1/sessions/${centre.session.id}/disputes${rest}`;
const fileFrom = (bytes: Uint8Array | string, name = "bukti.pdf") => {
  return { name, content: Buffer.from(bytes).toString("base64") };
};

async function dispute(change: object = {}, link: LinkOf = centre.links.participant) {
  const json = { slotId: slotId(), reason: "Saya hadir sejak awal", ...change };
  return await server.call("post", own(link), { cookie: link.cookie, json });
}
async function disputeId(change: object = {}): Promise<string> {
  return ((await dispute(change)).json as { disputeId: string }).disputeId;
}
const ownList = async (link: LinkOf = centre.links.participant) =>
  (await server.call("get", own(link), { cookie: link.cookie })).json;
const propose = (id: string, who: Call = centre.admin, change: object = {}) =>
  server.call("post", ofSession(`/${id}/propose`), { ...who, json: { jp: 1, reason: "Cocok", ...change } });
const reject = (id: string, who: Call = centre.admin) =>
  server.call("post", ofSession(`/${id}/reject`), { ...who, json: { reason: "Nama tidak ada\ndi daftar" } });
const decide = (adjustmentId: string | undefined, ruling: string, who: Call) =>
  server.call("post", `/api/v1/sessions/${centre.session.id}/adjustments/${adjustmentId}/${ruling}`, who);
const files = () => readdir(join(server.dataDir, "disputes")).catch(() => []);
const jpOfAyu = async () => {
  const { json } = await server.call("get", `/api/v1/sessions/${centre.session.id}/attendance`, centre.key);
  return (json as { items: { jp: number }[] }).items[0]?.jp;
};

describe("disputes over HTTP", () => {
  it("DP1 takes a dispute of a slot that has ended, in several lines", async () => {
    expect(await dispute({ reason: " Saya hadir.\r\nSaksi: Budi " })).toMatchObject({
      status: 201,
      json: { state: "open", reason: "Saya hadir.\nSaksi: Budi", file: null, jp: null, answer: null },
    });
    expect(await ownList()).toMatchObject({
      items: [{ slotId: slotId(), state: "open" }],
      until: (centre.session.slots[0]?.endAt ?? 0) + 14 * DAY_MS,
      linkExpiresAt: (centre.session.slots[0]?.endAt ?? 0) + DAY_MS,
    });
  });

  it.each([
    [{ reason: " \n " }, "reason"],
    [{ reason: "a\u0000b" }, "reason"],
    [{ reason: "\ud800" }, "reason"],
    [{ reason: "x".repeat(1001) }, "reason"],
    [{ reason: 7 }, "reason"],
    [{ slotId: "ses_1" }, "slotId"],
    [{ enrolmentId: "enr_1" }, "enrolmentId"],
    [{ file: { name: "", content: "" } }, "file.name"],
    [{ file: { name: "a.pdf" } }, "file.content"],
    [{ file: { name: "a.pdf", content: "JVBERi0=!" } }, "file.content"],
    [{ file: { name: "a.pdf", content: "JVBERi0=", type: "text/html" } }, "file.type"],
  ])("DP1 names the field in %j", async (change, field) => {
    expect(await dispute(change)).toMatchObject({ status: 400, json: { errors: [{ path: field }] } });
    expect(await ownList()).toMatchObject({ items: [] });
  });

  it("DP1 refuses a slot of another session and one that is not over", async () => {
    expect(await dispute({ slotId: centre.otherSession.slots[0]?.id })).toMatchObject({
      status: 404,
      json: { code: "slot-unknown", errors: [{ path: "slotId" }] },
    });
    const slot = { id: newId("slt"), startAt: server.clock.now(), endAt: server.clock.now() + 1, jp: 1 };
    const session = { ...centre.session, id: newId("ses"), slots: [slot] };
    await server.store.sessions.create(session);
    const link = await centre.linkFor(centre.ayu, session);
    expect((await dispute({ slotId: slot.id }, link)).json).toMatchObject({ code: "slot-not-over" });
  });

  it("DP2 a double click is one dispute; another one waits until the first is decided", async () => {
    const answers = await Promise.all([dispute(), dispute(), dispute()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ json }) => (json as { disputeId: string }).disputeId)).size).toBe(1);
    expect(await ownList()).toMatchObject({ items: [{}] });
    expect(await dispute({ reason: "Lain lagi" })).toMatchObject({
      status: 409,
      json: { code: "dispute-open" },
    });
    expect((await dispute({ file: fileFrom("%PDF-1.7") })).json).toMatchObject({ code: "dispute-open" });
    expect(await files()).toEqual([]);
  });

  it("DP2 three about a slot are the most", async () => {
    for (const reason of ["satu", "dua", "tiga"]) await reject(await disputeId({ reason }));
    expect((await dispute()).json).toMatchObject({ code: "dispute-limit" });
  });

  it.each([
    ["a PDF", "%PDF-1.7 x", "../../../Surat Tugas.exe", "Surat Tugas.pdf", "application/pdf"],
    ["a JPEG that says it is a PDF", "\xff\xd8\xff\xe0x", "bukti.pdf", "bukti.jpg", "image/jpeg"],
  ])("DP3 keeps %s under an id of ours and gives it out as a download alone", async (...row) => {
    const [, text, name, safe, type] = row;
    const bytes = Buffer.from(text, "latin1");
    const filed = await dispute({ file: fileFrom(bytes, name) });
    expect(filed.json).toMatchObject({ file: { name: safe, type, bytes: bytes.length } });
    const { disputeId: id } = filed.json as { disputeId: string };
    expect(await files()).toEqual([id]);
    expect((await stat(join(server.dataDir, "disputes", id))).mode & 0o077).toBe(0);
    const links = centre.links;
    for (const [path, who] of [
      [ofSession(`/${id}/file`), centre.admin],
      [`${own()}/${id}/file`, { cookie: links.participant.cookie }],
    ] as const) {
      const answer = await server.call("get", path, who);
      expect(answer).toMatchObject({ status: 200, text: bytes.toString() });
      expect(answer.headers.get("content-type")).toBe(type);
      expect(answer.headers.get("content-disposition")).toBe(
        `attachment; filename="lampiran-${id}.${safe.split(".").at(-1)}"`,
      );
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    }
    const { linkId, cookie } = links.otherParticipant;
    expect(
      (await server.call("get", `/api/v1/join/${linkId}/disputes/${id}/file`, { cookie })).json,
    ).toMatchObject({
      code: "dispute-unknown",
    });
  });

  it.each([
    ["a zip named .pdf", "PK\x03\x04", 415],
    ["an SVG", "<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>", 415],
    ["HTML", "<!doctype html><script>alert(1)</script>", 415],
    ["NULs", "\0\0\0\0\0\0\0\0\0\0\0\0", 415],
    ["nothing", "", 415],
    ["a PDF of 5 MB and a byte", `%PDF-${"x".repeat(MAX_DISPUTE_FILE_BYTES - 4)}`, 413],
  ])("DP3 refuses %s and keeps nothing", async (_what, text, status) => {
    expect(await dispute({ file: fileFrom(Buffer.from(text, "latin1")) })).toMatchObject({
      status,
      json: { errors: [{ path: "file" }] },
    });
    expect(await files()).toEqual([]);
    expect(await ownList()).toMatchObject({ items: [] });
  });

  it("DP3 takes 5 MB to the byte, and reads nothing of what is far too large", async () => {
    const largest = `%PDF-${"x".repeat(MAX_DISPUTE_FILE_BYTES - 5)}`;
    expect((await dispute({ file: fileFrom(largest) })).status).toBe(201);
    expect(await dispute({ file: fileFrom("x".repeat(7 * 1024 * 1024)) })).toMatchObject({
      status: 413,
      json: { code: "too-large" },
    });
  });

  it("DP4 shows everybody their own alone, and says when nothing came with it", async () => {
    const id = await disputeId();
    expect(await ownList(centre.links.otherParticipant)).toMatchObject({ items: [] });
    expect((await server.call("get", ofSession(`/${id}/file`), centre.admin)).status).toBe(404);
    expect((await server.call("get", ofSession(`/${newId("dsp")}/file`), centre.admin)).json).toMatchObject({
      code: "dispute-unknown",
    });
  });

  it("DP5 becomes a proposal, which another person approves, and only then a JP", async () => {
    const id = await disputeId();
    const proposed = await propose(id);
    expect(proposed).toMatchObject({
      status: 200,
      json: { state: "proposed", person: { name: "Ayu Lestari" }, adjustmentIds: [expect.any(String)] },
    });
    const [adjustmentId] = (proposed.json as { adjustmentIds: string[] }).adjustmentIds;
    expect(await jpOfAyu()).toBe(0);
    expect((await decide(adjustmentId, "approve", centre.admin)).json).toMatchObject({
      code: "own-adjustment",
    });
    expect(await ownList()).toMatchObject({ items: [{ state: "proposed", jp: null }] });
    await decide(adjustmentId, "approve", centre.key);
    expect(await ownList()).toMatchObject({ items: [{ state: "approved", jp: 1, answer: null }] });
    expect(await jpOfAyu()).toBe(1);
  });

  it("DP5 a rejected proposal leaves it open, for another proposal or an answer", async () => {
    const id = await disputeId();
    const { adjustmentIds } = (await propose(id)).json as { adjustmentIds: string[] };
    await decide(adjustmentIds[0], "reject", centre.key);
    expect(await ownList()).toMatchObject({ items: [{ state: "open" }] });
    expect(await propose(id, centre.key, { jp: 7 })).toMatchObject({
      status: 400,
      json: { errors: [{ path: "jp" }] },
    });
    expect(await reject(id)).toMatchObject({
      status: 200,
      json: { state: "rejected", answeredByName: "admin@contoh.go.id" },
    });
    expect(await ownList()).toMatchObject({
      items: [{ state: "rejected", answer: "Nama tidak ada\ndi daftar", jp: null }],
    });
  });

  it("DP6 is dealt with once, also by two at once, and stays in the list", async () => {
    const id = await disputeId();
    const answers = await Promise.all([propose(id), reject(id, centre.key), propose(id, centre.key)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect((await reject(newId("dsp"))).json).toMatchObject({ code: "dispute-unknown" });
    const other = `/api/v1/sessions/${centre.otherSession.id}/disputes/${id}/reject`;
    expect((await server.call("post", other, { ...centre.admin, json: { reason: "x" } })).status).toBe(404);
    expect((await server.call("get", ofSession(), centre.key)).json).toMatchObject({
      items: [{ disputeId: id, person: { name: "Ayu Lestari" } }],
    });
  });

  it("DP7 all that waits in a programme stands in one queue, the oldest first", async () => {
    const first = await disputeId();
    server.clock.advance(1000);
    const second = await dispute({}, centre.links.otherParticipant);
    server.clock.advance(1000);
    await propose(first);
    const { disputeId: secondId } = second.json as { disputeId: string };
    const queue = () =>
      server.call("get", `/api/v1/programmes/${centre.programme.code}/corrections`, centre.key);
    expect((await queue()).json).toMatchObject({
      items: [
        { dispute: { disputeId: secondId }, adjustment: null, session: { title: "Sesi pagi" } },
        {
          waitingSince: server.clock.now(),
          dispute: { disputeId: first },
          adjustment: { state: "proposed", proposedByName: "admin@contoh.go.id" },
        },
      ],
    });
    await reject(secondId);
    expect((await queue()).json).toMatchObject({ items: [{ dispute: { disputeId: first } }] });
  });

  it("DP8 shows the times behind one's own slots, and the reason of an adjustment", async () => {
    const { adjustmentIds } = (await propose(await disputeId())).json as { adjustmentIds: string[] };
    await decide(adjustmentIds[0], "approve", centre.key);
    const { linkId, cookie } = centre.links.participant;
    const path = `/api/v1/join/${linkId}/attendance/intervals`;
    expect((await server.call("get", path, { cookie })).json).toEqual({
      timeZone: "Asia/Jakarta",
      spans: [],
      held: [],
      outages: [],
      adjustments: [{ slotId: slotId(), reason: "Cocok", computedJp: 0 }],
    });
  });
});
