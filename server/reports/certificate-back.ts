import { drawCertificateFrame } from "./certificate-frame.ts";
import type { CertificatePdfInput } from "./certificate-pdf.ts";
import { CERTIFICATE, certificateJp } from "./certificate-style.ts";
import { PAGE, type Pdf } from "./pdf-document.ts";

const { margin, ink, soft, accent, wash, line } = CERTIFICATE;
const WIDTH = PAGE.width - 2 * margin;
const TOP = 66;
const BOTTOM = PAGE.height - 84;
const TITLE_WIDTH = WIDTH - 150;

type Cells = readonly [number: string, title: string, jp: string];
interface Row {
  readonly cells: Cells;
  readonly kind: "head" | "unit" | "total";
}
/** From roomy to dense: the first with which everything stands on one page. */
const DENSITIES = [
  { size: 10.5, pad: 6 },
  { size: 10, pad: 4 },
  { size: 9, pad: 3 },
  { size: 8, pad: 2 },
] as const;
const ROOMY = DENSITIES[0];

/** What was learnt: every unit with its JP, on one page where that is readable. */
export function drawCertificateBack(pdf: Pdf, certificate: CertificatePdfInput): void {
  const { facts } = certificate;
  const units = facts.units.map(
    (unit, i): Row => ({ cells: [String(i + 1), unit.title, certificateJp(unit.jp)], kind: "unit" }),
  );
  const total: Row = { cells: ["", "Jumlah", certificateJp(facts.jp)], kind: "total" };
  const rows: readonly Row[] = [{ cells: ["No", "Mata pelatihan", "JP"], kind: "head" }, ...units, total];
  let top = startPage(pdf, certificate);
  const room = BOTTOM - top;
  const heightOf = (row: Row, { size, pad }: (typeof DENSITIES)[number]) => {
    pdf.font(row.kind === "unit" ? "regular" : "bold").fontSize(size);
    return pdf.heightOfString(row.cells[1], { width: TITLE_WIDTH }) + 2 * pad;
  };
  const density =
    DENSITIES.find((one) => rows.reduce((sum, row) => sum + heightOf(row, one), 0) <= room) ?? ROOMY;
  rows.forEach((row, index) => {
    const last = index === rows.length - 2 ? heightOf(total, density) : 0;
    // Measured last: it sets the font that the row is drawn in.
    const height = heightOf(row, density);
    if (top + height + last > BOTTOM && row.kind !== "total") {
      pdf.addPage();
      top = startPage(pdf, certificate);
      heightOf(row, density);
    }
    drawRow(pdf, row, { top, height, pad: density.pad, isShaded: index % 2 === 0 });
    top += height;
  });
}

/** In the font that is set. */
function drawRow(
  pdf: Pdf,
  { cells, kind }: Row,
  place: { top: number; height: number; pad: number; isShaded: boolean },
): void {
  const { top, height, pad, isShaded } = place;
  if (kind === "head") pdf.rect(margin, top, WIDTH, height).fill(accent);
  else if (kind === "unit" && isShaded) pdf.rect(margin, top, WIDTH, height).fill(wash);
  pdf.fillColor(kind === "head" ? "white" : ink);
  pdf.text(cells[0], margin + 10, top + pad, { width: 28 });
  pdf.text(cells[1], margin + 44, top + pad, { width: TITLE_WIDTH });
  pdf.text(cells[2], margin + WIDTH - 90, top + pad, { width: 80, align: "right" });
  const [weight, colour] = kind === "unit" ? [0.5, line] : [1, accent];
  const bottom = top + height;
  pdf.lineWidth(weight).strokeColor(colour);
  pdf
    .moveTo(margin, bottom)
    .lineTo(margin + WIDTH, bottom)
    .stroke();
}

/** Where the table can begin. */
function startPage(pdf: Pdf, { facts, number, code }: CertificatePdfInput): number {
  drawCertificateFrame(pdf, { hasRosette: false });
  pdf.font("regular").fontSize(8).fillColor(soft);
  const foot = [number, code, facts.issuer?.name].filter(Boolean).join("  ·  ");
  const options = { width: WIDTH, align: "center" as const, lineBreak: false, ellipsis: true, height: 10 };
  pdf.text(foot, margin, PAGE.height - 72, options);
  pdf
    .font("bold")
    .fontSize(17)
    .fillColor(accent)
    .text("Daftar Mata Pelatihan", margin, TOP, { width: WIDTH, align: "center" });
  pdf.font("bold").fontSize(11).fillColor(ink);
  pdf.text(facts.programme.title, margin, pdf.y + 4, { width: WIDTH, align: "center" });
  pdf.font("regular").fontSize(10).fillColor(soft);
  pdf.text(facts.name, margin, pdf.y + 2, { width: WIDTH, align: "center" });
  return pdf.y + 14;
}
