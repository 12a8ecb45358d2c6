import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { PDFDocumentProxy } from "pdfjs-dist";
import { pictureName } from "./deck-files.ts";
import { type DrawnPage, drawPage } from "./draw-page.ts";
import { openPdf } from "./open-pdf.ts";
import { type RasteriserOrder, type RasteriserReport, rasteriserOrderSchema } from "./rasteriser-messages.ts";

/**
 * The entry of the child process that turns one PDF into pictures. It is given one order, reports page by
 * page and ends. Whatever the file does to it, it does to nobody else.
 */

type RefusalReport = Extract<RasteriserReport, { type: "refused" }>;

process.once("disconnect", () => process.exit());
process.once("message", (message) => void handleOrder(message));

async function handleOrder(message: unknown): Promise<void> {
  const order = rasteriserOrderSchema.parse(message);
  const { maxResidentBytes, deckMs } = order;
  const watch = new Worker(new URL("./resource-watch.ts", import.meta.url), {
    workerData: { maxResidentBytes, deckMs, parentPid: process.ppid },
  });
  watch.unref();
  await tell(await rasterise(order));
  process.disconnect();
}

async function rasterise(order: RasteriserOrder): Promise<RasteriserReport> {
  let pdf: PDFDocumentProxy;
  try {
    pdf = await openPdf(order.pdfFile);
  } catch (error) {
    return refusalFrom(error, "the file");
  }
  if (pdf.numPages > order.maxPages) {
    return { type: "refused", code: "pdf-too-many-pages", details: `${pdf.numPages} pages` };
  }
  await tell({ type: "opened", pageCount: pdf.numPages });
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const refusal = await rasterisePage(pdf, number, order.folder);
    if (refusal !== null) return refusal;
  }
  return { type: "done" };
}

async function rasterisePage(
  pdf: PDFDocumentProxy,
  number: number,
  folder: string,
): Promise<RefusalReport | null> {
  let drawn: DrawnPage;
  try {
    const page = await pdf.getPage(number);
    drawn = await drawPage(page);
    page.cleanup();
  } catch (error) {
    return refusalFrom(error, `page ${number}`);
  }
  try {
    for (const { width, webp } of drawn.pictures) {
      await writeFile(join(folder, pictureName(number, width)), webp, { flush: true });
    }
  } catch (error) {
    return { type: "refused", code: "unavailable", details: detailsFrom(error, "writing pictures") };
  }
  await tell({ type: "drawn", page: drawn.slide });
  return null;
}

function refusalFrom(error: unknown, where: string): RefusalReport {
  const name = error instanceof Error ? error.name : "";
  const details = detailsFrom(error, where);
  if (name === "PasswordException") return { type: "refused", code: "pdf-encrypted", details };
  // What V8 throws when an array is larger than it can give.
  if (name === "RangeError") return { type: "refused", code: "pdf-too-slow", details };
  return { type: "refused", code: "pdf-broken", details };
}

function detailsFrom(error: unknown, where: string): string {
  return `${where}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 500).toWellFormed();
}

function tell(report: RasteriserReport): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // A server that is gone needs no report; "disconnect" ends this process.
  process.send?.(report, () => resolve());
  return promise;
}
