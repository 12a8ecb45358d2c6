import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EnrolmentRow } from "../../server/protocol/api-records.ts";
import { xlsxFrom } from "../fixtures/xlsx-from.ts";
import { zipFrom } from "../fixtures/zip-from.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const PATH = "/api/v1/programmes/PAI-2026/enrolments";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, type: string) =>
  server.call("post", path, { ...centre.key, body, type });
const preview = (csv: string) => post(`${PATH}/preview`, csv, "text/csv");
const rowsOf = (answer: { readonly json: unknown }) => (answer.json as { rows: EnrolmentRow[] }).rows;
const rosterOf = async () =>
  (await server.store.enrolments.roster(centre.programme.id, null)).map(({ name }) => name);

describe("a roster's preview", () => {
  it("EN8 says what an import would do, row by row, and writes nothing", async () => {
    const before = await rosterOf();
    const csv = `\ufeffNIP;Nama;Tanggal lahir\r\n${[
      `${centre.ayu.externalId};Ayu Lestari, S.T.;`,
      "198705122010012003;Citra;1987-05-12",
      "198705122010012003;Dian;",
      ";Eka;",
      "5;;",
      "198713122010011001;Fajar;",
      "7;Gita\u0000;",
      "8;<script>alert(1)</script>;",
      '9;\'=HYPERLINK("http://x");',
    ].join("\r\n")}\r\n`;
    const told = await preview(csv);
    expect(told).toMatchObject({ status: 200, json: { created: 4, updated: 1, refused: 4 } });
    expect(rowsOf(told)).toMatchObject([
      { row: 1, outcome: "updated" },
      { row: 2, outcome: "created" },
      { row: 3, outcome: "refused", errors: [{ field: "externalId", message: "row 2 has it too" }] },
      { row: 4, outcome: "refused", errors: [{ field: "externalId" }] },
      { row: 5, outcome: "refused", errors: [{ field: "name" }] },
      { row: 6, outcome: "created", warnings: [{ field: "externalId" }] },
      { row: 7, outcome: "refused", errors: [{ field: "name" }] },
      { row: 8, outcome: "created" },
      { row: 9, outcome: "created" },
    ]);
    expect(await rosterOf()).toEqual(before);

    const imported = await post(PATH, csv, "text/csv");
    expect(rowsOf(imported).map(({ outcome }) => outcome)).toEqual(
      rowsOf(told).map(({ outcome }) => outcome),
    );
    expect(await rosterOf()).toContain("<script>alert(1)</script>");
  });

  it("EN12 takes birth dates with the day first, as spreadsheets in Indonesia write them", async () => {
    const dates = [
      "12/05/1987",
      "1/2/1990",
      "03-04-1988",
      "3.4.1988",
      "31/02/1990",
      "5/13/1990",
      "12/05-1987",
    ];
    const csv = `NIP;Nama;Tanggal lahir\r\n${dates.map((date, i) => `${i};Orang ${i};${date}\r\n`).join("")}`;
    const rows = rowsOf(await post(PATH, csv, "text/csv"));
    expect(rows.map(({ outcome }) => outcome)).toEqual([
      ...Array(4).fill("created"),
      ...Array(3).fill("refused"),
    ]);
    expect(rows[4]).toMatchObject({ errors: [{ field: "birthDate" }] });
    const roster = await server.store.enrolments.roster(centre.programme.id, null);
    expect(roster.filter(({ name }) => name.startsWith("Orang")).map(({ birthDate }) => birthDate)).toEqual([
      "1987-05-12",
      "1990-02-01",
      "1988-04-03",
      "1988-04-03",
    ]);
  });

  it("EN8 finds the one bad row of ten thousand", async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => (i === 7_000 ? "7000;" : `${i};Peserta ${i}`));
    const told = await preview(`externalId;name\n${lines.join("\n")}\n`);
    expect(told).toMatchObject({ json: { created: 9_999, refused: 1 } });
    expect(rowsOf(told).find(({ outcome }) => outcome === "refused")).toMatchObject({
      row: 7_001,
      errors: [{ field: "name" }],
    });
  });
});

describe("conditions of entry over the API", () => {
  it("EC6 are kept by version and refuse rows, naming the field, in previews and imports", async () => {
    const path = "/api/v1/programmes/PAI-2026/entry";
    expect((await server.call("get", path, centre.key)).json).toEqual({ version: 1, conditions: [] });
    const conditions = [
      { rule: "maxAgeAtStart", field: "birthDate", years: 53 },
      { rule: "minEducation", field: "education", level: "D3" },
      { rule: "required", field: "assignmentLetter" },
    ];
    const changed = await server.call("put", path, { ...centre.key, json: { conditions } });
    expect(changed).toMatchObject({ status: 200, json: { version: 2, conditions } });
    expect((await server.call("get", path, centre.key)).json).toEqual({ version: 2, conditions });
    const bad = { conditions: [{ ...conditions[0], years: 500 }] };
    expect(await server.call("put", path, { ...centre.key, json: bad })).toMatchObject({
      status: 400,
      json: { errors: [{ path: "conditions.0.years" }] },
    });

    const csv = [
      "NIP;Nama;Tanggal lahir;Pendidikan;Surat tugas",
      "1;Baik;1990-01-02;S1;ST-1",
      "2;Tua;1940-01-02;S1;ST-1",
      "3;Sekolah;1990-01-02;SMA;ST-1",
      "4;Tanpa surat;1990-01-02;D-III;",
      "5;Semuanya;;SMA;",
    ].join("\r\n");
    for (const answer of [await preview(csv), await post(PATH, csv, "text/csv")]) {
      expect(rowsOf(answer).map(({ errors = [] }) => errors.map(({ field }) => field))).toEqual([
        [],
        ["birthDate"],
        ["education"],
        ["assignmentLetter"],
        ["birthDate", "education", "assignmentLetter"],
      ]);
    }
    expect(await rosterOf()).not.toContain("Tua");
  });
});

