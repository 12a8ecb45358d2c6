import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ResultReport } from "../../server/protocol/completion.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const PATH = "/api/v1/programmes/PAI-2026/results";
const AT = Date.UTC(2026, 7, 5, 2, 30);

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

const post = (json: unknown) => server.call("post", PATH, { ...centre.key, json });
const postCsv = (body: string) => server.call("post", PATH, { ...centre.key, body, type: "text/csv" });
const list = async (path = PATH) =>
  (await server.call("get", path, centre.key)).json as { items: object[]; nextCursor: string | null };
const rowsOf = ({ json }: { readonly json: unknown }) => (json as ResultReport).rows;
const result = (change: object = {}) => ({
  externalId: centre.ayu.externalId,
  requirement: "post-test",
  score: 87.5,
  takenAt: AT,
  source: "LMS",
  ...change,
});

describe("results", () => {
  it("RS1 the same result again changes nothing; another score updates it", async () => {
    expect(await post(result())).toMatchObject({ status: 200, json: { created: 1, rows: [{ row: 1 }] } });
    server.clock.advance(1000);
    expect((await post([result()])).json).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
    expect((await post([result({ score: 90 })])).json).toMatchObject({ updated: 1 });
    expect((await list()).items).toEqual([
      {
        id: expect.stringMatching(/^res_/),
        programmeId: centre.programme.id,
        enrolmentId: centre.ayu.id,
        requirement: "post-test",
        score: 90,
        status: null,
        takenAt: AT,
        source: "LMS",
        createdAt: server.clock.now() - 1000,
        updatedAt: server.clock.now(),
      },
    ]);
  });

  it("RS1 is another result with another time, source or requirement", async () => {
    const rows = [{}, { takenAt: AT + 1 }, { source: "Panitia" }, { requirement: "pre-test" }].map(result);
    expect((await post(rows)).json).toMatchObject({ created: 4 });
    expect((await post(rows)).json).toMatchObject({ unchanged: 4 });
  });

  it("RS1 within one request the same twice is one; a contradiction is refused", async () => {
    const answer = await post([result(), result(), result({ score: 10 })]);
    expect(rowsOf(answer)).toMatchObject([
      { outcome: "created" },
      { outcome: "unchanged" },
      { outcome: "refused", errors: [{ field: "", message: expect.stringContaining("row 1") }] },
    ]);
  });

  it.each([
    ["externalId", { externalId: "nobody" }],
    ["externalId", { externalId: 198705122010011000 }],
    ["externalId", { externalId: "" }],
    ["externalId", { externalId: "x".repeat(200) }],
    ["requirement", { requirement: "exam" }],
    ["requirement", { requirement: "post-test\u0000" }],
    ["requirement", { requirement: "attendance.total" }],
    ["requirement", { requirement: "assignment:" }],
    ["requirement", { requirement: "assignment:=1+1" }],
    ["requirement", { requirement: `assignment:${"a".repeat(33)}` }],
    ["requirement", { requirement: "self-study:NONE", status: "accepted" }],
    ["score", { score: -1 }],
    ["score", { score: 1e9 }],
    ["score", { score: "a lot" }],
    ["score", { score: true }],
    ["score", { score: null }],
    ["status", { status: "excellent" }],
    ["status", { status: 1 }],
    ["status", { requirement: "assignment:A1" }],
    ["status", { requirement: "eligibility", status: "" }],
    ["takenAt", { takenAt: 1_785_900_000 }],
    ["takenAt", { takenAt: "yesterday" }],
    ["takenAt", { takenAt: "2026-02-30" }],
    ["takenAt", { takenAt: AT + 0.5 }],
    ["takenAt", { takenAt: null }],
    ["source", { source: "" }],
    ["source", { source: "LMS\u0000" }],
    ["source", { source: undefined }],
    ["shoeSize", { shoeSize: 42 }],
  ])("RS2 a row with a bad %s is refused by name, and the good ones count: %j", async (field, change) => {
    const answer = await post([result(change), result()]);
    expect(answer.status).toBe(200);
    expect(rowsOf(answer)).toMatchObject([
      { row: 1, outcome: "refused", errors: [{ field }] },
      { row: 2, outcome: "created" },
    ]);
    expect((await list()).items).toHaveLength(1);
  });

  it.each([["nothing"], [7], [null], [[]]])("RS2 a row that is no object is refused: %j", async (bad) => {
    expect(rowsOf(await post([bad, result()]))).toMatchObject([
      { outcome: "refused", errors: [{ field: "" }] },
      { outcome: "created" },
    ]);
  });

  it("RS2 refuses an empty list, an unknown programme and a body that is too large", async () => {
    expect((await post([])).status).toBe(400);
    expect(
      await server.call("post", PATH.replace("PAI", "XXX"), { ...centre.key, json: [{}] }),
    ).toMatchObject({
      status: 404,
    });
    const body = JSON.stringify([result({ source: "x".repeat(11 * 1024 * 1024) })]);
    const large = await server.call("post", PATH, { ...centre.key, body, type: "application/json" });
    expect(large.status).toBe(413);
  });

  it.each([";", ","])("RS3 comes as CSV with %s, BOM and CRLF", async (delimiter) => {
    const lines = [
      ["externalId", "Requirement", "score", "status", "takenAt", "source"],
      [`'${centre.ayu.externalId}`, "post-test", delimiter === ";" ? "87,5" : "87.5", "", String(AT), "LMS"],
      [centre.budi.externalId, "assignment:A1", "", "ACCEPTED", "2026-08-05 09:30", "LMS"],
      [centre.budi.externalId, "self-study:KAI", "", "accepted", "2026-08-05T09:30:00+07:00", "LMS"],
      [centre.budi.externalId, "self-study:KAI", "", "accepted", "6/8/2026 09.30", "LMS"],
      ["123", "survey", "", "", "2026-08-05", "LMS"],
    ];
    const answer = await postCsv(`\uFEFF${lines.map((line) => line.join(delimiter)).join("\r\n")}\r\n`);
    expect(answer.json).toMatchObject({ created: 4, refused: 1 });
    expect(rowsOf(answer)[4]).toMatchObject({ row: 5, externalId: "123", errors: [{ field: "externalId" }] });
    expect((await list()).items).toMatchObject([
      { score: 87.5, status: null, takenAt: AT },
      { score: null, status: "accepted", takenAt: AT },
      { requirement: "self-study:KAI", takenAt: AT },
      { requirement: "self-study:KAI", takenAt: AT + 86_400_000 },
    ]);
  });

  it.each([
    ["", "header"],
    ["externalId;requirement;takenAt", "header"],
    ["externalId;requirement;takenAt;source;grade", "header"],
  ])("RS3 a wrong header refuses the file: %j", async (body, path) => {
    expect(await postCsv(body)).toMatchObject({ status: 400, json: { errors: [{ path }] } });
  });

  it("RS4 lists by page, of a programme or of one person", async () => {
    const rows = [0, 1, 2].map((more) => result({ takenAt: AT + more }));
    await post([...rows, result({ externalId: centre.budi.externalId })]);
    const first = await list(`${PATH}?limit=3`);
    expect(first.items).toHaveLength(3);
    const second = await list(`${PATH}?limit=3&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ enrolmentId: centre.budi.id }], nextCursor: null });
    const own = await list(`/api/v1/enrolments/${centre.budi.id}/results`);
    expect(own.items).toEqual(second.items);
    const { status } = await server.call("get", "/api/v1/enrolments/enr_0/results", centre.key);
    expect(status).toBe(404);
  });
});
