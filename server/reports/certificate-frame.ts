import { CERTIFICATE } from "./certificate-style.ts";
import { PAGE, type Pdf } from "./pdf-document.ts";

const BAND = 26;
const EDGE = 22;
/** Points of one wave of the woven band. */
const WAVE = 26;

/** The woven frame of papers of value, a rosette behind the words on the front. */
export function drawCertificateFrame(pdf: Pdf, { hasRosette }: { readonly hasRosette: boolean }): void {
  if (hasRosette) drawRosette(pdf, PAGE.width / 2, PAGE.height / 2);
  drawBand(pdf);
  const inner = EDGE + BAND;
  rectangle(pdf, EDGE, 1.4, CERTIFICATE.accent);
  rectangle(pdf, inner, 1.4, CERTIFICATE.accent);
  rectangle(pdf, inner + 4, 0.5, CERTIFICATE.gold);
  for (const x of [EDGE, PAGE.width - EDGE - BAND]) {
    for (const y of [EDGE, PAGE.height - EDGE - BAND]) drawCorner(pdf, x, y);
  }
}

function rectangle(pdf: Pdf, inset: number, width: number, colour: string): void {
  pdf
    .lineWidth(width)
    .strokeColor(colour)
    .rect(inset, inset, PAGE.width - 2 * inset, PAGE.height - 2 * inset)
    .stroke();
}

/** Three sines to each side of the band's middle, drawn along all four sides. */
function drawBand(pdf: Pdf): void {
  const middle = EDGE + BAND / 2;
  pdf.lineWidth(0.45).strokeColor(CERTIFICATE.accent).strokeOpacity(0.55);
  const across = PAGE.width - 2 * EDGE;
  const down = PAGE.height - 2 * EDGE;
  for (const phase of [0, Math.PI / 2, Math.PI, (3 * Math.PI) / 2]) {
    for (const y of [middle, PAGE.height - middle]) {
      wave(pdf, across, phase, (along, off) => [EDGE + along, y + off]);
    }
    for (const x of [middle, PAGE.width - middle]) {
      wave(pdf, down, phase, (along, off) => [x + off, EDGE + along]);
    }
  }
  pdf.stroke().strokeOpacity(1);
}

function wave(
  pdf: Pdf,
  length: number,
  phase: number,
  at: (along: number, off: number) => readonly [number, number],
): void {
  const waves = Math.round(length / WAVE);
  const steps = waves * 6;
  for (let i = 0; i <= steps; i++) {
    const off = (BAND / 2 - 2.5) * Math.sin((i / steps) * waves * 2 * Math.PI + phase);
    lineThrough(pdf, i, at((i / steps) * length, off));
  }
}

/** Tenths of a point are fine enough, and make a small file. */
function lineThrough(pdf: Pdf, index: number, [x, y]: readonly [number, number]): void {
  const [left, top] = [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  if (index === 0) pdf.moveTo(left, top);
  else pdf.lineTo(left, top);
}

function drawCorner(pdf: Pdf, x: number, y: number): void {
  const [centreX, centreY] = [x + BAND / 2, y + BAND / 2];
  pdf.rect(x, y, BAND, BAND).fillColor("white").fill();
  pdf.lineWidth(1.4).strokeColor(CERTIFICATE.accent).rect(x, y, BAND, BAND).stroke();
  pdf.lineWidth(0.6).strokeColor(CERTIFICATE.gold);
  for (let petal = 0; petal < 8; petal++) {
    const turn = (petal * Math.PI) / 4;
    pdf.circle(centreX + 4.4 * Math.cos(turn), centreY + 4.4 * Math.sin(turn), 4.4);
  }
  pdf.stroke();
  pdf.circle(centreX, centreY, 1.6).fillColor(CERTIFICATE.gold).fill();
}

/** A hypotrochoid, so faint that it disturbs no word. */
function drawRosette(pdf: Pdf, x: number, y: number): void {
  pdf.lineWidth(0.4).strokeColor(CERTIFICATE.accent).strokeOpacity(0.1);
  const steps = 1200;
  for (const size of [1, 0.8]) {
    for (let i = 0; i <= steps; i++) {
      const turn = (i / steps) * 2 * Math.PI * 7;
      const radius = 168 * size * (0.62 + 0.38 * Math.cos((turn * 24) / 7));
      lineThrough(pdf, i, [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]);
    }
    pdf.stroke();
  }
  pdf.strokeOpacity(1);
}
