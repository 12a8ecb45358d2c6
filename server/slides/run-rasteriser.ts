import { type ChildProcess, spawn } from "node:child_process";
import os from "node:os";
import { fileURLToPath } from "node:url";
import type { SlidePage } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { type RasteriserOrder, rasteriserReportSchema } from "./rasteriser-messages.ts";
import type { SlideLimits } from "./slide-limits.ts";

/** One child at work on one deck. */
export interface RasteriserRun {
  /** Settles after the child has ended. */
  readonly result: Promise<DeckResult>;
  /** Kills the child; the result becomes `unavailable`. */
  stop(): void;
}

export interface RasteriserJob {
  readonly nodeBin: string;
  readonly limits: SlideLimits;
  readonly pdfFile: string;
  /** An empty folder for the pictures. */
  readonly folder: string;
  readonly onProgress: (done: number, total: number) => void;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ENTRY = fileURLToPath(new URL("./rasteriser.ts", import.meta.url));
/** About a tenth of a busy core: the lowest priority would starve while a large class runs. */
const PRIORITY = os.constants.priority.PRIORITY_BELOW_NORMAL;

type DeckResult = Result<readonly SlidePage[]>;

interface Progress {
  readonly pages: SlidePage[];
  /** 0 until the file is open. */
  pageCount: number;
}

/** Starts a child for one deck and holds it to its times; its memory it watches itself. Never throws. */
export function runRasteriser(job: RasteriserJob): RasteriserRun {
  const { limits, onProgress } = job;
  const child = spawnChild(job);
  const progress: Progress = { pages: [], pageCount: 0 };
  let ending: DeckResult | null = null;
  let complaint = "";

  const end = (result: DeckResult): void => {
    ending ??= result;
    child.kill("SIGKILL");
  };
  const endTooSlow = (): void =>
    end(refuse("pdf-too-slow", `out of time after page ${progress.pages.length}`));
  const deckTimer = setTimeout(endTooSlow, limits.deckMs);
  const pageTimer = setTimeout(endTooSlow, limits.pageMs);

  child.on("message", (message) => {
    if (ending !== null) return;
    pageTimer.refresh();
    const result = applyReport(progress, message, limits);
    if (result === null) onProgress(progress.pages.length, progress.pageCount);
    else end(result);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.once("error", (error) => end(refuse("unavailable", error.message)));
  const { promise, resolve } = Promise.withResolvers<DeckResult>();
  child.once("close", (code, signal) => {
    clearTimeout(deckTimer);
    clearTimeout(pageTimer);
    resolve(ending ?? refusalFromExit(code, signal, complaint));
  });
  return { result: promise, stop: () => end(refuse("unavailable", "the server is stopping")) };
}

/** Takes one message of the child into `progress`; a result when it was the last. */
function applyReport(progress: Progress, message: unknown, limits: SlideLimits): DeckResult | null {
  const parsed = rasteriserReportSchema.safeParse(message);
  if (!parsed.success) return refuse("pdf-broken", "the rasteriser reported nonsense");
  const report = parsed.data;
  const { pages, pageCount } = progress;
  if (report.type === "refused") return refuse(report.code, report.details);
  if (report.type === "opened" && pageCount === 0 && report.pageCount <= limits.maxPages) {
    progress.pageCount = report.pageCount;
    return null;
  }
  if (report.type === "drawn" && report.page.page === pages.length + 1 && pages.length < pageCount) {
    pages.push(report.page);
    return null;
  }
  if (report.type === "done" && pageCount > 0 && pages.length === pageCount) return accept(pages);
  return refuse("pdf-broken", `the rasteriser reported ${report.type} out of turn`);
}

function spawnChild({ nodeBin, limits, pdfFile, folder }: RasteriserJob): ChildProcess {
  // Node's permissions keep the child off the records and the keys of the installation, and off other programs.
  const flags = [
    `--max-old-space-size=${limits.maxHeapMib}`,
    "--no-warnings",
    "--permission",
    "--allow-addons",
    "--allow-worker",
    ...[`${ROOT}node_modules/*`, `${ROOT}server/*`, `${ROOT}package.json`, pdfFile, `${folder}/*`].map(
      (path) => `--allow-fs-read=${path}`,
    ),
    `--allow-fs-write=${folder}/*`,
  ];
  const child = spawn(nodeBin, [...flags, ENTRY], {
    // No secrets of ours, and no NODE_OPTIONS.
    env: {},
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  if (child.pid === undefined) return child;
  lowerPriority(child.pid);
  const order: RasteriserOrder = {
    pdfFile,
    folder,
    maxPages: limits.maxPages,
    maxResidentBytes: limits.maxResidentBytes,
    deckMs: limits.deckMs,
  };
  // An error here is a child that has died already: its exit says more.
  child.send(order, () => {});
  return child;
}

/** Media and sockets go first. Before the child has made its threads, which inherit it. */
function lowerPriority(pid: number): void {
  try {
    os.setPriority(pid, PRIORITY);
  } catch {
    // It may have ended already, or the system may not allow it: slides then only come at the usual priority.
  }
}

function refusalFromExit(
  code: number | null,
  signal: NodeJS.Signals | null,
  complaint: string,
): Result<never> {
  // Killed by its own watch or the system's for memory, or ended by V8 at the heap's limit.
  const isOutOfMemory =
    signal === "SIGKILL" || signal === "SIGABRT" || complaint.includes("heap out of memory");
  const details = `the rasteriser ended (${signal ?? code}) ${complaint.slice(-300)}`.trim();
  return refuse(isOutOfMemory ? "pdf-too-slow" : "pdf-broken", details);
}
