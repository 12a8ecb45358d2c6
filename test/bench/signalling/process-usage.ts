import { readFile } from "node:fs/promises";

const TICKS_PER_S = 100;

/** CPU time of a process so far, in milliseconds, its children left out (proc(5), `stat`). */
export async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (1000 * (Number(fields[11]) + Number(fields[12]))) / TICKS_PER_S;
}

/** Memory that a process holds, in bytes: resident now, and at most so far (proc(5), `status`). */
export async function memoryOf(pid: number): Promise<{ readonly now: number; readonly most: number }> {
  const status = await readFile(`/proc/${pid}/status`, "latin1");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { now: 1024 * kilobytes("VmRSS"), most: 1024 * kilobytes("VmHWM") };
}
