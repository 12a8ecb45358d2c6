import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttendanceReportJson } from "../../server/protocol/api.ts";
import type { GroupWork, Preparation, SavedCase, WorkedRoom } from "../../server/protocol/case-work.ts";
import type { EnrolmentId } from "../../server/protocol/ids.ts";
import type { OpenedSheet } from "../../server/protocol/sheets.ts";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { type ClassClient, connect } from "../support/class-client.ts";
import { ONE_PIXEL_PNG } from "../support/one-pixel-png.ts";
import { type RunningApp, startApp } from "../support/running-app.ts";
import { sampleCase } from "../support/sample-case.ts";
import { sheetWriter } from "../support/sheet-people.ts";

let running: RunningApp;
let admin: AdminClient;
let ina: ClassClient;
let ani: ClassClient;
let budi: ClassClient;
const ids = {} as Record<"ani" | "budi", EnrolmentId>;
let sessionId: string;
let work: SavedCase;
let rooms: readonly WorkedRoom["roomId"][];

const { caseId: _id, attachments: _files, ...CASE } = sampleCase;

/** The HTTP API by somebody's link. */
async function by(client: ClassClient, method: string, path: string, json?: unknown) {
  const response = await fetch(`${running.app.url}/api/v1/join/${client.linkId}${path}`, {
    method,
    headers: { "content-type": "application/json", cookie: client.cookie, origin: running.app.url },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, type, json: type.includes("json") ? await response.json() : null };
}

beforeAll(async () => {
  running = await startApp();
  admin = await exchangeAdmin(running.links.admin);
  ina = await connect(running.links.instructor);
  ani = await connect(running.links.participants[0] as string);
  budi = await connect(running.links.participants[1] as string);
  const entered = await ina.enter();
  if (entered.kind === "snapshot") sessionId = entered.snapshot.info.sessionId;
  for (const [name, client] of [
    ["ani", ani],
    ["budi", budi],
  ] as const) {
    const own = await client.enter();
    ids[name] = (own.kind === "snapshot" ? own.snapshot.you : own.you).personId as EnrolmentId;
  }
  await ina.command("class.open", {});
});
afterAll(async () => {
  for (const client of [ina, ani, budi]) client?.close();
  await running?.close();
});

describe("cases in breakout rooms", () => {
  it("CW6 staff write a case with its files; participants do not see that it exists", async () => {
    const created = await by(ina, "POST", "/cases", CASE);
    expect(created.status).toBe(201);
    const { caseId } = created.json as SavedCase;
    const content = ONE_PIXEL_PNG.toString("base64");
    const withFile = await by(ina, "POST", `/cases/${caseId}/files`, { name: "../x.exe", content });
    work = withFile.json as SavedCase;
    expect(work.attachments).toMatchObject([{ name: "x.png", type: "image/png" }]);
    const file = `/cases/${caseId}/files/${work.attachments[0]?.attachmentId}`;
    expect(await by(ina, "GET", file)).toMatchObject({ status: 200, type: "image/png" });
    expect(await by(ani, "GET", file)).toMatchObject({ status: 404 });
    expect(await by(ani, "GET", "/cases")).toMatchObject({ status: 403 });
  });

  it.each([
    ["no title", { title: "" }, "title"],
    ["a question twice", { questions: [...CASE.questions, ...CASE.questions] }, "questions"],
    ["21 roles", { roles: Array.from({ length: 21 }, (_, n) => ({ code: `r${n}`, title: "R" })) }, "roles"],
    ["no minutes", { minutes: 0 }, "minutes"],
    ["an unknown field", { colour: "red" }, ""],
  ])("CW6 a case with %s is refused, the field named", async (_what, change, path) => {
    const answer = await by(ina, "POST", "/cases", { ...CASE, ...change });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ errors: [{ path: expect.stringContaining(path) }] });
  });

  it.each([
    ["a program", Buffer.from("MZ program").toString("base64"), 415],
    ["no base64", "%%%", 400],
    ["11 MB", Buffer.alloc(11_000_000, "%PDF-").toString("base64"), 413],
  ])("CW6 a file that is %s is refused", async (_what, content, status) => {
    expect(await by(ina, "POST", `/cases/${work.caseId}/files`, { name: "a", content })).toMatchObject({
      status,
    });
  });

  it("CW4 a plan with a case gives each room its sheet; who left the roster is passed over and counted", async () => {
    const unknown = "enr_gone" as EnrolmentId;
    const groups = [
      { title: "Kelompok Melati", personIds: [ids.ani, unknown] },
      { title: "Kelompok Mawar", personIds: [ids.budi, ids.ani] },
    ];
    const plan = { count: 2, assign: "even", caseId: work.caseId, groups } as const;
    expect(await ina.command("breakouts.plan", plan)).toEqual({ ok: true, data: { skipped: 2 } });
    const planned = await ina.eventOf("breakouts.planned");
    rooms = planned.rooms.map((room) => room.roomId);
    expect(planned).toMatchObject({
      assignment: { [ids.ani]: rooms[0], [ids.budi]: rooms[1] },
      case: { title: CASE.title, roles: CASE.roles },
      minutes: CASE.minutes,
    });
    for (const hostile of [
      { ...plan, caseId: "cas_none" },
      { ...plan, count: 3 },
      { ...plan, count: 0 },
      { ...plan, count: 500 },
    ]) {
      expect(await ina.raw("breakouts.plan", hostile)).toMatchObject({ ok: false });
    }
    await ina.command("breakouts.open", {});
    await ani.eventOf("breakouts.opened");
    const sheet = await ani.raw("sheet.open", { roomId: rooms[0] });
    expect((sheet as { data: OpenedSheet }).data).toMatchObject({
      case: { caseId: work.caseId, title: CASE.title },
      canWrite: true,
    });
    const file = `/cases/${work.caseId}/files/${work.attachments[0]?.attachmentId}`;
    expect(await by(ani, "GET", file)).toMatchObject({ status: 200 });
  });

  it("CW5 sheets, roles and scores are in the session's export, and a score is each member's result", async () => {
    await ani.command("role.take", { role: "presenter" });
    const writer = sheetWriter(77);
    writer.type("qst_risk", 0, "=HYPERLINK(1)");
    writer.choose("qst_go", "later");
    expect(await ani.raw("sheet.update", { roomId: rooms[0], update: writer.sent() })).toMatchObject({
      ok: true,
    });
    await ina.command("breakouts.close", {});
    await ani.eventOf("breakouts.closed");
    expect(await ani.command("sheet.present", { roomId: rooms[0] as WorkedRoom["roomId"] })).toMatchObject({
      ok: true,
    });
    const score = `/group-work/${rooms[0]}/score`;
    const points = [{ criterionId: "cri_1", points: 30 }];
    expect(await by(ani, "PUT", score, { points })).toMatchObject({ status: 403 });
    expect(await by(ina, "PUT", score, { points: [] })).toMatchObject({ status: 400 });
    expect(await by(ina, "PUT", "/group-work/rom_none/score", { points })).toMatchObject({ status: 404 });
    expect(await by(ina, "PUT", score, { points, comment: "Tajam" })).toMatchObject({
      status: 200,
      json: { total: 30, isAccepted: true, members: [ids.ani] },
    });
    const path = `/api/v1/sessions/${sessionId}/group-work`;
    const exported = await admin.get<GroupWork>(path);
    expect(exported.rooms[0]).toMatchObject({
      title: "Kelompok Melati",
      members: [{ enrolmentId: ids.ani }],
      roles: [
        { code: "chair", name: null },
        { code: "scribe" },
        { code: "presenter", name: expect.any(String) },
      ],
      answers: [{ answer: "=HYPERLINK(1)" }, { answer: null }, { answer: "Ya, dengan syarat" }],
      criteria: [{ points: 30, maxPoints: 40 }],
      score: { comment: "Tajam" },
    });
    const csv = await fetch(`${running.app.url}${path}?format=csv`, { headers: { cookie: admin.cookie } });
    expect(await csv.text()).toContain("'=HYPERLINK(1)");
    const results = await admin.get<{ items: readonly unknown[] }>(`/api/v1/enrolments/${ids.ani}/results`);
    expect(results.items).toMatchObject([
      { requirement: `assignment:${CASE.requirement}`, score: 30, status: "accepted" },
    ]);
  });

  it("CW7 staff read what a group wrote beside its rubric; participants do not", async () => {
    const path = `/group-work/${rooms[0]}`;
    expect(await by(ina, "GET", path)).toMatchObject({
      status: 200,
      json: { case: { rubric: CASE.rubric }, answers: [{ answer: "=HYPERLINK(1)" }, { answer: null }, {}] },
    });
    expect(await by(ani, "GET", path)).toMatchObject({ status: 403 });
    expect(await by(ina, "GET", "/group-work/rom_none")).toMatchObject({ status: 404 });
  });

  it("CW13 the office sees in which room a person was, by its title", async () => {
    const report = await admin.get<AttendanceReportJson>(`/api/v1/sessions/${sessionId}/attendance`);
    expect(report.rooms).toContainEqual({ roomId: rooms[0], title: "Kelompok Melati" });
    const item = report.items.find(({ enrolmentId }) => enrolmentId === ids.ani);
    expect(item?.spans.flatMap(({ stays = [] }) => stays.map(({ room }) => room))).toContain(rooms[0]);
  });

  it("CW8 staff get roster, other sessions and assignments by their link", async () => {
    const answer = await by(ina, "GET", "/preparation");
    const found = answer.json as Preparation;
    expect(found.people.map(({ enrolmentId }) => enrolmentId)).toContain(ids.ani);
    expect(found.sessions.map((session) => session.sessionId)).not.toContain(sessionId);
    expect(await by(ani, "GET", "/preparation")).toMatchObject({ status: 403 });
  });

  it("CW2 the groups of last time can be planned again, and a plan saved and copied", async () => {
    const last = (await by(ina, "GET", "/last-groups")).json as { groups: { title: string }[] };
    expect(last.groups.map(({ title }) => title)).toEqual(["Kelompok Melati", "Kelompok Mawar"]);
    const plan = { title: "Seperti tadi", count: 2, assign: "mixed", groups: last.groups };
    const saved = await by(ina, "POST", "/group-plans", plan);
    expect(saved.status).toBe(201);
    const { planId } = saved.json as { planId: string };
    expect(await by(ina, "PUT", `/group-plans/${planId}`, { ...plan, count: 3 })).toMatchObject({
      status: 400,
    });
    const copied = await by(ina, "POST", `/group-plans/${planId}/copies`, { sessionId });
    expect(copied).toMatchObject({ status: 201, json: { title: "Seperti tadi" } });
    expect(await by(ina, "DELETE", `/group-plans/${planId}`)).toMatchObject({ status: 204 });
    const copy = await by(ina, "POST", `/cases/${work.caseId}/copies`, { sessionId });
    expect((copy.json as SavedCase).attachments[0]?.attachmentId).not.toBe(work.attachments[0]?.attachmentId);
    expect(await by(ani, "GET", "/group-plans")).toMatchObject({ status: 403 });
  });
});
