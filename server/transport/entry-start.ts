import type { Programme, Store } from "../ports.ts";

/**
 * The day on which a programme begins, where it is held (ISO date): that of its first slot, or of `now` while
 * no session is planned. Ages are counted on it.
 */
export async function startDateOf(store: Store, id: Programme["id"], now: number): Promise<string> {
  let first = { at: Number.POSITIVE_INFINITY, timeZone: "Asia/Jakarta" };
  for (const { slots, timeZone, cancellation } of await store.sessions.all(id)) {
    if (cancellation !== null) continue;
    for (const { startAt } of slots) if (startAt < first.at) first = { at: startAt, timeZone };
  }
  return isoDateAt(Number.isFinite(first.at) ? first.at : now, first.timeZone);
}

/** Sweden writes dates as ISO 8601 does. */
function isoDateAt(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
}
