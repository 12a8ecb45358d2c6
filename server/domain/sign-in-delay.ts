const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/**
 * AU8: how long nobody may try again after so many failures in a row (ms): nothing for the first few, which are
 * slips of the finger, then twice as long each time. Never for ever: that would be a way to shut somebody out.
 */
export function signInDelayAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(20, failures - FREE_FAILURES));
}
