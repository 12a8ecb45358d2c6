import { MAX_RESULT_ROWS, RESULT_FIELDS } from "../protocol/completion.ts";
import { accept, type Result } from "../protocol/errors.ts";
import { csvTableFrom } from "./csv-table.ts";
import { fieldRefused } from "./field-refusal.ts";

/** One row of the file: its cells by field, or what is wrong with the row itself. */
export type ResultCsvRow = { readonly cells: Readonly<Record<string, string>> } | { readonly fault: string };

const NEEDED = ["externalId", "requirement", "takenAt", "source"];

/**
 * The rows of a file of results, the header in any order and case. Refuses the whole file only for its
 * header or its number of rows.
 */
export function resultRowsFrom(text: string): Result<readonly ResultCsvRow[]> {
  const { records, fault } = csvTableFrom(text, MAX_RESULT_ROWS);
  const [header, ...rows] = records;
  if (!header) return fieldRefused("header", fault ?? "the file is empty");
  const fields = fieldsFrom(header);
  if (!fields.ok) return fields;
  if (rows.length > MAX_RESULT_ROWS) return fieldRefused("", `has more than ${MAX_RESULT_ROWS} rows`);
  const read = rows.map((cells) => rowFrom(fields.data, cells));
  return accept(fault === null ? read : [...read, { fault }]);
}

function fieldsFrom(header: readonly string[]): Result<readonly string[]> {
  const fields: string[] = [];
  for (const name of header) {
    const field = RESULT_FIELDS.find((known) => known.toLowerCase() === name.toLowerCase());
    if (!field) return fieldRefused("header", `${name} is none of ${RESULT_FIELDS.join(", ")}`);
    if (fields.includes(field)) return fieldRefused("header", `${field} stands there twice`);
    fields.push(field);
  }
  const missing = NEEDED.filter((field) => !fields.includes(field));
  if (missing.length > 0) return fieldRefused("header", `${missing.join(" and ")} must be there`);
  return accept(fields);
}

function rowFrom(fields: readonly string[], cells: readonly string[]): ResultCsvRow {
  const surplus = cells.slice(fields.length).some((cell) => cell !== "");
  if (surplus) return { fault: `has ${cells.length} fields, the header has ${fields.length}` };
  return { cells: Object.fromEntries(fields.map((field, index) => [field, textOf(cells[index] ?? "")])) };
}

/** Our own exports, and people, put a `'` before what a spreadsheet would take for a number or a formula. */
function textOf(cell: string): string {
  return cell.replace(/^'(?=[\d=+\-@])/, "");
}
