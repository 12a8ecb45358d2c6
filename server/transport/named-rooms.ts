import { workedRoomsFrom } from "../domain/worked-rooms.ts";
import type { Store } from "../ports.ts";
import { MAIN_ROOM, type SessionId } from "../protocol/ids.ts";
import type { AttendanceReport } from "../reports/attendance-report.ts";

/** CW13: the titles of the breakout rooms that somebody was in: the ledger knows them by their ids only. */
export async function namedRoomsOf(
  store: Store,
  sessionId: SessionId,
  report: Pick<AttendanceReport, "items">,
): Promise<{ roomId: string; title: string }[]> {
  const hasBreakouts = report.items.some(({ spans }) =>
    spans.some(({ rooms = [] }) => rooms.some((room) => room !== MAIN_ROOM)),
  );
  if (!hasBreakouts) return [];
  return workedRoomsFrom(await store.classes.replay(sessionId)).map(({ roomId, title }) => ({
    roomId,
    title,
  }));
}
