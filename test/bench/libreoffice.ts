import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ReportTable } from "../../server/reports/report-table.ts";
import { xlsxFileFrom } from "../../server/reports/xlsx-file.ts";

/**
 * `npm run bench -- libreoffice`: has LibreOffice (Debian's libreoffice-calc-nogui; 85 MB, which the tests do not
 * bring) open a workbook as Balai writes it, and looks at what it made of every cell. Ends with 1 where a NIP is
 * no text of 18 digits, or anything is a formula.
 */
const NIPS = ["198705122010012003", "000000000000000001"];
const HOSTILE = ['=HYPERLINK("http://contoh")', "+62", "-1+1", "@SUM(A1)", "<script>alert(1)</script>"];

const table: ReportTable = {
  title: "Kehadiran",
  columns: [
    { title: "NIP/ID", width: 22 },
    { title: "Nama", width: 30 },
    { title: "JP", width: 8 },
  ],
  rows: HOSTILE.map((name, index) => [
    NIPS[index % NIPS.length] ?? "",
    name,
    { value: index / 2, digits: 2 },
  ]),
};

const folder = await mkdtemp(join(tmpdir(), "balai-libreoffice-"));
try {
  const file = join(folder, "kehadiran.xlsx");
  await writeFile(file, await xlsxFileFrom(table));
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const convert = ["--headless", profile, "--convert-to", "fods", "--outdir", folder, file];
  await promisify(execFile)("soffice", convert, { timeout: 120_000 });
  const faults = faultsIn(await readFile(join(folder, "kehadiran.fods"), "utf8"));
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  if (faults.length === 0)
    process.stdout.write("LibreOffice: every NIP is text of 18 digits, nothing is a formula\n");
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}

function faultsIn(sheet: string): string[] {
  const texts = Array.from(
    sheet.matchAll(/<table:table-cell[^>]*office:value-type="string"[^>]*>\s*<text:p>([\s\S]*?)<\/text:p>/g),
    ([, text = ""]) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"'),
  );
  const missing = [...NIPS, ...HOSTILE].filter((text) => !texts.includes(text));
  return [
    ...(sheet.includes("table:formula=") ? ["a cell is a formula"] : []),
    ...missing.map((text) => `no text cell holds ${JSON.stringify(text)}`),
  ];
}
