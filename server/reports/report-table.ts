import { stringify } from "csv-stringify/sync";

/** One cell: a text stays a text whatever it looks like; a number has a fixed count of decimals. */
export type ReportCell = string | { readonly value: number; readonly digits: number };

/** A report as rows of typed cells, which CSV and XLSX are written from. */
export interface ReportTable {
  /** Of the sheet: at most 31 characters. */
  readonly title: string;
  readonly columns: readonly {
    readonly title: string;
    /** In characters. */
    readonly width: number;
  }[];
  readonly rows: readonly (readonly ReportCell[])[];
}

/** A number of a person, such as a NIP: quoted, as text is; a program finds in it what the roster has. */
const LONG_NUMBER = /^(0\d+|\d{10,})$/;

/**
 * A table as Indonesian spreadsheets open it: UTF-8 with BOM, `;` between fields, decimal commas, CRLF.
 * Numbers of people stay text; a cell that begins like a formula gets a `'` before it.
 */
export function csvFrom({ columns, rows }: ReportTable): string {
  return stringify([columns.map(({ title }) => title), ...rows.map((row) => row.map(textOf))], {
    bom: true,
    delimiter: ";",
    record_delimiter: "windows",
    escape_formulas: true,
    quoted_match: LONG_NUMBER,
  });
}

function textOf(cell: ReportCell): string {
  return typeof cell === "string" ? cell : decimal(cell.value, cell.digits);
}

/** A number as Indonesian writes it. */
export function decimal(value: number, digits: number): string {
  return value.toFixed(digits).replace(".", ",");
}
