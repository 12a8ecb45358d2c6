import type { MarkJson } from "../../server/protocol/api-rulings.ts";
import type { PendingMark } from "./mark-queue.ts";

/** What stands beside a name: the mark, and whether somebody else made it since this page was opened. */
export interface ShownMark {
  readonly status: MarkJson["status"];
  readonly isPending: boolean;
  readonly isCheckIn: boolean;
  /** When another person made it (epoch ms), after this page was opened; null otherwise. */
  readonly changedAt: number | null;
}

/** The marks of one slot by person: the server's, under those that are on their way. */
export function shownMarksFrom(
  known: readonly MarkJson[],
  pending: readonly PendingMark[],
  about: { readonly slotId: string; readonly ownId: string; readonly openedAt: number },
): ReadonlyMap<string, ShownMark> {
  const shown = new Map<string, ShownMark>();
  for (const { slotId, enrolmentId, status, by, at } of known) {
    if (slotId !== about.slotId) continue;
    const isCheckIn = by === "check-in";
    const isOthers = !isCheckIn && by !== about.ownId && at > about.openedAt;
    shown.set(enrolmentId, { status, isPending: false, isCheckIn, changedAt: isOthers ? at : null });
  }
  for (const { slotId, enrolmentId, status } of pending) {
    if (slotId !== about.slotId) continue;
    shown.set(enrolmentId, { status, isPending: true, isCheckIn: false, changedAt: null });
  }
  return shown;
}
