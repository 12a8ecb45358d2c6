/** Smaller answers tell more of the way there and back than of the line. */
const LEAST_BYTES = 8_000;
/** How much the latest measurement counts. */
const WEIGHT = 0.3;
/** Playing needs a little more than what is played. */
const MARGIN = 1.2;
/** So many waits within a minute are too many, whatever was measured. */
const WAITS_ALLOWED = 2;
const WAITS_WITHIN_MS = 60_000;

export interface LineSpeed {
  /** Kilobits a second; null before anything was measured. */
  readonly kbits: number | null;
  /** When playing had to wait (ms of any clock), the latest last. */
  readonly waitedAt: readonly number[];
}

export const UNKNOWN_LINE: LineSpeed = { kbits: null, waitedAt: [] };

/** After an answer of so many bytes, whose content took so long to come. */
export function lineAfterFetch(line: LineSpeed, bytes: number, tookMs: number): LineSpeed {
  if (bytes < LEAST_BYTES) return line;
  const kbits = (bytes * 8) / Math.max(1, tookMs);
  return { ...line, kbits: line.kbits === null ? kbits : line.kbits + WEIGHT * (kbits - line.kbits) };
}

export function lineAfterWait(line: LineSpeed, now: number): LineSpeed {
  const waitedAt = [...line.waitedAt, now].filter((at) => at > now - WAITS_WITHIN_MS);
  return { ...line, waitedAt };
}

/** PB14: whether a mode that needs less is offered; `neededKbits` is what playing takes at its speed. */
export function isLineTooSlow(line: LineSpeed, neededKbits: number): boolean {
  if (line.waitedAt.length > WAITS_ALLOWED) return true;
  return line.kbits !== null && line.kbits < neededKbits * MARGIN;
}
