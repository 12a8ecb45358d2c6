import { parentPort, workerData } from "node:worker_threads";
import { attendancePdf } from "./attendance-pdf.ts";
import { certificatesPdf } from "./certificate-pdf.ts";
import type { PdfOrder } from "./pdf-from.ts";

/** The thread that draws one PDF and ends. */
const order: PdfOrder = workerData;
const bytes =
  order.kind === "attendance" ? await attendancePdf(order.input) : await certificatesPdf(order.input);
parentPort?.postMessage(bytes, [bytes.buffer]);
