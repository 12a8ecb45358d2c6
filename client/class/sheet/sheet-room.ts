import { type BreakoutRoomId, MAIN_ROOM } from "../../../server/protocol/ids.ts";
import type { ClassView } from "../class-view.ts";

/**
 * Whose answer sheet one looks at: that of the room one is in; in the main room the one on the stage, and else
 * one's own once the rooms have been open. Null where the rooms work on no case.
 */
export function sheetRoomFrom({
  breakouts,
  you,
}: Pick<ClassView, "breakouts" | "you">): BreakoutRoomId | null {
  if (!breakouts?.case) return null;
  if (you.room !== MAIN_ROOM) return you.room;
  if (breakouts.presentedRoom) return breakouts.presentedRoom;
  return breakouts.openedAt === null ? null : (breakouts.assignment[you.personId] ?? null);
}
