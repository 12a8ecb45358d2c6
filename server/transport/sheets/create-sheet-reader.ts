import { type ChildProcess, spawn } from "node:child_process";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { fieldRefused } from "../field-refusal.ts";
import { type SheetReport, sheetReportSchema } from "./sheet-report.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ENTRY = fileURLToPath(new URL("./sheet-child.ts", import.meta.url));
const MAX_HEAP_MIB = 384;
const MAX_MS = 30_000;
/** Of the child's answer. */
const MAX_REPORT_BYTES = 64 * 1024 * 1024;
const MAX_WAITING = 8;

export interface SheetReader {
  /**
   * The first sheet of a workbook (XLSX) as texts, read by a child process, one file at a time. Refuses
   * `bad-request` for what is none, `too-large` for what unpacks to too much, `unavailable` when many wait.
   */
  read(bytes: Uint8Array): Promise<Result<readonly (readonly string[])[]>>;
  /** Ends what is being read. */
  close(): Promise<void>;
}

export function createSheetReader(nodeBin: string = process.execPath): SheetReader {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let running: ChildProcess | null = null;
  let isClosed = false;

  async function readNow(bytes: Uint8Array): Promise<Result<readonly (readonly string[])[]>> {
    if (isClosed) return refuse("unavailable", "the server is stopping");
    const child = spawnChild(nodeBin);
    running = child;
    const report = await reportOf(child, bytes);
    running = null;
    return report;
  }

  return {
    async read(bytes) {
      if (waiting >= MAX_WAITING) return refuse("unavailable", "many files are being read");
      waiting += 1;
      const reading = last
        .then(() => readNow(bytes))
        .finally(() => {
          waiting -= 1;
        });
      last = reading.catch(() => undefined);
      return await reading;
    },
    async close() {
      isClosed = true;
      running?.kill("SIGKILL");
      await last;
    },
  };
}

function spawnChild(nodeBin: string): ChildProcess {
  // Node's permissions keep the child off the records and the keys of the installation, and off other programs.
  const flags = [
    `--max-old-space-size=${MAX_HEAP_MIB}`,
    "--no-warnings",
    "--permission",
    ...["node_modules/*", "server/*", "package.json"].map((path) => `--allow-fs-read=${ROOT}${path}`),
  ];
  // No secrets of ours, and no NODE_OPTIONS.
  const child = spawn(nodeBin, [...flags, ENTRY], { env: {}, stdio: ["pipe", "pipe", "ignore"] });
  try {
    if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It may have ended already, or the system may not allow it.
  }
  return child;
}

function reportOf(child: ChildProcess, bytes: Uint8Array): Promise<Result<readonly (readonly string[])[]>> {
  const { promise, resolve } = Promise.withResolvers<Result<readonly (readonly string[])[]>>();
  const chunks: Buffer[] = [];
  let length = 0;
  let fault: Error | null = null;
  const timer = setTimeout(() => child.kill("SIGKILL"), MAX_MS);
  child.stdout?.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > MAX_REPORT_BYTES) child.kill("SIGKILL");
    else chunks.push(chunk);
  });
  child.once("error", (error) => {
    fault = error;
  });
  child.once("close", (code) => {
    clearTimeout(timer);
    if (fault !== null) resolve(refuse("unavailable", fault.message));
    // Killed for its time or its answer, or ended by V8 at the heap's limit: the file asked for too much.
    else if (code !== 0)
      resolve(refuse("too-large", "the workbook asks for more time or memory than a roster needs"));
    else resolve(resultFrom(Buffer.concat(chunks).toString("utf8")));
  });
  // A child that dies before it has read everything says so by its exit.
  child.stdin?.on("error", () => undefined).end(bytes);
  return promise;
}

function resultFrom(text: string): Result<readonly (readonly string[])[]> {
  const report: SheetReport = sheetReportSchema.parse(JSON.parse(text));
  if ("rows" in report) return accept(report.rows);
  if (report.fault === "too-large") return refuse("too-large", "the workbook unpacks to more than 64 MB");
  return fieldRefused("file", `is no XLSX workbook that can be read: ${report.details}`);
}
