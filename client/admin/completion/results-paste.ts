/** Titles that people give the columns of a file of results, and the field each one is. */
const FIELD_OF_TITLE: Readonly<Record<string, string>> = {
  nip: "externalId",
  "nip/id": "externalId",
  nomor: "externalId",
  "nomor peserta": "externalId",
  syarat: "requirement",
  nilai: "score",
  skor: "score",
  waktu: "takenAt",
  tanggal: "takenAt",
  sumber: "source",
};

/** Results as the server takes them, of a file or of cells pasted from a spreadsheet: tabs become `;`. */
export function resultsCsvFrom(pasted: string): string {
  const text = pasted.replace(/^\ufeff/, "").trimStart();
  const lineEnd = /\r\n|\r|\n/.exec(text);
  const header = lineEnd ? text.slice(0, lineEnd.index) : text;
  const rest = lineEnd ? text.slice(lineEnd.index) : "";
  const separator = header.includes("\t") ? "\t" : header.includes(";") ? ";" : ",";
  const titles = header.split(separator).map(fieldFrom);
  if (separator !== "\t") return titles.join(separator) + rest;
  const lines = rest.split(/\r\n|\r|\n/).map((line) => line.split("\t").map(quoted).join(";"));
  return titles.join(";") + lines.join("\n");
}

function fieldFrom(title: string): string {
  const plain = title.replaceAll('"', "").trim();
  return FIELD_OF_TITLE[plain.toLowerCase().replace(/\s+/g, " ")] ?? plain;
}

/** A spreadsheet quotes a pasted cell itself only where it has line breaks or tabs. */
function quoted(cell: string): string {
  const isQuoted = cell.length > 1 && cell.startsWith('"') && cell.endsWith('"');
  return isQuoted || !/[;"]/.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`;
}
