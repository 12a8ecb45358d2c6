/** The sum of JP, in integer hundredths so that 0.1 + 0.2 is 0.3. */
export function jpSum(parts: readonly { readonly jp: number }[]): number {
  return parts.reduce((sum, { jp }) => sum + Math.round(jp * 100), 0) / 100;
}
