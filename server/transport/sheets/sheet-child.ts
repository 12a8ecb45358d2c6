import { buffer } from "node:stream/consumers";
import { type CellValue, readSheet } from "read-excel-file/node";
import { archiveFaultFrom } from "./check-archive.ts";
import type { SheetReport } from "./sheet-report.ts";

/**
 * The entry of the child process that reads one workbook (XLSX) from standard input and writes its first sheet
 * to standard output as JSON. Whatever the file does to it, it does to nobody else.
 */

/** A spreadsheet keeps 15 digits of a number: what has more has lost its last ones. */
const FIRST_ROUNDED = 1e15;
/** A roster has eight columns; a stray cell far to the right is not one. */
const MAX_COLUMNS = 200;

async function reportFrom(bytes: Buffer): Promise<SheetReport> {
  const fault = archiveFaultFrom(bytes);
  if (fault !== null) return { fault, details: "the archive" };
  try {
    const sheet = await readSheet(bytes, { parseNumber: (text) => numberText(text) });
    return { rows: withoutEmptyEdges(sheet.map((row) => row.slice(0, MAX_COLUMNS).map(textFrom))) };
  } catch (error) {
    return { fault: "broken", details: error instanceof Error ? error.message.slice(0, 200) : "" };
  }
}

/** A rounded number keeps its exponent, so that who checks the field sees what became of it. */
function numberText(text: string): string {
  const number = Number(text);
  return Math.abs(number) >= FIRST_ROUNDED ? number.toExponential() : String(number);
}

function textFrom(cell: CellValue<string> | null): string {
  if (cell === null) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
}

/** Without empty rows, and without columns that have neither a title nor a cell. */
function withoutEmptyEdges(rows: readonly (readonly string[])[]): string[][] {
  const filled = rows.filter((row) => row.some((cell) => cell !== ""));
  const columns = new Set<number>();
  for (const row of filled) for (const [index, cell] of row.entries()) if (cell !== "") columns.add(index);
  return filled.map((row) => row.filter((_cell, index) => columns.has(index)));
}

process.stdout.end(JSON.stringify(await reportFrom(await buffer(process.stdin))));
