import { Worker } from "node:worker_threads";
import type { ReportTable } from "./report-table.ts";

/**
 * A workbook's bytes, written by a thread of its own: a thousand people in forty sessions take seconds, in
 * which classes must not wait. Throws with `cause` when the thread fails.
 */
export function xlsxFileFrom(table: ReportTable): Promise<Buffer> {
  const thread = new Worker(new URL("./xlsx-thread.ts", import.meta.url), {
    workerData: table,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  thread.once("message", (bytes: Uint8Array<ArrayBuffer>) => resolve(Buffer.from(bytes.buffer)));
  thread.once("error", (cause) => reject(new Error("a workbook could not be written", { cause })));
  thread.once("exit", () => reject(new Error("the thread that writes workbooks ended early")));
  return promise;
}
