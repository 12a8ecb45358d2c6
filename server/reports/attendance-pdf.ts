import type { AttendanceReport, ReportItem } from "./attendance-report.ts";
import { createPdf, PAGE, type Pdf } from "./pdf-document.ts";
import { columnsFrom, type PdfColumn, rowHeight } from "./pdf-table.ts";
import { dayIn, slotTimes, timeIn } from "./slot-title.ts";

export interface AttendancePdfInput {
  readonly report: AttendanceReport;
  readonly programme: { readonly code: string; readonly title: string };
  readonly unitTitle: string;
  /** Epoch ms: stands at the foot of every page. */
  readonly printedAt: number;
}

const MARGIN = 34;
const FOOT = PAGE.height - 30;
const WIDTH = PAGE.width - 2 * MARGIN;
const LINE = "#98a2b3";
const INK = "#101828";
/** More slots than this stand as text in one cell. */
const MAX_SLOT_COLUMNS = 4;
const SIGNATURES_HEIGHT = 104;
const MODES = { online: "Daring", offline: "Luring", hybrid: "Hibrida" } as const;

/** The *daftar hadir* for the archive: a line per person, absent people too; the head stands on every page. */
export async function attendancePdf(input: AttendancePdfInput): Promise<Uint8Array<ArrayBuffer>> {
  const { report } = input;
  const { pdf, finish } = createPdf(`Daftar hadir: ${report.session.title}`);
  const columns = columnsOf(report);
  let top = drawTableHead(pdf, columns, drawHead(pdf, input));
  for (const [index, item] of report.items.entries()) {
    const cells = cellsOf(item, index, report);
    const height = rowHeight(pdf, columns, cells);
    if (top + height > FOOT - 12) {
      pdf.addPage();
      top = drawTableHead(pdf, columns, drawRunningHead(pdf, input));
    }
    drawRow(pdf, columns, cells, top, height);
    top += height;
  }
  if (top + SIGNATURES_HEIGHT > FOOT - 12) {
    pdf.addPage();
    top = drawRunningHead(pdf, input);
  }
  drawSignatures(pdf, top + 14);
  drawFeet(pdf, input);
  return await finish();
}

function drawHead(pdf: Pdf, { report, programme, unitTitle }: AttendancePdfInput): number {
  const { session } = report;
  const zone = session.timeZone;
  pdf
    .fillColor(INK)
    .font("bold")
    .fontSize(15)
    .text("DAFTAR HADIR", MARGIN, MARGIN - 4, { width: WIDTH });
  const days = [...new Set(session.slots.map((slot) => dayIn(slot.startAt, zone)))];
  const slots = session.slots.map((slot, i) => `${i + 1}: ${slotTimes(slot, zone)} (${jpText(slot.jp)} JP)`);
  const lines: readonly (readonly [string, string])[] = [
    ["Pelatihan", `${programme.title} (${programme.code})`],
    ["Mata pelatihan", `${unitTitle} (${session.unit})`],
    ["Sesi", `${session.title} · ${MODES[session.mode]}`],
    ["Tanggal", days.join("; ")],
    ["Slot", slots.join("; ")],
  ];
  let top = MARGIN + 18;
  for (const [name, value] of lines) {
    pdf.font("bold").fontSize(9).text(name, MARGIN, top, { width: 84 });
    const width = WIDTH - 90;
    pdf.font("regular").text(value, MARGIN + 90, top, { width });
    top += Math.max(13, pdf.heightOfString(value, { width }) + 3);
  }
  if (!report.rosterFixed) {
    pdf.font("regular").fontSize(8).text("Sementara: kelas belum ditutup.", MARGIN, top, { width: WIDTH });
    top += 12;
  }
  return top + 6;
}

function drawRunningHead(pdf: Pdf, { report, programme }: AttendancePdfInput): number {
  const text = `Daftar hadir · ${programme.code} · ${report.session.title}`;
  pdf.fillColor(INK).font("bold").fontSize(9);
  pdf.text(text, MARGIN, MARGIN - 4, { width: WIDTH, height: 12, ellipsis: true });
  return MARGIN + 14;
}

