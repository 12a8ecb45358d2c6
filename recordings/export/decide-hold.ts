/** Above this share of the machine that others use, a class could begin to feel an export. */
const HELD_ABOVE = 0.75;
/** Below this one it goes on: apart, so that it does not stop and go. */
const FREE_BELOW = 0.6;

/** Processor time since the machine started, of all cores together, in milliseconds (`os.cpus`). */
export interface ProcessorTimes {
  /** Without what runs at a lower priority, such as exports. */
  readonly busyMs: number;
  readonly allMs: number;
}

export function processorTimesFrom(
  cores: readonly { readonly times: Readonly<Record<"user" | "nice" | "sys" | "idle" | "irq", number>> }[],
): ProcessorTimes {
  let busyMs = 0;
  let allMs = 0;
  for (const { times } of cores) {
    busyMs += times.user + times.sys + times.irq;
    allMs += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { busyMs, allMs };
}

/** The share of the machine that was busy with other things, from 0 to 1. */
export function busyShareOf(before: ProcessorTimes, now: ProcessorTimes): number {
  const allMs = now.allMs - before.allMs;
  return allMs <= 0 ? 0 : (now.busyMs - before.busyMs) / allMs;
}

/** Whether an export stands still: only while a class is open and the machine is busy with other things. */
export function decideHold(now: {
  readonly isClassOpen: boolean;
  readonly busyShare: number;
  readonly isHeld: boolean;
}): boolean {
  return now.isClassOpen && now.busyShare > (now.isHeld ? FREE_BELOW : HELD_ABOVE);
}
