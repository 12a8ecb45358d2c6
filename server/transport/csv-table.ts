import { type CsvError, type Info, parse } from "csv-parse/sync";

/** A file's records, the header first, and what was wrong with the rest of it. */
interface CsvTable {
  readonly records: string[][];
  readonly fault: string | null;
}

/**
 * The records of a CSV file: `;` or `,` between fields, with or without a BOM, any line ends. It reads two
 * records more than `maxRows`, so that too many can be told.
 */
export function csvTableFrom(text: string, maxRows: number): CsvTable {
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
      to: maxRows + 2,
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
