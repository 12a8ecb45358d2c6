import { accept, type Result } from "../protocol/errors.ts";
import { csvFrom, type ReportTable } from "../reports/report-table.ts";
import { xlsxFileFrom } from "../reports/xlsx-file.ts";
import { XLSX_TYPE } from "../reports/xlsx-from.ts";
import { attachment } from "./attachment.ts";
import type { Reply } from "./route.ts";

/** Media types of the answers below. */
export const TABLE_TYPES = ["text/csv", XLSX_TYPE] as const;

/** A report's table as a file; `name` has no ending. */
export async function tableReply(
  table: ReportTable,
  format: "csv" | "xlsx",
  name: string,
): Promise<Result<Reply<never>>> {
  const headers = attachment(`${name}.${format}`);
  const body =
    format === "csv"
      ? { text: csvFrom(table), type: "text/csv; charset=utf-8" }
      : { bytes: await xlsxFileFrom(table), type: XLSX_TYPE };
  return accept({ status: 200, headers, body });
}
