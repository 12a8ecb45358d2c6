import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { ExportPrograms } from "./export-programs.ts";

/** What it last said is enough to see what went wrong. */
const SAID_KEPT = 2_000;

export interface RenderRun {
  /** Null when it did its work; else what it said. */
  readonly ended: Promise<string | null>;
  /** Stands still, or goes on. */
  setHalted(isHalted: boolean): void;
  kill(): void;
}

/** Starts ffmpeg at the lowest priority. Never throws: a failed start is an end. */
export function runRender(
  { ffmpeg, prefix }: ExportPrograms,
  args: readonly string[],
  folder: string,
  onProgress: (outMs: number) => void,
): RenderRun {
  const [program = ffmpeg, ...words] = [...prefix, ffmpeg];
  const own = ["-v", "error", "-nostdin", "-y", "-progress", "pipe:1", "-filter_complex_threads", "1"];
  const child = spawn(program, [...words, ...own, ...args], {
    cwd: folder,
    env: {},
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let isOver = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const us = /^out_time_us=(\d+)$/.exec(line)?.[1];
    if (us !== undefined) onProgress(Number(us) / 1000);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString("utf8")}`.slice(-SAID_KEPT);
  });
  const ended = new Promise<string | null>((resolve) => {
    child.once("error", (error) => {
      isOver = true;
      resolve(error.message);
    });
    child.once("close", (code, signal) => {
      isOver = true;
      resolve(code === 0 ? null : said || `ended with ${signal ?? code}`);
    });
  });
  const send = (signal: NodeJS.Signals) => {
    if (!isOver) child.kill(signal);
  };
  return {
    ended,
    setHalted: (isHalted) => send(isHalted ? "SIGSTOP" : "SIGCONT"),
    kill: () => send("SIGKILL"),
  };
}
