import { type CsvError, type Info, parse } from "csv-parse/sync";
import { ENROLMENT_FIELDS, MAX_ENROLMENT_ROWS } from "../protocol/api-records.ts";
import { accept, type Result } from "../protocol/errors.ts";
import { fieldRefused } from "./field-refusal.ts";

/** One row of the file: its cells by field, or what is wrong with the row itself. */
export type CsvRow = { readonly cells: Readonly<Record<string, string>> } | { readonly fault: string };

/**
 * The rows of an enrolment file: `;` or `,` between fields, with or without a BOM, any line ends, the header
 * in any order and case. Refuses the whole file only for its header or its number of rows.
 */
export function csvRowsFrom(text: string): Result<readonly CsvRow[]> {
  const { records, fault } = recordsFrom(text);
  const [header, ...rows] = records;
  if (!header) return fieldRefused("header", fault ?? "the file is empty");
  const fields = fieldsFrom(header);
  if (!fields.ok) return fields;
  if (rows.length > MAX_ENROLMENT_ROWS) return fieldRefused("", `has more than ${MAX_ENROLMENT_ROWS} rows`);
  const read = rows.map((cells) => rowFrom(fields.data, cells));
  return accept(fault === null ? read : [...read, { fault }]);
}

function recordsFrom(text: string): { records: string[][]; fault: string | null } {
  const records: string[][] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      to: MAX_ENROLMENT_ROWS + 2,
      on_record: (record: string[]) => {
        records.push(record);
        return null;
      },
    });
    return { records, fault: null };
  } catch (error) {
    // What was read before stays: only the rest of the file is lost.
    if (isCsvError(error)) return { records, fault: faultFrom(error) };
    throw error;
  }
}

function isCsvError(error: unknown): error is CsvError & Partial<Info> {
  return error instanceof Error && "code" in error && String(error.code).startsWith("CSV_");
}

function faultFrom(error: CsvError & Partial<Info>): string {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "a quotation mark opens here and is never closed";
  return `from line ${error.lines ?? "?"} on this is no CSV`;
}

/** Indonesian spreadsheets write `;`, others `,`: the header line tells. */
function delimiterOf(text: string): ";" | "," {
  const header = text.trimStart().split(/[\r\n]/, 1)[0] ?? "";
  return header.split(";").length > header.split(",").length ? ";" : ",";
}

function fieldsFrom(header: readonly string[]): Result<readonly string[]> {
  const fields: string[] = [];
  for (const name of header) {
    const field = ENROLMENT_FIELDS.find((known) => known.toLowerCase() === name.trim().toLowerCase());
    if (!field) return fieldRefused("header", `${name} is none of ${ENROLMENT_FIELDS.join(", ")}`);
    if (fields.includes(field)) return fieldRefused("header", `${field} stands there twice`);
    fields.push(field);
  }
  const missing = ["externalId", "name"].filter((field) => !fields.includes(field));
  if (missing.length > 0) return fieldRefused("header", `${missing.join(" and ")} must be there`);
  return accept(fields);
}

function rowFrom(fields: readonly string[], cells: readonly string[]): CsvRow {
  const surplus = cells.slice(fields.length).some((cell) => cell !== "");
  if (surplus) return { fault: `has ${cells.length} fields, the header has ${fields.length}` };
  return { cells: Object.fromEntries(fields.map((field, index) => [field, textOf(cells[index] ?? "")])) };
}

/** Our own exports, and people, put a `'` before what a spreadsheet would take for a number or a formula. */
function textOf(cell: string): string {
  return cell.replace(/^'(?=[\d=+\-@])/, "");
}
