import writeXlsxFile, { type Cell, type Row } from "write-excel-file/node";
import type { ReportCell, ReportTable } from "./report-table.ts";

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A table as a workbook of one sheet: texts as texts, numbers as numbers, the header frozen, no formula. */
export async function xlsxFrom({ title, columns, rows }: ReportTable): Promise<Buffer> {
  const header: Row = columns.map((column) => ({
    value: column.title,
    type: String,
    fontWeight: "bold",
    textWrap: true,
    alignVertical: "center",
    backgroundColor: "#E8EEF4",
  }));
  return await writeXlsxFile([header, ...rows.map((row) => row.map(cellFrom))], {
    sheet: title,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: "landscape",
  }).toBuffer();
}

/** `@` keeps a NIP of 18 digits a text when somebody edits its cell. */
function cellFrom(cell: ReportCell): Cell {
  if (typeof cell === "string") return cell === "" ? null : { value: cell, type: String, format: "@" };
  const format = cell.digits === 0 ? "0" : `0.${"0".repeat(cell.digits)}`;
  return { value: cell.value, type: Number, format };
}
