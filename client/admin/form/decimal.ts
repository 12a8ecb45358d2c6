/** A number as people write it, with a comma or a point; null for what is none, or has more than two decimals. */
export function decimalFrom(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^\d{1,5}(\.\d{1,2})?$/.test(plain) ? Number(plain) : null;
}
