import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { DOMMatrix, ImageData, Path2D } from "@napi-rs/canvas";
import type { PDFDocumentProxy } from "pdfjs-dist";

/** Pictures with more pixels are left out: decoded, one would take over 700 MB. */
const MAX_IMAGE_PIXELS = 64 * 1024 * 1024;

/**
 * Opens a PDF with pdf.js, which runs no script of the file, evaluates no code and fetches nothing: fonts,
 * character maps and decoders come from its own package. Throws pdf.js's exceptions.
 */
export async function openPdf(pdfFile: string): Promise<PDFDocumentProxy> {
  // pdf.js looks for these at its import.
  Object.assign(globalThis, { DOMMatrix, ImageData, Path2D });
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  pdfjs.GlobalWorkerOptions.workerSrc = import.meta.resolve("pdfjs-dist/legacy/build/pdf.worker.mjs");
  return await pdfjs.getDocument({
    data: new Uint8Array(await readFile(pdfFile)),
    cMapUrl: join(home, "cmaps") + sep,
    standardFontDataUrl: join(home, "standard_fonts") + sep,
    wasmUrl: join(home, "wasm") + sep,
    // Letters are drawn from the outlines in the file: a server has no fonts to look up.
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  }).promise;
}
