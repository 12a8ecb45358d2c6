import type { Clock } from "../../server/ports.ts";
import type { RenderRun } from "./run-render.ts";

/** Thrown inside a render that nobody wants any more. */
export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

/** The export that is under way: what of it runs now, whether it stands still, and how fast it is. */
export interface RunningExport {
  run(
    start: (onProgress: (outMs: number) => void) => RenderRun,
    onProgress: (outMs: number) => void,
  ): Promise<string | null>;
  setHeld(isHeld: boolean): void;
  isHeld(): boolean;
  cancel(): void;
  isCancelled(): boolean;
  tellDone(doneMs: number): void;
  doneMs(): number;
  /** From how long the same much has taken so far, without standing still; null where too little was done. */
  leftMs(totalMs: number): number | null;
}

/** Too little was done to say how long the rest takes. */
const MIN_MEASURED_MS = 5_000;

/** @param from what pieces of an earlier run had done */
export function createRunningExport(clock: Clock): RunningExport {
  let current: RenderRun | null = null;
  let held: { readonly until: Promise<void>; readonly release: () => void } | null = null;
  let heldSince = 0;
  let heldMs = 0;
  let isCancelled = false;
  let startedAt: number | null = null;
  let startedWithMs = 0;
  let doneMs = 0;

  function release(): void {
    if (!held) return;
    heldMs += clock.now() - heldSince;
    held.release();
    held = null;
  }

  return {
    async run(start, onProgress) {
      while (held && !isCancelled) await held.until;
      if (isCancelled) throw new Cancelled();
      if (startedAt === null) {
        startedAt = clock.now();
        startedWithMs = doneMs;
        heldMs = 0;
      }
      current = start(onProgress);
      const said = await current.ended;
      current = null;
      if (isCancelled) throw new Cancelled();
      return said;
    },
    setHeld(isHeld) {
      if (isHeld === (held !== null) || isCancelled) return;
      current?.setHalted(isHeld);
      if (!isHeld) return release();
      const { promise, resolve } = Promise.withResolvers<void>();
      held = { until: promise, release: resolve };
      heldSince = clock.now();
    },
    isHeld: () => held !== null,
    cancel() {
      isCancelled = true;
      current?.kill();
      release();
    },
    isCancelled: () => isCancelled,
    tellDone(ms) {
      doneMs = Math.max(doneMs, ms);
    },
    doneMs: () => doneMs,
    leftMs(totalMs) {
      const renderedMs = doneMs - startedWithMs;
      if (startedAt === null || renderedMs < MIN_MEASURED_MS) return null;
      const standingMs = heldMs + (held ? clock.now() - heldSince : 0);
      const tookMs = clock.now() - startedAt - standingMs;
      return Math.round((tookMs / renderedMs) * Math.max(0, totalMs - doneMs));
    },
  };
}
