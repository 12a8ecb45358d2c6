import { ENROLMENT_FIELDS, MAX_ENROLMENT_ROWS } from "../protocol/api-records.ts";
import { accept, type Result } from "../protocol/errors.ts";
import { isoDateFrom } from "../protocol/iso-date-from.ts";
import { rosterFieldFrom } from "../protocol/roster-titles.ts";
import { fieldRefused } from "./field-refusal.ts";

/** One row of a roster file: its cells by field, or what is wrong with the row itself. */
export type RosterRow = { readonly cells: Readonly<Record<string, string>> } | { readonly fault: string };

/**
 * The rows of a roster from a table of texts, whose first row has the titles: the API's fields in any order
 * and case, or what people call them. Refuses the whole for its titles or its number of rows.
 */
export function rosterRowsFrom(table: readonly (readonly string[])[]): Result<readonly RosterRow[]> {
  const [titles, ...rows] = table;
  if (!titles) return fieldRefused("header", "the file is empty");
  const fields = fieldsFrom(titles);
  if (!fields.ok) return fields;
  if (rows.length > MAX_ENROLMENT_ROWS) return fieldRefused("", `has more than ${MAX_ENROLMENT_ROWS} rows`);
  return accept(rows.map((cells) => rowFrom(fields.data, cells)));
}

function fieldsFrom(titles: readonly string[]): Result<readonly string[]> {
  const fields: string[] = [];
  for (const title of titles) {
    const name = rosterFieldFrom(title);
    const field = ENROLMENT_FIELDS.find((known) => known.toLowerCase() === name.toLowerCase());
    if (!field) return fieldRefused("header", `${name} is none of ${ENROLMENT_FIELDS.join(", ")}`);
    if (fields.includes(field)) return fieldRefused("header", `${field} stands there twice`);
    fields.push(field);
  }
  const missing = ["externalId", "name"].filter((field) => !fields.includes(field));
  if (missing.length > 0) return fieldRefused("header", `${missing.join(" and ")} must be there`);
  return accept(fields);
}

function rowFrom(fields: readonly string[], cells: readonly string[]): RosterRow {
  const surplus = cells.slice(fields.length).some((cell) => cell !== "");
  if (surplus) return { fault: `has ${cells.length} fields, the header has ${fields.length}` };
  const texts = fields.map((field, index) => {
    const text = textOf(cells[index] ?? "");
    return [field, field === "birthDate" ? isoDateFrom(text) : text];
  });
  return { cells: Object.fromEntries(texts) };
}

/** Our own exports, and people, put a `'` before what a spreadsheet would take for a number or a formula. */
function textOf(cell: string): string {
  return cell.replace(/^'(?=[\d=+\-@])/, "");
}
