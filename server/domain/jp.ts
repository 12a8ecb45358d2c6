/** JP as integer hundredths, as everything inside counts them (AT8). */
export type JpHundredths = number;

/** From JP outside, a number with at most two decimals (protocol's `jpSchema`). */
export function hundredthsFromJp(jp: number): JpHundredths {
  return Math.round(jp * 100);
}

/** To JP outside: the number with two decimals nearest in binary, such as 1.15. */
export function jpFromHundredths(hundredths: JpHundredths): number {
  return hundredths / 100;
}

/** Whether a number is JP at all: two decimals, no more. */
export function isJp(jp: number): boolean {
  return Math.abs(jp * 100 - Math.round(jp * 100)) < 1e-6;
}

/** floor(a × b ÷ c), exact for all safe integers, for none of which is negative. */
export function floorOfProduct(a: number, b: number, c: number): number {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) return (product - (product % c)) / c;
  return Number((BigInt(a) * BigInt(b)) / BigInt(c));
}

/** a × b ≥ c × d, exact for all safe integers, none of which is negative. */
export function isProductAtLeast(a: number, b: number, c: number, d: number): boolean {
  return BigInt(a) * BigInt(b) >= BigInt(c) * BigInt(d);
}
