import { encode } from "uqr";
import type { CertificateJson } from "../protocol/certificates.ts";
import { createPdf, PAGE, type Pdf } from "./pdf-document.ts";

const MARGIN = 64;
const WIDTH = PAGE.width - 2 * MARGIN;
const INK = "#101828";
const SOFT = "#475467";
const ACCENT = "#0f5c4d";
const QR_SIZE = 96;

/** A certificate to print: A4 in landscape, the units with their JP on the back. */
export async function certificatePdf(certificate: CertificateJson): Promise<Uint8Array<ArrayBuffer>> {
  const { pdf, finish } = createPdf(`Sertifikat ${certificate.number}`);
  drawFrame(pdf);
  drawFront(pdf, certificate);
  drawQr(pdf, certificate.verifyUrl, PAGE.width - MARGIN - QR_SIZE, PAGE.height - 72 - QR_SIZE);
  pdf.addPage();
  drawFrame(pdf);
  drawBack(pdf, certificate);
  return await finish();
}

function drawFrame(pdf: Pdf): void {
  pdf
    .lineWidth(2)
    .strokeColor(ACCENT)
    .rect(28, 28, PAGE.width - 56, PAGE.height - 56)
    .stroke();
  pdf
    .lineWidth(0.5)
    .rect(34, 34, PAGE.width - 68, PAGE.height - 68)
    .stroke();
}

function drawFront(pdf: Pdf, { number, facts, issuedAt, code, verifyUrl }: CertificateJson): void {
  let top = 74;
  const line = (text: string, size: number, font: "regular" | "bold", colour: string, gap: number) => {
    const options = { width: WIDTH, align: "center" as const };
    pdf
      .font(font)
      .fontSize(fitting(pdf, text, size))
      .fillColor(colour)
      .text(text, MARGIN, top, options);
    top += pdf.heightOfString(text, options) + gap;
  };
  line("SERTIFIKAT", 34, "bold", ACCENT, 2);
  line(`Nomor ${number}`, 11, "regular", SOFT, 24);
  line("diberikan kepada", 12, "regular", SOFT, 6);
  line(facts.name, 26, "bold", INK, 6);
  line([facts.externalId, facts.institution].filter(Boolean).join(" · "), 11, "regular", SOFT, 20);
  line("yang telah menyelesaikan", 12, "regular", SOFT, 6);
  line(facts.programme.title, 18, "bold", INK, 8);
  line(`${heldText(facts)} · ${jpText(facts.jp)} jam pelajaran`, 12, "regular", INK, 0);
  const foot = PAGE.height - 72 - QR_SIZE;
  const width = WIDTH - QR_SIZE - 24;
  pdf.font("regular").fontSize(10).fillColor(INK);
  pdf.text(`Diterbitkan ${dateText(issuedAt, facts.timeZone)}`, MARGIN, foot + 20, { width });
  pdf.fontSize(9).fillColor(SOFT);
  pdf.text("Ditandatangani secara elektronik. Keaslian dan keberlakuannya dapat diperiksa:", { width });
  pdf.text(new URL("/verify", verifyUrl).href, { width, underline: true });
  pdf.font("bold").fillColor(INK).text(`Kode ${code}`, { width });
}

function drawBack(pdf: Pdf, { facts, number }: CertificateJson): void {
  const size = facts.units.length > 18 ? 8 : 11;
  pdf.font("bold").fontSize(16).fillColor(ACCENT).text("Mata pelatihan", MARGIN, 60, { width: WIDTH });
  pdf
    .font("regular")
    .fontSize(10)
    .fillColor(SOFT)
    .text(`${facts.programme.title} · ${number}`, { width: WIDTH });
  let top = 108;
  const row = (number: string, title: string, jp: string, font: "regular" | "bold") => {
    pdf.font(font).fontSize(size).fillColor(INK);
    const height = pdf.heightOfString(title, { width: WIDTH - 130 }) + 8;
    if (top + height > PAGE.height - 56) {
      pdf.addPage();
      drawFrame(pdf);
      top = 60;
      pdf.font(font).fontSize(size).fillColor(INK);
    }
    pdf.text(number, MARGIN, top + 4, { width: 30 });
    pdf.text(title, MARGIN + 36, top + 4, { width: WIDTH - 130 });
    pdf.text(jp, MARGIN + WIDTH - 80, top + 4, { width: 80, align: "right" });
    top += height;
    pdf
      .lineWidth(0.5)
      .strokeColor("#d0d5dd")
      .moveTo(MARGIN, top)
      .lineTo(MARGIN + WIDTH, top)
      .stroke();
  };
  row("No", "Mata pelatihan", "JP", "bold");
  facts.units.forEach((unit, i) => {
    row(String(i + 1), unit.title, jpText(unit.jp), "regular");
  });
  row("", "Jumlah", jpText(facts.jp), "bold");
}

/** Drawn as rectangles: sharp at any size. Error correction M reads with a coffee stain on it. */
function drawQr(pdf: Pdf, text: string, left: number, top: number): void {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const module = QR_SIZE / size;
  pdf.fillColor("white").rect(left, top, QR_SIZE, QR_SIZE).fill();
  data.forEach((cells, y) => {
    cells.forEach((isDark, x) => {
      if (isDark) pdf.rect(left + x * module, top + y * module, module, module);
    });
  });
  pdf.fill("black");
}

/** A long name shrinks to its line as far as it stays readable; then it breaks. */
function fitting(pdf: Pdf, text: string, size: number): number {
  const width = pdf.fontSize(size).widthOfString(text);
  return width <= WIDTH ? size : Math.max(size * 0.6, (size * WIDTH) / width - 0.1);
}

function heldText({ heldFrom, heldTo, timeZone }: CertificateJson["facts"]): string {
  const [from, to] = [dateText(heldFrom, timeZone), dateText(heldTo, timeZone)];
  return from === to ? from : `${from} – ${to}`;
}

function dateText(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeZone }).format(at);
}

function jpText(jp: number): string {
  return new Intl.NumberFormat("id-ID", { maximumFractionDigits: 2 }).format(jp);
}
