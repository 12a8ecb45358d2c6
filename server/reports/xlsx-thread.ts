import { parentPort, workerData } from "node:worker_threads";
import type { ReportTable } from "./report-table.ts";
import { xlsxFrom } from "./xlsx-from.ts";

/** The thread that writes one workbook and ends. */
const table: ReportTable = workerData;
const bytes = new Uint8Array(await xlsxFrom(table));
parentPort?.postMessage(bytes, [bytes.buffer]);
