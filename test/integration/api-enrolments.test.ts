import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EnrolmentRow } from "../../server/protocol/api-records.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const PATH = "/api/v1/programmes/PAI-2026/enrolments";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

const postJson = (json: unknown) => server.call("post", PATH, { ...centre.key, json });
const postCsv = (body: string | Uint8Array<ArrayBuffer>, type = "text/csv") =>
  server.call("post", PATH, { ...centre.key, body, type });
const rowsOf = (answer: { readonly json: unknown }) => (answer.json as { rows: EnrolmentRow[] }).rows;
const outcomesOf = (answer: { readonly json: unknown }) => rowsOf(answer).map((row) => row.outcome);

describe("enrolments", () => {
  it("EN1 creates and updates by externalId; what a row leaves out stays, what is empty is cleared", async () => {
    const full = {
      externalId: "198705122010012003",
      name: "Siti Aminah",
      email: "siti@contoh.go.id",
      institution: "Pemkot Bandung",
      group: "A",
      birthDate: "1987-05-12",
      education: "S1",
      assignmentLetter: "ST-12/2026",
    };
    const created = await postJson([full]);
    expect(created).toMatchObject({ status: 200, json: { created: 1, updated: 0, refused: 0 } });
    const [row] = rowsOf(created);
    expect(row).toEqual({
      row: 1,
      externalId: full.externalId,
      outcome: "created",
      id: expect.stringMatching(/^enr_/),
    });
    expect((await server.call("get", `/api/v1/enrolments/${row?.id}`, centre.key)).json).toEqual({
      id: row?.id,
      programmeId: centre.programme.id,
      createdAt: server.clock.now(),
      erasedAt: null,
      ...full,
    });
    const updated = await postJson([{ externalId: full.externalId, name: "Siti Aminah, S.T.", email: "" }]);
    expect(rowsOf(updated)).toEqual([
      { row: 1, externalId: full.externalId, outcome: "updated", id: row?.id },
    ]);
    expect((await server.call("get", `/api/v1/enrolments/${row?.id}`, centre.key)).json).toMatchObject({
      name: "Siti Aminah, S.T.",
      email: null,
      group: "A",
      institution: "Pemkot Bandung",
    });
    const list = await server.call("get", `${PATH}?limit=2`, centre.key);
    expect(list.json).toMatchObject({ items: [{}, {}], nextCursor: expect.any(String) });
  });

  it("EN2 keeps the good rows around a bad one, in JSON", async () => {
    const answer = await postJson([
      { externalId: "1", name: "Citra" },
      { externalId: 2, name: "" },
      "nobody",
      { externalId: "3", name: "Dian", shoeSize: 42 },
      { externalId: "1", name: "Citra lain" },
      { externalId: "4", name: "Eka" },
    ]);
    expect(answer).toMatchObject({ status: 200, json: { created: 2, refused: 4 } });
    expect(rowsOf(answer)).toMatchObject([
      { row: 1, outcome: "created" },
      { row: 2, outcome: "refused", externalId: null, errors: [{ field: "externalId" }, { field: "name" }] },
      { row: 3, outcome: "refused", externalId: null, errors: [{ field: "" }] },
      { row: 4, outcome: "refused", externalId: "3", errors: [{ field: "shoeSize" }] },
      {
        row: 5,
        outcome: "refused",
        externalId: "1",
        errors: [{ field: "externalId", message: "row 1 has it too" }],
      },
      { row: 6, outcome: "created" },
    ]);
  });

  it.each([
    ["externalId", { externalId: "" }],
    ["externalId", { externalId: "x".repeat(65) }],
    ["externalId", { externalId: "1,98705E+17" }],
    ["externalId", { externalId: "1.98705E17" }],
    ["externalId", { externalId: null }],
    ["name", { name: "x".repeat(201) }],
    ["name", { name: "a\u202f\u0007" }],
    ["email", { email: "siti" }],
    ["email", { email: 5 }],
    ["birthDate", { birthDate: "12/05/1987" }],
    ["birthDate", { birthDate: "1987-02-30" }],
    ["birthDate", { birthDate: "1887-02-03" }],
    ["group", { group: ["A"] }],
    ["institution", { institution: "x".repeat(301) }],
    ["education", { education: { level: "S1" } }],
    ["assignmentLetter", { assignmentLetter: "a\nb" }],
  ])("EN3 names the field of a bad value: %s", async (field, change) => {
    const [row] = rowsOf(await postJson([{ externalId: "1", name: "Siti", ...change }]));
    expect(row).toMatchObject({ outcome: "refused", errors: [{ field }] });
    expect(row?.errors?.[0]?.message).not.toBe("Invalid input");
  });

  it.each([
    ["semicolons, a BOM and CRLF", "\ufeffexternalId;name;institution\r\n1;Citra;Dinas, Kota\r\n2;Dian;\r\n"],
    ["commas and LF", 'externalId,name,institution\n1,Citra,"Dinas, Kota"\n2,Dian,\n'],
    ["other order and capitals of the header", "Institution;NAME;ExternalID\n Dinas, Kota ;Citra;1\n;Dian;2"],
    ["blank lines and empty rows", "externalId;name;institution\n\n1;Citra;Dinas, Kota\n;;\n2;Dian\n\n"],
    ["quotation marks in a name", 'externalId;name;institution\n1;Citra;"Dinas, Kota"\n2;Dian "Didi";\n'],
    ["apostrophes before numbers", "externalId;name;institution\n'1;Citra;Dinas, Kota\n'2;Dian;\n"],
  ])("EN4 reads CSV with %s", async (_name, csv) => {
    const answer = await postCsv(csv);
    expect(rowsOf(answer)).toMatchObject([
      { row: 1, externalId: "1", outcome: "created" },
      { row: 2, externalId: "2", outcome: "created" },
    ]);
    const [first] = rowsOf(answer);
    const stored = await server.call("get", `/api/v1/enrolments/${first?.id}`, centre.key);
    expect(stored.json).toMatchObject({ name: "Citra", institution: "Dinas, Kota" });
  });

  it("EN2 keeps the good rows around bad ones, in CSV", async () => {
    const answer = await postCsv(
      [
        "externalId;name;email;birthDate",
        "1;Citra;citra@contoh.go.id;1990-01-02",
        "2;;dian;31-02-1990",
        "3;Eka;;;;lebih",
        "4;Fajar;;",
        '5;Gita "dua" mata;;',
      ].join("\r\n"),
      "text/csv; charset=utf-8",
    );
    expect(outcomesOf(answer)).toEqual(["created", "refused", "refused", "created", "created"]);
    expect(rowsOf(answer)[1]).toMatchObject({
      externalId: "2",
      errors: [{ field: "name" }, { field: "email" }, { field: "birthDate" }],
    });
    expect(rowsOf(answer)[2]?.errors).toEqual([{ field: "", message: "has 6 fields, the header has 4" }]);
  });

  it("EN2 keeps the rows before a quotation mark that is never closed", async () => {
    const answer = await postCsv('externalId;name\n1;Citra\n2;"Dian\n3;Eka\n');
    expect(outcomesOf(answer)).toEqual(["created", "refused"]);
  });

  it.each([
    ["an empty file", ""],
    ["only a BOM", "\ufeff"],
    ["no externalId", "name;email\nCitra;\n"],
    ["an unknown column", "externalId;name;jabatan\n1;Citra;Staf\n"],
    ["a column twice", "externalId;name;name\n1;Citra;Dian\n"],
    ["a row for a header", "1;Citra\n2;Dian\n"],
  ])("EN5 refuses a file with %s, naming the header", async (_name, csv) => {
    expect(await postCsv(csv)).toMatchObject({ status: 400, json: { errors: [{ path: "header" }] } });
  });

  it("EN5 takes a header without rows", async () => {
    expect((await postCsv("externalId;name\n")).json).toEqual({
      created: 0,
      updated: 0,
      refused: 0,
      rows: [],
    });
  });

  it("EN5 refuses what is not UTF-8, not an array, or beyond its bounds", async () => {
    const latin1 = new Uint8Array(Buffer.from("externalId;name\n1;Ren\u00e9\n", "latin1"));
    expect((await postCsv(latin1)).status).toBe(400);
    expect((await postJson({ externalId: "1", name: "Citra" })).status).toBe(400);
    expect((await postJson([])).status).toBe(400);
    const tooMany = `externalId;name\n${"1;C\n".repeat(20_001)}`;
    expect(await postCsv(tooMany)).toMatchObject({ status: 400, json: { code: "bad-request" } });
    expect((await postCsv("x".repeat(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect(await postCsv("a", "application/vnd.ms-excel")).toMatchObject({ status: 415 });
  });

  it("EN6 takes twenty thousand people at once", async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i};Peserta ${i};Instansi ${i % 50}`);
    const answer = await postCsv(`externalId;name;institution\n${lines.join("\n")}\n`);
    expect(answer).toMatchObject({ status: 200, json: { created: 20_000, refused: 0 } });
  });

  it("EN7 warns of a NIP that looks wrong and takes it", async () => {
    const answer = await postJson([
      { externalId: "198705122010011001", name: "Benar", birthDate: "1987-05-12" },
      { externalId: "198713122010011001", name: "Bulan 13" },
      { externalId: "198705122010012002", name: "Lahir lain", birthDate: "1988-05-12" },
      { externalId: "199001012022213001", name: "Kontrak PPPK, kode kelamin 3" },
      { externalId: "199001012022211001", name: "PPPK" },
      { externalId: "3273014508870002", name: "NIK" },
    ]);
    expect(rowsOf(answer).map((row) => row.warnings?.[0]?.field ?? null)).toEqual([
      null,
      "externalId",
      "externalId",
      "externalId",
      null,
      null,
    ]);
    expect(answer.json).toMatchObject({ refused: 0 });
  });
});
