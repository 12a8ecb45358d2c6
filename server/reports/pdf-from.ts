import { Worker } from "node:worker_threads";
import type { AttendancePdfInput } from "./attendance-pdf.ts";
import type { CertificatePdfInput } from "./certificate-pdf.ts";

/** What can be drawn. */
export type PdfOrder =
  | { readonly kind: "attendance"; readonly input: AttendancePdfInput }
  | { readonly kind: "certificates"; readonly input: readonly CertificatePdfInput[] };

/**
 * The PDF's bytes. A thread of its own draws it: a thousand people take half a second, in which classes must
 * not wait. Throws with `cause` when the thread fails.
 */
export function pdfFrom(order: PdfOrder): Promise<Buffer> {
  const thread = new Worker(new URL("./pdf-thread.ts", import.meta.url), {
    workerData: order,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  thread.once("message", (bytes: Uint8Array<ArrayBuffer>) => resolve(Buffer.from(bytes.buffer)));
  thread.once("error", (cause) => reject(new Error("a PDF could not be drawn", { cause })));
  thread.once("exit", () => reject(new Error("the thread that draws PDFs ended early")));
  return promise;
}
