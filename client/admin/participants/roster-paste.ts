import { rosterFieldFrom } from "../../../server/protocol/roster-titles.ts";

/**
 * A roster as the server takes it (CSV with the API's field names), of a file or of cells pasted from a
 * spreadsheet: tabs become `;`, titles in Indonesian or English become field names. What is not known stays
 * as it is, so that the server can say what is wrong with it.
 */
export function rosterCsvFrom(pasted: string): string {
  const text = pasted.replace(/^\ufeff/, "").trimStart();
  const lineEnd = /\r\n|\r|\n/.exec(text);
  const header = lineEnd ? text.slice(0, lineEnd.index) : text;
  const rest = lineEnd ? text.slice(lineEnd.index) : "";
  const separator = separatorOf(header);
  const titles = header.split(separator).map(rosterFieldFrom);
  if (separator !== "\t") return titles.join(separator) + rest;
  const lines = rest.split(/\r\n|\r|\n/).map((line) => line.split("\t").map(quoted).join(";"));
  return titles.join(";") + lines.join("\n");
}

function separatorOf(header: string): "\t" | ";" | "," {
  const count = (separator: string) => header.split(separator).length;
  if (count("\t") > 1) return "\t";
  return count(";") > count(",") ? ";" : ",";
}

/** A spreadsheet quotes a pasted cell itself only where it has line breaks or tabs. */
function quoted(cell: string): string {
  const isQuoted = cell.length > 1 && cell.startsWith('"') && cell.endsWith('"');
  return isQuoted || !/[;"]/.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`;
}
