import { type ChildProcess, spawn } from "node:child_process";
import os from "node:os";
import { buffer } from "node:stream/consumers";
import type { Programs } from "./find-programs.ts";

/** Side by side; somebody waits for them, but what is being captured goes first. */
const CHILDREN = 2;
const NICENESS = 6;
/** More than so many that wait are refused: a player asks again. */
const MAX_WAITING = 40;
const LASTS_AT_MOST_MS = 20_000;

export interface DerivedJobs {
  /** What ffmpeg writes onto its standard output; null where it failed or too much waits. */
  run(programs: Programs, args: readonly string[]): Promise<Buffer | null>;
  /** Ends what runs. */
  close(): void;
}

/** Makes pieces of sound and stills with ffmpeg, a few at a time. */
export function createDerivedJobs(): DerivedJobs {
  const waiting: (() => void)[] = [];
  const children = new Set<ChildProcess>();
  let running = 0;
  let isClosed = false;

  async function turn(): Promise<boolean> {
    if (running < CHILDREN) running += 1;
    else if (waiting.length >= MAX_WAITING) return false;
    // Who leaves hands their place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    return true;
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(programs, args) {
      if (!(await turn())) return null;
      try {
        if (isClosed) return null;
        const child = start(programs, args);
        children.add(child);
        try {
          return await outputOf(child);
        } finally {
          children.delete(child);
        }
      } finally {
        leave();
      }
    },
    close() {
      isClosed = true;
      for (const child of children) child.kill("SIGKILL");
    },
  };
}

function start({ ffmpeg, setpriv }: Programs, args: readonly string[]): ChildProcess {
  const all = ["-v", "error", "-nostdin", "-threads", "1", ...args];
  const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
  const child = setpriv
    ? spawn(setpriv, ["--pdeathsig", "KILL", ffmpeg, ...all], { env: {}, stdio })
    : spawn(ffmpeg, all, { env: {}, stdio });
  try {
    if (child.pid !== undefined) os.setPriority(child.pid, NICENESS);
  } catch {
    // It may have ended already, or the system may not allow it.
  }
  return child;
}

async function outputOf(child: ChildProcess): Promise<Buffer | null> {
  const timer = setTimeout(() => child.kill("SIGKILL"), LASTS_AT_MOST_MS);
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  const output = child.stdout ? await buffer(child.stdout).catch(() => null) : null;
  const status = await ended;
  clearTimeout(timer);
  return status === 0 ? output : null;
}
