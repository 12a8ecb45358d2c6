import { SPEEDS, type Speed } from "../playback/position-rules.ts";

/** The next faster or slower one; the same at the ends. */
export function nextSpeed(speed: number, by: 1 | -1): Speed {
  const index = SPEEDS.findIndex((one) => one >= speed);
  const next = Math.min(Math.max(0, (index < 0 ? SPEEDS.length - 1 : index) + by), SPEEDS.length - 1);
  return SPEEDS[next] ?? 1;
}
