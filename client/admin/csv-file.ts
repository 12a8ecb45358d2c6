/**
 * A file as Indonesian spreadsheets open it: UTF-8 with BOM, `;` between fields, CRLF. What begins like a formula
 * gets a `'` before it: quoting alone does not keep a spreadsheet from running it.
 */
export function csvFrom(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cellFrom).join(";")}\r\n`).join("")}`;
}

function cellFrom(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  // Long numbers of people are quoted, as text is.
  return /[";\r\n]|^\d{10,}$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Has the browser download what is at an address of our own. */
export function downloadFrom(url: string, name: string): void {
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
}

/** Gives a text to the person as a file. */
export function saveFile(name: string, content: string, type = "text/csv;charset=utf-8"): void {
  saveBlob(name, new Blob([content], { type }));
}

/** Gives bytes to the person as a file. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  downloadFrom(url, name);
  // The browser has taken the address by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}
