/** The moment an address asks for (`?t=725`, seconds), in milliseconds; null where it asks for none. */
export function momentOfAddress(search: string): number | null {
  const seconds = new URLSearchParams(search).get("t");
  return seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1_000 : null;
}

/** The address of the page at a moment; what else stands in it stays. */
export function addressOfMoment(address: string, ms: number): string {
  const url = new URL(address);
  url.searchParams.set("t", String(Math.floor(ms / 1_000)));
  return url.href;
}