function columnsOf({ session }: AttendanceReport): readonly PdfColumn[] {
  const { slots } = session;
  const perSlot: readonly PdfColumn[] =
    slots.length <= MAX_SLOT_COLUMNS
      ? slots.map((_slot, i) => ({ title: `Slot ${i + 1}\nhadir / JP`, width: 64, align: "center" }))
      : [{ title: "Slot: hadir / JP", width: 250, align: "left" }];
  return columnsFrom(WIDTH, [
    { title: "No", width: 28, align: "right" },
    { title: "NIP/ID", width: 98, align: "left" },
    { title: "Nama", share: 5, align: "left" },
    { title: "Instansi", share: 4, align: "left" },
    ...perSlot,
    { title: "Total JP", width: 40, align: "right" },
    { title: "Tanda tangan", width: 84, align: "left" },
  ]);
}

function cellsOf(item: ReportItem, index: number, { session }: AttendanceReport): readonly string[] {
  const slots = item.slots.map(({ share, jp, because }) =>
    because === "not-held" ? "–" : `${Math.floor(share / 100)} % / ${jpText(jp)}`,
  );
  const perSlot =
    session.slots.length <= MAX_SLOT_COLUMNS
      ? slots
      : [slots.map((text, i) => `${i + 1}: ${text}`).join("; ")];
  return [
    String(index + 1),
    item.externalId,
    item.name,
    item.institution ?? "",
    ...perSlot,
    jpText(item.jp),
    "",
  ];
}

function drawTableHead(pdf: Pdf, columns: readonly PdfColumn[], top: number): number {
  const height = 26;
  pdf.rect(MARGIN, top, WIDTH, height).fill("#e4e7ec");
  drawCells(
    pdf.fillColor(INK).font("bold").fontSize(8),
    columns,
    columns.map(({ title }) => title),
    top,
  );
  drawGrid(pdf, columns, top, height);
  pdf.font("regular");
  return top + height;
}

function drawRow(
  pdf: Pdf,
  columns: readonly PdfColumn[],
  cells: readonly string[],
  top: number,
  height: number,
): void {
  drawCells(pdf.fillColor(INK).font("regular").fontSize(8), columns, cells, top);
  drawGrid(pdf, columns, top, height);
}

function drawCells(pdf: Pdf, columns: readonly PdfColumn[], cells: readonly string[], top: number): void {
  let left = MARGIN;
  columns.forEach(({ width, align }, i) => {
    const text = cells[i] ?? "";
    if (text !== "") pdf.text(text, left + 4, top + 4, { width: width - 8, align });
    left += width;
  });
}

function drawGrid(pdf: Pdf, columns: readonly PdfColumn[], top: number, height: number): void {
  pdf.lineWidth(0.5).strokeColor(LINE).rect(MARGIN, top, WIDTH, height);
  let left = MARGIN;
  for (const { width } of columns.slice(0, -1)) {
    left += width;
    pdf.moveTo(left, top).lineTo(left, top + height);
  }
  pdf.stroke();
}

function drawSignatures(pdf: Pdf, top: number): void {
  const width = 200;
  for (const [title, left] of [
    ["Pengajar", MARGIN],
    ["Penyelenggara", PAGE.width - MARGIN - width],
  ] as const) {
    pdf.fillColor(INK).font("regular").fontSize(9).text(title, left, top, { width });
    pdf.lineWidth(0.5).strokeColor(INK);
    pdf
      .moveTo(left, top + 62)
      .lineTo(left + width, top + 62)
      .stroke();
    pdf.text("Nama, NIP, dan tanda tangan", left, top + 66, { width });
  }
}

function drawFeet(pdf: Pdf, { report, printedAt }: AttendancePdfInput): void {
  const { id, timeZone } = report.session;
  const { start, count } = pdf.bufferedPageRange();
  const printed = `Dicetak ${dayIn(printedAt, timeZone)} ${timeIn(printedAt, timeZone)} dari catatan ${id}`;
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.fillColor("#475467").font("regular").fontSize(8);
    pdf.text(printed, MARGIN, FOOT, { width: WIDTH, lineBreak: false });
    const number = `Halaman ${page - start + 1} dari ${count}`;
    pdf.text(number, PAGE.width - MARGIN - 120, FOOT, { width: 120, align: "right", lineBreak: false });
  }
}

function jpText(jp: number): string {
  return jp.toFixed(2).replace(".", ",");
}