describe("a roster as a workbook", () => {
  it("EN9 takes titles of people, text, dates and short numbers, and leaves empty edges out", async () => {
    const file = await xlsxFrom([
      ["Nama", "NIP", "Tanggal lahir", "Instansi", null],
      ["Citra", "198705122010012003", new Date(Date.UTC(1987, 4, 12)), "Dinas; Kota", null],
      [null, null, null, null, null],
      ["Dian", 4711, "1990-01-02", null, null],
    ]);
    const answer = await post(PATH, file, XLSX);
    expect(rowsOf(answer)).toMatchObject([
      { externalId: "198705122010012003", outcome: "created" },
      { externalId: "4711", outcome: "created" },
    ]);
    const stored = await server.call("get", `/api/v1/enrolments/${rowsOf(answer)[0]?.id}`, centre.key);
    expect(stored.json).toMatchObject({ birthDate: "1987-05-12", institution: "Dinas; Kota" });
  });

  it("EN9 refuses a number that a spreadsheet has rounded, naming its row and field", async () => {
    const file = await xlsxFrom([
      ["NIP", "Nama"],
      [Number("198705122010012003"), "Citra"],
      ["198705122010012003", "Dian"],
    ]);
    expect(rowsOf(await post(`${PATH}/preview`, file, XLSX))).toMatchObject([
      {
        row: 1,
        outcome: "refused",
        errors: [{ field: "externalId", message: expect.stringContaining("text") }],
      },
      { row: 2, outcome: "created" },
    ]);
  });

  it.each([
    ["nothing", async () => new Uint8Array()],
    ["a text", async () => new TextEncoder().encode("NIP;Nama\n1;Citra\n")],
    ["half a file", async () => (await xlsxFrom([["NIP", "Nama"]])).slice(0, 600)],
    ["an archive of something else", async () => zipFrom([{ name: "a.txt", content: "a" }])],
    ["sizes that lie", async () => zipFrom([{ name: "a.xml", content: "a".repeat(5000), says: 10 }])],
    ["an old workbook", async () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, ...new Array(600).fill(0)])],
  ])("EN9 refuses %s", async (_name, make) => {
    const answer = await post(`${PATH}/preview`, await make(), XLSX);
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: "file" }] } });
  });

  it("EN9 stops a bomb before it unpacks, whether or not it tells its size", async () => {
    const bomb = { name: "xl/worksheets/sheet1.xml", content: "\0".repeat(200 * 1024 * 1024) };
    const packed = deflateRawSync(bomb.content);
    const told = zipFrom([{ ...bomb, packed }]);
    const lying = zipFrom([{ ...bomb, packed, says: 100 }]);
    expect(told.length).toBeLessThan(10 * 1024 * 1024);
    expect(await post(`${PATH}/preview`, told, XLSX)).toMatchObject({ status: 413 });
    expect(await post(`${PATH}/preview`, lying, XLSX)).toMatchObject({ status: 413 });
  });

  it("EN9 stops a sheet that is small packed and huge as cells, and reads the next one", async () => {
    const cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>';
    const answer = await post(`${PATH}/preview`, sheetFrom(cell), XLSX);
    expect([400, 413]).toContain(answer.status);
    const good = await xlsxFrom([
      ["NIP", "Nama"],
      ["1", "Citra"],
    ]);
    expect(await post(`${PATH}/preview`, good, XLSX)).toMatchObject({ json: { created: 1 } });
  });

  it("EN9 takes of a formula what it last gave, and never the formula", async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>NIP</t></is></c><c r="B1" t="inlineStr"><is><t>Nama</t></is></c></row>' +
      '<row r="2"><c r="A2"><f>40+2</f><v>42</v></c><c r="B2" t="str"><f>"Ci"&amp;"tra"</f><v>Citra</v></c></row>';
    expect(rowsOf(await post(PATH, sheetFrom(rows), XLSX))).toMatchObject([
      { externalId: "42", outcome: "created" },
    ]);
    expect(await rosterOf()).toContain("Citra");
  });

  it("EN9 refuses 50 MB unread", async () => {
    const answer = await post(`${PATH}/preview`, new Uint8Array(50 * 1024 * 1024), XLSX).catch(() => null);
    // The connection may be cut while the rest is still on its way.
    if (answer) expect(answer.status).toBe(413);
  });
});

const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** The smallest workbook around the rows of a sheet. */
function sheetFrom(rows: string): Uint8Array<ArrayBuffer> {
  return zipFrom([
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: "xl/worksheets/sheet1.xml",
      content: `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
    },
  ]);
}
