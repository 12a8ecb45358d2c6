import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, it } from "vitest";
import type { AttendancePdfInput } from "../../server/reports/attendance-pdf.ts";
import { attendanceReport } from "../../server/reports/attendance-report.ts";
import { pdfFrom } from "../../server/reports/pdf-from.ts";
import { REPORT_INPUT, START } from "./class-evidence.ts";

const PRINTED_AT = START + 7_200_000;

function inputOf(people: number, slots = 2): AttendancePdfInput {
  const roster = Array.from({ length: people }, (_, i) => ({
    ...(REPORT_INPUT.roster[i] ?? {
      institution: "Dinas Komunikasi dan Informatika",
      name: `Peserta ${i + 1}`,
    }),
    enrolmentId: REPORT_INPUT.roster[i]?.enrolmentId ?? `enr_${i}`,
    externalId: `1987031220100${String(i).padStart(5, "0")}`,
  }));
  const length = 5_400_000 / slots;
  const session = {
    ...REPORT_INPUT.session,
    slots: Array.from({ length: slots }, (_, i) => ({
      id: `slt_${i + 1}`,
      startAt: START + i * length,
      endAt: START + (i + 1) * length,
      jp: 1,
    })),
  };
  return {
    report: attendanceReport({ ...REPORT_INPUT, session, roster }),
    programme: { code: "PAI-2026", title: "Pelatihan Pemanfaatan AI" },
    unitTitle: "Etika AI",
    printedAt: PRINTED_AT,
  };
}

/** Each page's text, and the page's size in points. */
async function pagesOf(bytes: Uint8Array) {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await loading.promise;
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, async (_, i) => {
      const page = await document.getPage(i + 1);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ("str" in item ? item.str : "")).join(" ");
      return { text: text.replace(/\s+/g, " "), view: page.view };
    }),
  );
  await loading.destroy();
  return pages;
}

describe("daftar hadir", () => {
  it("RP5 has the session, a line per person with each slot's share and JP, and room to sign", async () => {
    const pages = await pagesOf(await pdfFrom({ kind: "attendance", input: inputOf(3) }));
    expect(pages).toHaveLength(1);
    expect(pages[0]?.view.map(Math.round)).toEqual([0, 0, 842, 595]);
    for (const words of [
      "DAFTAR HADIR",
      "Pelatihan Pemanfaatan AI (PAI-2026)",
      "Etika AI (ETK)",
      "05/08/2024",
      "1: 09.00–09.45 WIB (1,00 JP); 2: 09.45–10.30 WIB (1,00 JP)",
      "Ana; S.Kom.",
      '=HYPERLINK("x")',
      "44 % / 0,00",
      "Tanda tangan",
      "Penyelenggara",
      "Halaman 1 dari 1",
    ]) {
      expect(pages[0]?.text).toContain(words);
    }
  });

  it("RP5 repeats its head and numbers its pages for 1,100 people", async () => {
    const pages = await pagesOf(await pdfFrom({ kind: "attendance", input: inputOf(1100) }));
    expect(pages.length).toBeGreaterThan(30);
    pages.forEach(({ text }, i) => {
      expect(text).toContain(`Halaman ${i + 1} dari ${pages.length}`);
      expect(text).toMatch(/Etika dalam praktik/);
    });
    const text = pages.map((page) => page.text).join(" ");
    for (let i = 3; i < 1100; i++) expect(text).toContain(`Peserta ${i + 1} `);
    expect(pages[1]?.text).toContain("NIP/ID");
  });

  it("RP5 takes more slots than stand side by side, and names that no line holds", async () => {
    const input = inputOf(4, 30);
    const name = `${"W".repeat(150)} ${"nama panjang ".repeat(8)}<script>`;
    const items = input.report.items.map((item) => ({ ...item, name }));
    const report = { ...input.report, items };
    const pages = await pagesOf(await pdfFrom({ kind: "attendance", input: { ...input, report } }));
    expect(pages.map((page) => page.text).join(" ")).toContain("<script>");
    expect(pages.map((page) => page.text).join(" ")).toContain("30: ");
  });

  it("RP5 a session without anybody gives a page all the same", async () => {
    const pages = await pagesOf(await pdfFrom({ kind: "attendance", input: inputOf(0) }));
    expect(pages.map(({ text }) => text)).toEqual([expect.stringContaining("Halaman 1 dari 1")]);
  });
});
