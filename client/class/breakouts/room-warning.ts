/** How long before their end people in breakout rooms are warned, in seconds: 5 minutes, 1 minute, 10 seconds. */
export const WARNED_AT_SECONDS = { 5: 300, 1: 60, 10: 10 } as const;
export type RoomWarning = keyof typeof WARNED_AT_SECONDS;

/** The warning that falls between two looks at the clock (milliseconds left); null for none. The latest counts. */
export function roomWarningFrom(leftBeforeMs: number, leftMs: number): RoomWarning | null {
  const passed = ([10, 1, 5] as const).find((warning) => {
    const at = WARNED_AT_SECONDS[warning] * 1000;
    return leftBeforeMs > at && leftMs <= at;
  });
  return leftMs > 0 ? (passed ?? null) : null;
}
