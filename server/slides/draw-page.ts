import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { PDFPageProxy } from "pdfjs-dist";
import type { SlidePage, SlideWidth } from "../ports.ts";
import { SLIDE_WIDTHS } from "../ports.ts";
import { MAX_PAGE_TEXT } from "./rasteriser-messages.ts";

/** A page longer than this many times its width becomes narrower than asked for. */
const MAX_HEIGHT_PER_WIDTH = 2;
/** Clean edges of letters on plain ground, at about a third of the bytes of 95. */
const WEBP_QUALITY = 86;

const WIDEST = Math.max(...SLIDE_WIDTHS);

/** A page's pictures, as WebP by nominal width, and what stands in `pages.json` about it. */
export interface DrawnPage {
  readonly slide: SlidePage;
  readonly pictures: readonly { readonly width: SlideWidth; readonly webp: Buffer }[];
}

/** Draws the page once, at the greatest width, and scales the others down from it. */
export async function drawPage(page: PDFPageProxy): Promise<DrawnPage> {
  const natural = page.getViewport({ scale: 1 });
  const scale = Math.min(WIDEST / natural.width, (WIDEST * MAX_HEIGHT_PER_WIDTH) / natural.height);
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(pixels(viewport.width), pixels(viewport.height));
  // The canvas of @napi-rs is the browser's for all that pdf.js does with it, but not for the compiler.
  const target = canvas as unknown as HTMLCanvasElement;
  await page.render({ canvas: target, viewport, background: "#ffffff" }).promise;
  const slide = {
    page: page.pageNumber,
    text: await textOf(page),
    width: canvas.width,
    height: canvas.height,
  };
  const pictures = await Promise.all(
    SLIDE_WIDTHS.map(async (width) => ({
      width,
      webp: await scaled(canvas, width / WIDEST).encode("webp", WEBP_QUALITY),
    })),
  );
  return { slide, pictures };
}

function pixels(length: number): number {
  return Math.max(1, Math.round(length));
}

function scaled(canvas: Canvas, share: number): Canvas {
  if (share === 1) return canvas;
  const smaller = createCanvas(pixels(canvas.width * share), pixels(canvas.height * share));
  const context = smaller.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(canvas, 0, 0, smaller.width, smaller.height);
  return smaller;
}

async function textOf(page: PDFPageProxy): Promise<string> {
  const content = await page.getTextContent();
  const text = content.items
    .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
    .join("");
  const tidy = text
    .replace(/[^\S\n]+/gu, " ")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/gu, "")
    .replace(/ ?\n[ \n]*/gu, "\n")
    .trim();
  return tidy.slice(0, MAX_PAGE_TEXT).toWellFormed();
}
