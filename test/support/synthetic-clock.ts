/** The clock picture: a row of squares, white for a one, the least first; they count tenths of a second. */
export const CLOCK = { TICKS_PER_S: 10, BITS: 17, SQUARE: 16 } as const;

/**
 * The recording's time (ms) that a clock picture shows, from the brightness of its pixels, row by row from the top left
 * corner; `scale` is how much larger it is drawn than it was made.
 */
export function timeShown(brightnessAt: (x: number, y: number) => number, scale = 1): number {
  let ticks = 0;
  for (let bit = 0; bit < CLOCK.BITS; bit += 1) {
    const middle = (bit + 0.5) * CLOCK.SQUARE * scale;
    if (brightnessAt(Math.floor(middle), Math.floor((CLOCK.SQUARE / 2) * scale)) > 128) ticks += 2 ** bit;
  }
  return (1000 * ticks) / CLOCK.TICKS_PER_S;
}
