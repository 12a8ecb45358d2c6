import { encode } from "uqr";
import { drawCertificateFrame } from "./certificate-frame.ts";
import type { CertificatePdfInput } from "./certificate-pdf.ts";
import { CERTIFICATE, certificateDate, certificateJp } from "./certificate-style.ts";
import { PAGE, type Pdf } from "./pdf-document.ts";

const { margin, ink, soft, accent, gold } = CERTIFICATE;
const WIDTH = PAGE.width - 2 * margin;
const TOP = 66;
/** Where the signature and the QR code begin. */
const FOOT = 414;
const QR_SIZE = 92;
const LOGO = { width: 220, height: 52 };

interface Line {
  readonly text: string;
  readonly size: number;
  readonly font: "regular" | "italic" | "bold";
  readonly colour: string;
  /** After it, in points; shrinks and grows with what there is to write. */
  readonly gap: number;
  /** How far it may shrink to stay on one line. */
  readonly least?: number;
  readonly spacing?: number;
}

export function drawCertificateFront(pdf: Pdf, certificate: CertificatePdfInput): void {
  drawCertificateFrame(pdf, { hasRosette: true });
  const top = certificate.logo ? drawLogo(pdf, certificate.logo) : TOP;
  drawLines(pdf, linesFrom(certificate), top, FOOT - 10);
  drawProof(pdf, certificate);
  drawSignature(pdf, certificate);
}

/** A document keeps a picture once that it is given as the same text. */
function drawLogo(pdf: Pdf, logo: string): number {
  pdf.image(logo, (PAGE.width - LOGO.width) / 2, TOP - 2, {
    fit: [LOGO.width, LOGO.height],
    align: "center",
    valign: "center",
  });
  return TOP + LOGO.height + 6;
}

function linesFrom({ number, facts }: CertificatePdfInput): readonly Line[] {
  const { issuer } = facts;
  const line = (text: string, gap: number, change: Partial<Line> = {}): Line => ({
    text,
    gap,
    size: 11.5,
    font: "regular",
    colour: soft,
    ...change,
  });
  const held = `pada ${heldText(facts)} selama ${certificateJp(facts.jp)} jam pelajaran (JP)`;
  return [
    ...(issuer
      ? [
          line(issuer.name.toUpperCase(), 12, {
            font: "bold",
            size: 12.5,
            colour: ink,
            least: 9,
            spacing: 0.8,
          }),
        ]
      : []),
    line("SERTIFIKAT", 2, { font: "bold", size: 36, colour: accent, spacing: 7 }),
    line(`Nomor ${number}`, 16, { least: 8 }),
    line("diberikan kepada", 5, { font: "italic" }),
    line(facts.name, 4, { font: "bold", size: 27, colour: ink, least: 17 }),
    line([facts.externalId, facts.institution].filter(Boolean).join("  ·  "), 14, { least: 8.5 }),
    line("yang telah menyelesaikan dan memenuhi semua syarat kelulusan", 5, { font: "italic" }),
    line(facts.programme.title, 7, { font: "bold", size: 18, colour: accent, least: 14 }),
    line(issuer ? `yang diselenggarakan oleh ${issuer.name}` : held, 2, { colour: ink }),
    ...(issuer ? [line(held, 0, { colour: ink })] : []),
  ];
}

/** Fills the room from `top` to `bottom`: gaps give way first, then letters. */
function drawLines(pdf: Pdf, lines: readonly Line[], top: number, bottom: number): void {
  const sized = (scale: number) =>
    lines.map((line) => {
      const size = fitting(pdf, line, scale);
      const options = { width: WIDTH, align: "center" as const, characterSpacing: line.spacing ?? 0 };
      pdf.font(line.font).fontSize(size);
      return { ...line, size, options, height: pdf.heightOfString(line.text, options) };
    });
  const gaps = lines.reduce((sum, { gap }) => sum + gap, 0);
  const roomOf = (drawn: ReturnType<typeof sized>) =>
    bottom - top - drawn.reduce((sum, { height }) => sum + height, 0);
  const scale = [1, 0.92, 0.84, 0.76, 0.68].find((one) => roomOf(sized(one)) >= gaps * 0.6) ?? 0.6;
  const drawn = sized(scale);
  const stretch = Math.min(1.7, Math.max(0, roomOf(drawn) / gaps));
  let at = top + Math.max(0, roomOf(drawn) - gaps * stretch) / 2;
  for (const { text, font, size, colour, gap, options, height } of drawn) {
    pdf.font(font).fontSize(size).fillColor(colour).text(text, margin, at, options);
    at += height + gap * stretch;
  }
}

