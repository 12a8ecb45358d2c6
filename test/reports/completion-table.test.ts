import readXlsxFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { type CompletionReport, completionReportSchema } from "../../server/protocol/completion.ts";
import { attendanceReport } from "../../server/reports/attendance-report.ts";
import { attendanceTable } from "../../server/reports/attendance-table.ts";
import { completionTable } from "../../server/reports/completion-table.ts";
import { csvFrom } from "../../server/reports/report-table.ts";
import { xlsxFrom } from "../../server/reports/xlsx-from.ts";
import { zipEntries } from "../support/zip-entries.ts";
import { REPORT_INPUT } from "./class-evidence.ts";

const requirements = [{ code: "attendance.unit:KAI", minShare: 8000 }, { code: "assignment:A1" }];
const REPORT: CompletionReport = completionReportSchema.parse({
  programme: { id: "prg_1", code: "PAI", title: "Pelatihan" },
  policy: { requirements },
  policyVersion: 3,
  endsAt: 5,
  decidedAt: 6,
  items: [
    {
      enrolmentId: "enr_1",
      externalId: "198703122010011004",
      name: '=HYPERLINK("http://x")',
      institution: null,
      group: "A",
      isErased: false,
      policyVersion: 3,
      status: "incomplete",
      jp: 4.25,
      units: [{ code: "KAI", jp: 4.25 }],
      requirements: [
        { code: "attendance.unit:KAI", required: 4.8, found: 4.25, met: false, why: "too-few-jp" },
        { code: "assignment:A1", required: "accepted", found: "accepted", met: true, why: "accepted" },
      ],
    },
  ],
});

describe("the completion table", () => {
  it("CO9 as CSV tells each requirement with what was found, required and why, and the policy's version", () => {
    const [header, line] = csvFrom(completionTable(REPORT)).split("\r\n");
    expect(header).toContain(
      "Status;JP;Kehadiran KAI;Kehadiran KAI: diperoleh;Kehadiran KAI: disyaratkan;Kehadiran KAI: keterangan;Tugas A1;",
    );
    expect(line).toBe(
      `1;"198703122010011004";"'=HYPERLINK(""http://x"")";;A;belum lulus;4,25;belum;4,25;4,80;JP kurang;` +
        "terpenuhi;diterima;diterima;diterima;3",
    );
  });
});

describe("XLSX", () => {
  it.each([
    ["completion", completionTable(REPORT), '=HYPERLINK("http://x")'],
    ["attendance", attendanceTable(attendanceReport(REPORT_INPUT)), '=HYPERLINK("x")'],
  ])("EV8 %s: texts are texts, numbers numbers, no cell is a formula", async (_name, table, formula) => {
    const file = await xlsxFrom(table);
    const [sheet] = await readXlsxFile(file);
    const [header, first] = sheet?.data ?? [];
    expect(header).toEqual(table.columns.map(({ title }) => title));
    expect(first?.[0]).toBe(1);
    expect(first?.[1]).toBe("198703122010011004");
    expect((sheet?.data ?? []).flat()).toContain(formula);
    const xml = zipEntries(file).get("xl/worksheets/sheet1.xml") ?? "";
    expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
    expect(xml).not.toMatch(/<f[ >]/);
  });
});
