import { readFile } from "node:fs/promises";

/** Memory that a process holds, in bytes: resident now, and at most so far (proc(5), `status`). */
export async function memoryOf(pid: number): Promise<{ readonly now: number; readonly most: number }> {
  const status = await readFile(`/proc/${pid}/status`, "latin1");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { now: 1024 * kilobytes("VmRSS"), most: 1024 * kilobytes("VmHWM") };
}