/** A long line shrinks as far as it may; then it breaks. */
function fitting(pdf: Pdf, { text, size, font, least = size, spacing = 0 }: Line, scale: number): number {
  const wanted = size * scale;
  const width = pdf.font(font).fontSize(wanted).widthOfString(text, { characterSpacing: spacing });
  return width <= WIDTH ? wanted : Math.max(least * scale, (wanted * WIDTH) / width - 0.1);
}

/** How anybody checks it: the QR code, and the address with the code for who types. */
function drawProof(pdf: Pdf, { code, verifyUrl }: CertificatePdfInput): void {
  drawQr(pdf, verifyUrl, margin, FOOT + 8);
  const left = margin + QR_SIZE + 14;
  const width = 250;
  pdf
    .font("bold")
    .fontSize(9)
    .fillColor(ink)
    .text("Periksa keasliannya", left, FOOT + 20, { width });
  pdf.font("regular").fontSize(8.5).fillColor(soft);
  pdf.text("Pindai kode QR, atau buka alamat ini dan ketik kodenya:", { width });
  pdf.fillColor(accent).text(new URL("/verify", verifyUrl).href, { width });
  pdf.font("bold").fontSize(9).fillColor(ink).text(code, { width });
  pdf.font("regular").fontSize(7.5).fillColor(soft);
  pdf.text("Data sertifikat ini ditandatangani secara elektronik (Ed25519).", left, pdf.y + 6, { width });
}

function drawSignature(pdf: Pdf, { facts, issuedAt }: CertificatePdfInput): void {
  const { issuer, timeZone } = facts;
  const width = 300;
  const left = PAGE.width - margin - width;
  const options = { width, align: "center" as const };
  const date = certificateDate(issuedAt, timeZone);
  pdf.font("regular").fontSize(10.5).fillColor(ink);
  pdf.text(issuer?.city ? `${issuer.city}, ${date}` : `Diterbitkan ${date}`, left, FOOT + 8, options);
  if (!issuer?.signerName) return;
  if (issuer.signerTitle) pdf.text(`${issuer.signerTitle},`, left, pdf.y + 1, options);
  const size = Math.min(
    11,
    (11 * width) / pdf.font("bold").fontSize(11).widthOfString(issuer.signerName) - 0.1,
  );
  pdf.fontSize(Math.max(8.5, size));
  const nameHeight = pdf.heightOfString(issuer.signerName, options);
  const nip = issuer.signerNip ? 13 : 0;
  const at = FOOT + 8 + QR_SIZE + 12 - nameHeight - nip;
  pdf.text(issuer.signerName, left, at, options);
  pdf
    .lineWidth(0.7)
    .strokeColor(gold)
    .moveTo(left + 30, at + nameHeight + 1)
    .lineTo(left + width - 30, at + nameHeight + 1)
    .stroke();
  if (!issuer.signerNip) return;
  pdf
    .font("regular")
    .fontSize(9.5)
    .text(`NIP ${issuer.signerNip}`, left, at + nameHeight + 4, options);
}

/** Drawn as rectangles: sharp at any size. Error correction M reads with a coffee stain on it. */
function drawQr(pdf: Pdf, text: string, left: number, top: number): void {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const module = QR_SIZE / size;
  pdf.fillColor("white").rect(left, top, QR_SIZE, QR_SIZE).fill();
  data.forEach((cells, y) => {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (cells[x]) x += 1;
      if (x > from) pdf.rect(left + from * module, top + y * module, (x - from) * module, module);
    }
  });
  pdf.fill("black");
}

function heldText({ heldFrom, heldTo, timeZone }: CertificatePdfInput["facts"]): string {
  const [from, to] = [certificateDate(heldFrom, timeZone), certificateDate(heldTo, timeZone)];
  return from === to ? from : `${from} sampai dengan ${to}`;
}
