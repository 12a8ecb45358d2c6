import { MAX_ENROLMENT_ROWS } from "../protocol/api-records.ts";
import { accept, type Result } from "../protocol/errors.ts";
import { csvTableFrom } from "./csv-table.ts";
import { type RosterRow, rosterRowsFrom } from "./enrolment-table.ts";
import { fieldRefused } from "./field-refusal.ts";

/**
 * The rows of an enrolment file: `;` or `,` between fields, with or without a BOM, any line ends, the header
 * in any order and case. Refuses the whole file only for its header or its number of rows.
 */
export function csvRowsFrom(text: string): Result<readonly RosterRow[]> {
  const { records, fault } = csvTableFrom(text, MAX_ENROLMENT_ROWS);
  if (records.length === 0 && fault !== null) return fieldRefused("header", fault);
  const rows = rosterRowsFrom(records);
  return rows.ok && fault !== null ? accept([...rows.data, { fault }]) : rows;
}
