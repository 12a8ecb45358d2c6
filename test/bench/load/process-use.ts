import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_S = 100;

function textOf(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // It ended meanwhile.
    return "";
  }
}

/** CPU time of processes since they began, in milliseconds, to the nanosecond where the kernel tells it. */
export function cpuMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (scheduledMs(pid) || tickedMs(pid)), 0);
}

function scheduledMs(pid: number): number {
  const tasks = listed(`/proc/${pid}/task`);
  const each = tasks.map((task) => Number(textOf(`/proc/${pid}/task/${task}/schedstat`).split(" ")[0] ?? 0));
  return each.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

function tickedMs(pid: number): number {
  const fields = statFieldsOf(pid);
  return (1000 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0))) / TICKS_PER_S;
}

function statFieldsOf(pid: number): readonly string[] {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The process and everything it started, by parent. */
export function familyOf(pid: number): readonly number[] {
  const pids = listed("/proc").map(Number).filter(Number.isInteger);
  const children = pids.filter((one) => Number(statFieldsOf(one)[1]) === pid);
  return [pid, ...children.flatMap((child) => familyOf(child))];
}

/** The machine's time since it started, in ticks over all cores. */
export function machineTicks() {
  const fields = textOf("/proc/stat").split("\n")[0]?.trim().split(/\s+/).slice(1).map(Number) ?? [];
  const all = fields.slice(0, 8).reduce((sum, ticks) => sum + ticks, 0);
  return { all, idle: (fields[3] ?? 0) + (fields[4] ?? 0), steal: fields[7] ?? 0 };
}

/**
 * Puts a process, all its threads, on one core, ahead of others where that is allowed; does nothing on one core or
 * without the program `taskset`.
 */
export function pin(pid: number, core: number): void {
  for (const args of [
    ["taskset", "-apc", String(core), String(pid)],
    ["renice", "-n", "-10", "-p", String(pid)],
  ]) {
    try {
      execFileSync(args[0] ?? "", args.slice(1), { stdio: "ignore" });
    } catch {
      // Not allowed here: figures are noisier, ratios the same.
    }
  }
}
